import { readFileSync } from "node:fs";
import type { ImportContext } from "../../src/core/import/importer";
import { chooseImporter, importRecord } from "../../src/core/import/registry";
import type { Json, Trace } from "../../src/core/trace";

/** A record of a file and, in files keyed by question, its key. */
export interface FixtureRecord {
  readonly value: Json;
  readonly key?: string;
}

/** How a fixture holds its records. */
export type Layout = "lines" | "array" | "keyed" | "single";

/** Reads the records of a small file. */
export function readRecords(path: string | URL, layout: Layout): FixtureRecord[] {
  const text = readFileSync(path, "utf8");
  if (layout === "lines") {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    return lines.map((line) => ({ value: JSON.parse(line) }));
  }
  const value = JSON.parse(text);
  if (layout === "single") return [{ value }];
  if (layout === "array") return (value as Json[]).map((item) => ({ value: item }));
  return Object.entries(value as Record<string, Json>).map(([key, item]) => ({ key, value: item }));
}

/** What the registry makes of records. */
export function importAll(records: readonly FixtureRecord[], fileName: string): { importer: string; confidence: number; traces: Trace[] } {
  const { importer, confidence } = chooseImporter(records.slice(0, 20).map((record) => record.value));
  const traces = records.flatMap(({ value, key }, i) => {
    const context: ImportContext = { record: i, line: i + 1, fileName, ...(key !== undefined && { key }) };
    return importRecord(importer, value, context);
  });
  return { importer: importer.id, confidence, traces };
}
