/**
 * Marks that a reader set on flags, kept in a small JSON file of their own: never in the file of traces. One line an entry and a fixed order, so that
 * two versions of the file differ only where marks differ.
 */
import type { Flag } from "../analysis";
import { hashText } from "../dataset/hash";
import { fail, ok, type Result } from "../result";
import type { Trace } from "../trace";

/** Ending of a sidecar beside its file: `traces.jsonl.rti.json`. */
export const sidecarEnding = ".rti.json";

/** Version of the file's form. */
export const sidecarVersion = 1;

/** A flag that a reader marked as not redundant: which trace, which rule, and the passage. */
export interface Dismissal {
  /** {@link Trace.id} of the record, and its model where it has one: several models may answer one question. */
  readonly id: string;
  readonly model?: string;
  /** 0-based rollout of the record. */
  readonly rollout: number;
  readonly rule: string;
  readonly level: "step" | "unit";
  /** The passage: UTF-16 code units of the analysed text. */
  readonly start: number;
  readonly end: number;
  /** Hash of the passage, 16 hexadecimal digits; finds it again where the text before it changed. */
  readonly hash: string;
}

/** The dismissal of a flag. */
export function dismissalOf(trace: Trace, flag: Flag): Dismissal {
  return {
    id: trace.id,
    ...(trace.model === undefined ? {} : { model: trace.model }),
    rollout: trace.rollout,
    rule: flag.rule,
    level: flag.level,
    start: flag.start,
    end: flag.end,
    hash: hashSpan(trace.text, flag.start, flag.end),
  };
}

/** Is the dismissal one of this trace? */
export const isOf = (entry: Dismissal, trace: Pick<Trace, "id" | "model" | "rollout">): boolean =>
  entry.id === trace.id && entry.rollout === trace.rollout && entry.model === trace.model;

/** Do two entries say the same? */
export const sameDismissal = (a: Dismissal, b: Dismissal): boolean => lineOf(a) === lineOf(b);

/** The entries with some added and some taken out, without duplicates, in file order. */
export function changeEntries(
  entries: readonly Dismissal[],
  added: readonly Dismissal[],
  removed: readonly Dismissal[],
): readonly Dismissal[] {
  const gone = new Set(removed.map(lineOf));
  const lines = new Map([...entries, ...added].map((entry) => [lineOf(entry), entry]));
  return [...lines].filter(([line]) => !gone.has(line)).map(([, entry]) => entry);
}

/**
 * The entries that hold for each flag of a trace, by the flag's index; flags without any are absent. A flag is dismissed when it has the entry's rule and
 * level, and at least half of its passage lies in the entry's. The entry's passage is the place it names while the text there is the same; else any
 * flag's passage with the same hash.
 */
export function anchor(trace: Trace, flags: readonly Flag[], entries: readonly Dismissal[]): ReadonlyMap<number, readonly Dismissal[]> {
  const found = new Map<number, Dismissal[]>();
  for (const entry of entries) {
    if (!isOf(entry, trace)) continue;
    const unmoved = hashSpan(trace.text, entry.start, entry.end) === entry.hash;
    flags.forEach((flag, index) => {
      if (flag.rule !== entry.rule || flag.level !== entry.level) return;
      if (unmoved ? !covers(entry, flag) : !hasMoved(trace.text, entry, flag)) return;
      found.set(index, [...(found.get(index) ?? []), entry]);
    });
  }
  return found;
}

function covers(entry: Dismissal, flag: Flag): boolean {
  const shared = Math.min(entry.end, flag.end) - Math.max(entry.start, flag.start);
  return flag.end > flag.start ? shared * 2 >= flag.end - flag.start : entry.start === flag.start && entry.end === flag.end;
}

const hasMoved = (text: string, entry: Dismissal, flag: Flag): boolean =>
  flag.end - flag.start === entry.end - entry.start && hashSpan(text, flag.start, flag.end) === entry.hash;

/** The file's text: sorted by id, model, rollout and place. */
export function formatSidecar(entries: readonly Dismissal[]): string {
  const lines = [...entries].sort(byPlace).map((entry) => `    ${lineOf(entry)}`);
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "version": ${sidecarVersion},\n  "notRedundant": ${list}\n}\n`;
}

/** Reads a sidecar. Code "bad-sidecar" for anything else, so that a file that was not understood is never overwritten. */
export function parseSidecar(text: string): Result<readonly Dismissal[]> {
  const value = parseJson(text);
  if (!isRecord(value)) return fail("bad-sidecar", "It is not a JSON object.");
  if (value.version !== sidecarVersion) {
    return fail("bad-sidecar", `Its version is ${JSON.stringify(value.version)}; this version of the extension reads ${sidecarVersion}.`);
  }
  const list = value.notRedundant;
  if (!Array.isArray(list)) return fail("bad-sidecar", 'It has no list "notRedundant".');
  const entries: Dismissal[] = [];
  for (const [index, item] of list.entries()) {
    const entry = readDismissal(item);
    if (!entry) return fail("bad-sidecar", `Entry ${index + 1} of "notRedundant" is not understood.`);
    entries.push(entry);
  }
  return ok(entries);
}

/** A dismissal from outside; undefined when it is none. */
export function readDismissal(value: unknown): Dismissal | undefined {
  if (!isRecord(value)) return undefined;
  const { id, model, rollout, rule, level, start, end, hash } = value;
  if (typeof id !== "string" || typeof rule !== "string" || typeof hash !== "string") return undefined;
  if ((level !== "step" && level !== "unit") || !isCount(rollout) || !isCount(start) || !isCount(end)) return undefined;
  if (model !== undefined && typeof model !== "string") return undefined;
  return { id, ...(model === undefined ? {} : { model }), rollout, rule, level, start, end, hash };
}

/** Key order is fixed whatever order the object was made in. */
const lineOf = ({ id, model, rollout, rule, level, start, end, hash }: Dismissal): string =>
  JSON.stringify({ id, model, rollout, rule, level, start, end, hash });

function byPlace(a: Dismissal, b: Dismissal): number {
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

function hashSpan(text: string, start: number, end: number): string {
  const { low, high } = hashText(text.slice(start, end));
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
