import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { memorySource } from "../core/bytes/byteSource";
import { openRecords } from "../core/bytes/records";
import { ok, type Result } from "../core/result";
import { TraceFile } from "../core/traceFile";
import { openSource } from "../platform/node";

/** Opens a file of traces, or standard input for "-". The whole file is indexed. A failure names the file and says what is wrong. */
export function openTraces(path: string): Result<TraceFile> {
  const source = path === "-" ? ok(memorySource("standard input", readFileSync(0))) : openSource(path);
  if (!source.ok) return source;
  const file = new TraceFile(openRecords(source.value), path === "-" ? "-" : basename(path));
  while (file.records.indexMore(Number.MAX_SAFE_INTEGER));
  return ok(file);
}
