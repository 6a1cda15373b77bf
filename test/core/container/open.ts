import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { RecordProvider } from "../../../src/core/container/recordProvider";
import { TraceSession } from "../../../src/core/session";
import type { FileInfo } from "../../../src/core/session/types";
import { type RecordContent, TraceReader } from "../../../src/core/traceReader";
import { openFile } from "../../../src/platform/openFile";
import { pause } from "../../../src/platform/pause";
import { loadAnalyst } from "../../support/analyst";

/** A folder for the files of a test file, removed at the end. */
export function testFolder(): { readonly path: string; write(name: string, content: string | Uint8Array): string } {
  const path = mkdtempSync(join(tmpdir(), "records-"));
  afterAll(() => rmSync(path, { recursive: true }));
  return {
    path,
    write: (name, content) => {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
  };
}

/** Opens a path and finds all its records. Throws where it cannot be opened. */
export async function openAll(path: string): Promise<RecordProvider> {
  const opened = openFile(path);
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  while (opened.value.indexMore(1 << 20)) await opened.value.arrival();
  return opened.value;
}

/** Texts of all records. */
export const texts = (records: RecordProvider): string[] => Array.from({ length: records.count }, (_, i) => records.read(i).text);

/** All records of a path as traces or problems. */
export async function readAll(path: string): Promise<{ readonly reader: TraceReader; readonly contents: readonly RecordContent[] }> {
  const opened = openFile(path);
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  const reader = new TraceReader(opened.value);
  while (reader.indexMore(1 << 20)) await reader.records.arrival();
  return { reader, contents: Array.from({ length: reader.records.count }, (_, i) => reader.read(i)) };
}

/** Opens a path as a session and waits until everything of it is analysed. */
export async function settled(path: string): Promise<{ readonly session: TraceSession; readonly info: FileInfo }> {
  const opened = openFile(path);
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  const session = new TraceSession(opened.value, { pause, loadAnalyst, openPeer: (peer) => openFile(peer) });
  await session.view({ query: "", matchCase: false, regex: false, sort: { key: "file", descending: false } });
  for (;;) {
    const info = await session.info();
    if (info.indexed && (!info.hasTraces || info.analysed >= info.records)) return { session, info };
    await pause();
  }
}

/** A line with a small trace. */
export const traceLine = (n: number): string =>
  JSON.stringify({
    id: `q${n}`,
    question: `What is ${n} plus ${n}?`,
    response: `<think>\nWe add ${n} and ${n}. ${n} + ${n} = ${2 * n}. So the answer is ${2 * n}.\n</think>\n\\boxed{${2 * n}}`,
    answer: String(2 * n),
  });

/** Lines with traces `[from, to)`, each ended by a newline. */
export const traceLines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `${traceLine(from + i)}\n`).join("");
