/**
 * Marks that a reader set, kept in a small JSON file of their own: never in the file of traces. One line a mark and a fixed order, so that two versions of
 * the file differ only where marks differ.
 */
import { fail, ok, type Result } from "../result";
import { isDismissal, isRelabel, lineOf, type Mark, readDismissal, readRelabel } from "./marks";

/** Ending of a sidecar beside its file: `traces.jsonl.rti.json`. */
export const sidecarEnding = ".rti.json";

/** Version of the file's form. */
export const sidecarVersion = 1;

/** The file's text: sorted by id, model, rollout and place. The list of labels is there only when it holds any. */
export function formatSidecar(marks: readonly Mark[]): string {
  const sorted = [...marks].sort(byPlace);
  const labels = sorted.filter(isRelabel);
  const dismissals = sorted.filter(isDismissal);
  const more = labels.length === 0 ? "" : `,\n  "labels": ${listOf(labels)}`;
  return `{\n  "version": ${sidecarVersion},\n  "notRedundant": ${listOf(dismissals)}${more}\n}\n`;
}

const listOf = (marks: readonly Mark[]): string =>
  marks.length === 0 ? "[]" : `[\n${marks.map((mark) => `    ${lineOf(mark)}`).join(",\n")}\n  ]`;

/** Reads a sidecar. Code "bad-sidecar" for anything else, so that a file that was not understood is never overwritten. */
export function parseSidecar(text: string): Result<readonly Mark[]> {
  const value = parseJson(text);
  if (!isRecord(value)) return fail("bad-sidecar", "It is not a JSON object.");
  if (value.version !== sidecarVersion) {
    return fail("bad-sidecar", `Its version is ${JSON.stringify(value.version)}; this version of the extension reads ${sidecarVersion}.`);
  }
  const dismissals = readList("notRedundant", value.notRedundant, readDismissal);
  if (!dismissals.ok) return dismissals;
  const labels = readList("labels", value.labels ?? [], readRelabel);
  return labels.ok ? ok([...dismissals.value, ...labels.value]) : labels;
}

function readList<T>(name: string, list: unknown, read: (value: unknown) => T | undefined): Result<readonly T[]> {
  if (!Array.isArray(list)) return fail("bad-sidecar", `It has no list "${name}".`);
  const marks: T[] = [];
  for (const [index, item] of list.entries()) {
    const mark = read(item);
    if (!mark) return fail("bad-sidecar", `Entry ${index + 1} of "${name}" is not understood.`);
    marks.push(mark);
  }
  return ok(marks);
}

function byPlace(a: Mark, b: Mark): number {
  return (
    compare(a.id, b.id) ||
    compare(a.model ?? "", b.model ?? "") ||
    a.rollout - b.rollout ||
    a.start - b.start ||
    a.end - b.end ||
    compare(lineOf(a), lineOf(b))
  );
}

/** By code units: the same on every machine, whatever its language. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
