import type { FieldPath, Json, JsonObject } from "../trace";

/** A string of the record and where it stands. */
export interface Found {
  readonly text: string;
  readonly path: FieldPath;
}

/** A value of the record and where it stands. */
export interface Place {
  readonly value: Json;
  readonly path: FieldPath;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** The value under an own key; undefined for anything but an object. */
export function get(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The value at a path; undefined when a step does not exist. */
export function at(value: Json, path: FieldPath): Json | undefined {
  let here: Json | undefined = value;
  for (const step of path) here = typeof step === "number" ? (isArray(here) ? here[step] : undefined) : get(here, step);
  return here;
}

/** A name without case, spaces, "_" and "-": how field names are compared. */
export const foldName = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, "");

/** A name in our own lists: folded, and where its first dot stands. */
interface OwnName {
  readonly fold: string;
  readonly dot: number;
}

const ownNames = new Map<string, OwnName>();

/** What is known of a name in our own lists, remembered. */
function ownName(name: string): OwnName {
  let known = ownNames.get(name);
  if (known === undefined) {
    known = { fold: foldName(name), dot: name.indexOf(".") };
    ownNames.set(name, known);
  }
  return known;
}

const folded = new WeakMap<JsonObject, Map<string, string>>();

/** Folded key → key as written; the first of two keys that fold alike wins. */
function keysOf(record: JsonObject): Map<string, string> {
  const known = folded.get(record);
  if (known) return known;
  const keys = new Map<string, string>();
  for (const key of Object.keys(record)) {
    const name = foldName(key);
    if (!keys.has(name)) keys.set(name, key);
  }
  folded.set(record, keys);
  return keys;
}

/** The place one of our own field names stands for: an exact key, else one that folds alike, else nested keys at the dots. */
export function place(record: JsonObject, name: string): Place | undefined {
  return placeAmong(record, keysOf(record), name);
}

function placeAmong(record: JsonObject, keys: ReadonlyMap<string, string>, name: string): Place | undefined {
  const { fold, dot } = ownName(name);
  // Most names are no field of a record: one look-up tells, since a key of that very name folds alike.
  const key = keys.get(fold);
  if (key !== undefined) {
    const exact = get(record, name);
    if (exact !== undefined) return { value: exact, path: [name] };
    const value = get(record, key);
    if (value !== undefined) return { value, path: [key] };
  }
  if (dot < 0) return undefined;
  const outer = place(record, name.slice(0, dot));
  if (!outer || !isObject(outer.value)) return undefined;
  const inner = place(outer.value, name.slice(dot + 1));
  return inner && { value: inner.value, path: [...outer.path, ...inner.path] };
}

/** The first of the named fields whose value `read` accepts. */
export function firstOf<T>(
  record: JsonObject,
  names: readonly string[],
  read: (place: Place) => T | undefined,
  skip: (path: FieldPath) => boolean = () => false,
): T | undefined {
  const keys = keysOf(record);
  for (const name of names) {
    const found = placeAmong(record, keys, name);
    const value = found && !skip(found.path) ? read(found) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A place as text when it is a string that is not empty. */
export const asText = ({ value, path }: Place): Found | undefined =>
  typeof value === "string" && value !== "" ? { text: value, path } : undefined;

/** A scalar as text: strings that are not empty, numbers, booleans. */
export function scalarText(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** A value as text for people: scalars as they are, a list of one as its item, other lists as lines, objects as JSON. */
export function displayText(value: Json | undefined): string | undefined {
  const scalar = scalarText(value);
  if (scalar !== undefined || value === undefined || value === null || value === "") return scalar;
  if (!isArray(value)) return isObject(value) && Object.keys(value).length > 0 ? JSON.stringify(value) : undefined;
  const items = value.map(displayText).filter((item) => item !== undefined);
  return items.length > 0 ? items.join("\n") : undefined;
}

/** The first named field that is a string with text. */
export function findText(record: JsonObject, names: readonly string[], skip?: (path: FieldPath) => boolean): Found | undefined {
  return firstOf(record, names, asText, skip);
}

/** Do two paths name the same field? */
export const samePath = (a: FieldPath, b: FieldPath): boolean => a.length === b.length && a.every((step, i) => step === b[i]);
