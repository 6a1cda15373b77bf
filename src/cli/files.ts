import { readFileSync } from "node:fs";
import { memorySource } from "../core/bytes/byteSource";
import { type FieldMapping, parseMapping } from "../core/import/mapping";
import { JoinFile } from "../core/joinFile";
import { fail, ok, type Result } from "../core/result";
import { type ReadingOptions, TraceReader } from "../core/traceReader";
import { type FoundRecords, openFound } from "../platform/foundRecords";
import { openFile, openRecordsOf } from "../platform/openFile";
import type { Arguments, OptionTable } from "./options";

/** What the user says about how files are read; plain data that a thread can be handed. */
export interface ReadingRequest {
  /** A mapping as {@link parseMapping} reads it, or "@" and the path of a file with one. */
  readonly map?: string;
  /** Path of the file that holds the questions. */
  readonly join?: string;
}

/** The options of commands that read traces. */
export const readingOptions: OptionTable = { map: { type: "string" }, join: { type: "string" } };

/** Their lines in a command's help. */
export const readingHelp = `  --map FIELDS          where the fields of a trace stand, such as "question=input,reasoning=meta.gen[0].text", or @FILE with such lines;
                        fields: question, reasoning, response, answer, reference, model, id, correct
  --join FILE           take questions and references from FILE, whose records have the same id field, else the same order`;

/** Reads {@link readingOptions}. */
export function readReading(given: Arguments): ReadingRequest {
  const map = given.text("map");
  const join = given.text("join");
  return { ...(map === undefined ? {} : { map }), ...(join === undefined ? {} : { join }) };
}

/**
 * Opens a file of traces, a folder of such files, a pattern of file names, or standard input for "-". All records are found when this resolves. A failure names the
 * file and says what is wrong. `found`: what another thread has found of the file.
 */
export async function openTraces(path: string, request: ReadingRequest = {}, found?: FoundRecords): Promise<Result<TraceReader>> {
  const reading = await readingOf(request);
  if (!reading.ok) return reading;
  const records = path === "-" ? openRecordsOf(memorySource("-", readFileSync(0))) : found ? openFound(path, found) : openFile(path);
  if (!records.ok) return records;
  const reader = new TraceReader(records.value, reading.value);
  while (reader.indexMore(1 << 24)) await reader.records.arrival();
  return ok(reader);
}

async function readingOf({ map, join }: ReadingRequest): Promise<Result<ReadingOptions>> {
  const mapping = map === undefined ? undefined : readMapping(map);
  if (mapping && !mapping.ok) return mapping;
  const joined = join === undefined ? undefined : openFile(join);
  if (joined && !joined.ok) return joined;
  return ok({ ...(mapping ? { mapping: mapping.value } : {}), ...(joined ? { join: await JoinFile.open(joined.value) } : {}) });
}

function readMapping(text: string): Result<FieldMapping> {
  if (!text.startsWith("@")) return parseMapping(text);
  try {
    return parseMapping(readFileSync(text.slice(1), "utf8"));
  } catch (thrown) {
    return fail("not-found", `Cannot read the mapping ${text.slice(1)}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}
