import { parseRecord } from "./parseRecord";
import { RecordIndex } from "./recordIndex";
import { ValueScanner } from "./valueScanner";

/** How the records of a file are laid out. */
export type Layout = "lines" | "array" | "object" | "sequence";

/** Bytes at the file's start that decide about its layout. */
export const sniffBytes = 1 << 20;
/** Lines looked at, at most. */
const sampleLines = 40;
/** Entries of an object looked at to tell a collection keyed by question from one record. */
const sampleEntries = 8;

const openBrace = 0x7b;
const openBracket = 0x5b;

/** The layout, from the file's first bytes after a byte order mark. `whole`: the head is the whole file. Never throws. */
export function sniffLayout(head: Uint8Array, whole: boolean): Layout {
  const first = firstInk(head);
  if (first !== openBrace && first !== openBracket) return "lines";
  const [firstLine, secondLine] = leadingLines(head, whole, 2);
  if (firstLine === undefined) return first === openBracket ? "array" : isKeyed(head, whole) ? "object" : "lines";
  const alone = parsesAlone(firstLine);
  if (alone && first === openBrace) return secondLine === undefined && whole && isKeyed(head, true) ? "object" : "lines";
  const [, ...others] = leadingLines(head, whole, sampleLines);
  if (first === openBracket) return sniffArray(alone, others);
  const braced = others.filter((line) => line.startsWith("{") && line.length > 1);
  if (braced.filter(parsesAlone).length * 2 > braced.length) return "lines";
  return isKeyed(head, whole) ? "object" : "sequence";
}

/** Lines of arrays are JSON Lines when the next one is a value of its own too; everything else that begins with a bracket is one array. */
function sniffArray(firstAlone: boolean, others: readonly string[]): Layout {
  const values = others.filter((line) => /^[[{]./.test(line));
  const enough = firstAlone ? 1 : 2;
  const alone = values.filter((line) => (firstAlone ? parsesAlone(line) : line.startsWith("[") && parsesAlone(line)));
  return alone.length >= enough && alone.length * 2 > others.length ? "lines" : "array";
}

/** Complete lines at the start that hold more than white space, `limit` at most. The last one counts only when it ends inside the head. */
function leadingLines(head: Uint8Array, whole: boolean, limit: number): string[] {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const lines: string[] = [];
  let from = 0;
  while (from < head.length && lines.length < limit) {
    const found = head.indexOf(10, from);
    if (found < 0 && !whole) break;
    const end = found < 0 ? head.length : found;
    const line = decoder.decode(head.subarray(from, end)).trimEnd();
    if (line !== "") lines.push(line);
    from = end + 1;
  }
  return lines;
}

const parsesAlone = (line: string): boolean => /^\s*[[{]/.test(line) && parseRecord(line).ok;

function firstInk(head: Uint8Array): number {
  return head.find((byte) => byte !== 32 && (byte < 9 || byte > 13)) ?? 0;
}

/**
 * Is the one object at the start a collection: entries that are all objects of a like shape? One entry is enough when its key reads like a
 * question. `{"trajectory": […], "info": {…}}` is one record.
 */
function isKeyed(head: Uint8Array, whole: boolean): boolean {
  const top = new RecordIndex(false);
  const outer = new ValueScanner(top, "sequence");
  outer.feed(head, 0);
  if (top.count > 1 || (top.count === 0 && whole)) return false;
  const entries = new RecordIndex(true);
  new ValueScanner(entries, "object").feed(head, 0);
  const count = Math.min(entries.count, sampleEntries);
  const keySets: (readonly string[])[] = [];
  for (let i = 0; i < count; i++) {
    if (head[entries.start(i)] !== openBrace) return false;
    keySets.push(keysOf(head.subarray(entries.start(i), entries.end(i))));
  }
  if (count === 1) return whole && head.subarray(entries.keyStart(0), entries.start(0)).filter((byte) => byte === 32).length >= 3;
  const [one, ...rest] = keySets;
  return one !== undefined && rest.length > 0 && rest.every((keys) => sharesShape(one, keys));
}

function keysOf(bytes: Uint8Array): readonly string[] {
  const parsed = parseRecord(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
  const value = parsed.ok ? parsed.value.value : null;
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

const sharesShape = (one: readonly string[], other: readonly string[]): boolean => {
  const shared = other.filter((key) => one.includes(key)).length;
  return shared > 0 && shared * 2 >= Math.min(one.length, other.length);
};
