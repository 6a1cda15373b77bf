import { fail, ok, type Result } from "../result";
import type { FieldPath, Json, Notice, Trace } from "../trace";
import { at, displayText, type Found, isArray, isObject, samePath, scalarText } from "./access";
import { isMessages, traceOfMessages } from "./conversation";
import { type Facts, readFacts, readVerdict } from "./facts";
import { everyItem, formatPath, type PathStep, parsePath } from "./fieldPath";
import type { ImportContext } from "./importer";
import { makeTrace, numbered, traceOfField, traceOfFields } from "./makeTrace";
import { asRecord, rootList, withoutRoot } from "./rootList";

/** What a mapping can name. */
export const mappingFields = ["question", "reasoning", "response", "answer", "reference", "model", "id", "correct"] as const;
export type MappingField = (typeof mappingFields)[number];

/**
 * Where the fields of a trace stand in a record, set by the user. Paths are written like `meta.gen[0].text`; `[*]` makes one rollout an item. Fields
 * that are not mapped are found as usual; without `reasoning`, the response is read for delimiters.
 */
export type FieldMapping = { readonly [field in MappingField]?: string };

const isField = (name: string): name is MappingField => mappingFields.some((field) => field === name);

/** Reads a mapping from a JSON object or from `name=path` entries separated by line breaks, ";" or ",". */
export function parseMapping(text: string): Result<FieldMapping> {
  const entries = text.trim().startsWith("{") ? jsonEntries(text) : lineEntries(text);
  if (!entries.ok) return entries;
  const mapping: { [field in MappingField]?: string } = {};
  for (const [name, path] of entries.value) {
    if (!isField(name)) return fail("bad-mapping", `"${name}" cannot be mapped. Use one of: ${mappingFields.join(", ")}.`);
    const parsed = parsePath(path);
    if (!parsed.ok) return parsed;
    mapping[name] = path;
  }
  if (mapping.reasoning === undefined && mapping.response === undefined) {
    return fail("bad-mapping", "Map at least reasoning or response, for example reasoning=meta.gen[0].text.");
  }
  return ok(mapping);
}

function jsonEntries(text: string): Result<readonly (readonly [string, string])[]> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null) return fail("bad-mapping", "The mapping is not a JSON object.");
    const entries = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "");
    return ok(entries);
  } catch {
    return fail("bad-mapping", "The mapping is not valid JSON.");
  }
}

function lineEntries(text: string): Result<readonly (readonly [string, string])[]> {
  const entries: (readonly [string, string])[] = [];
  for (const match of text.matchAll(/(?:"(?:[^"\\]|\\.)*"|[^\n;,"])+/g)) {
    const line = match[0].trim();
    const equals = line.indexOf("=");
    if (line === "") continue;
    if (equals < 0) return fail("bad-mapping", `"${line}" is not of the form name=path.`);
    entries.push([line.slice(0, equals).trim(), line.slice(equals + 1).trim()]);
  }
  return ok(entries);
}

type Paths = { readonly [field in MappingField]?: readonly PathStep[] };

/** Paths as patterns, seen from the record as importers see it. */
function patternsOf(mapping: FieldMapping, isList: boolean): Paths {
  const paths: { [field in MappingField]?: readonly PathStep[] } = {};
  for (const field of mappingFields) {
    const text = mapping[field];
    const parsed = text === undefined ? undefined : parsePath(text);
    if (parsed?.ok) paths[field] = isList ? [rootList, ...parsed.value] : parsed.value;
  }
  return paths;
}

/** Most rollouts a mapping makes of one record. */
const mostRollouts = 10_000;

function rolloutCount(record: Json, paths: Paths): number {
  const pattern = [paths.reasoning, paths.response].find((path) => path?.includes(everyItem));
  if (!pattern) return 1;
  const list = at(record, concrete(pattern.slice(0, pattern.indexOf(everyItem)), 0));
  return isArray(list) ? Math.min(list.length, mostRollouts) : 1;
}

const concrete = (pattern: readonly PathStep[], item: number): FieldPath => pattern.map((step) => (step === everyItem ? item : step));

/** Reads a record by a user's mapping. Never throws; a mapped field that is missing or no text gives a notice. */
export function importWithMapping(value: Json, mapping: FieldMapping, context: ImportContext): Trace[] {
  const record = asRecord(value);
  const paths = patternsOf(mapping, isArray(value));
  const traces = Array.from({ length: Math.max(1, rolloutCount(record, paths)) }, (_, item) => readOne(record, paths, item, context));
  return numbered(record === value ? traces : traces.map(withoutRoot));
}

function readOne(record: ReturnType<typeof asRecord>, paths: Paths, item: number, context: ImportContext): Trace {
  const notices: Notice[] = [];
  const pathOf = (field: MappingField): FieldPath | undefined => paths[field] && concrete(paths[field], item);
  const mapped = (field: MappingField): Json | undefined => {
    const path = pathOf(field);
    return path && at(record, path);
  };
  const text = (field: MappingField): Found | undefined => {
    const path = pathOf(field);
    const found = mapped(field);
    if (path && typeof found === "string") return { text: found, path };
    if (path)
      notices.push({
        kind: "mapping",
        message: `The field mapped as ${field} (${formatPath(path)}) is ${found === undefined ? "missing" : "no text"}.`,
      });
    return undefined;
  };
  const facts = mappedFacts(
    readFacts(record, context, (path) => usedPath(pathOf, path)),
    mapped,
  );
  const responseValue = mapped("response");
  const responsePath = pathOf("response");
  const answerField = displayText(mapped("answer"));
  if (responsePath && isMessages(responseValue)) return traceOfMessages(context, facts, responseValue, responsePath, { answerField });
  const reasoning = text("reasoning");
  const response = text("response");
  const extra = { answerField, notices };
  if (reasoning && (response || !paths.response)) {
    return paths.response ? traceOfFields(context, facts, reasoning, response, extra) : traceOfField(context, facts, reasoning, extra);
  }
  const only = reasoning ?? response;
  return only ? traceOfField(context, facts, only, extra) : makeTrace(context, facts, { text: "", parts: [], thinking: "none" }, extra);
}

const usedPath = (pathOf: (field: MappingField) => FieldPath | undefined, path: FieldPath): boolean =>
  (["reasoning", "response", "answer", "question"] as const).some((field) => {
    const own = pathOf(field);
    return own !== undefined && samePath(own, path);
  });

function mappedFacts(facts: Facts, mapped: (field: MappingField) => Json | undefined): Facts {
  const correct = mapped("correct");
  return {
    ...facts,
    id: scalarText(mapped("id")) ?? facts.id,
    question: displayText(mapped("question")) ?? facts.question,
    model: scalarText(mapped("model")) ?? facts.model,
    reference: displayText(mapped("reference")) ?? facts.reference,
    recordedCorrect: correct === undefined ? facts.recordedCorrect : readVerdict(correct),
  };
}

/** A field of a sample of records, for choosing in a mapping. */
export interface PathChoice {
  /** As {@link parsePath} reads it. */
  readonly path: string;
  readonly type: "text" | "number" | "boolean" | "null" | "list" | "object";
  /** First value, at most 80 code units, white space folded. */
  readonly example: string;
  /** Longest text at this path in the sample, code units; 0 for other types. */
  readonly longest: number;
}

const mostPaths = 500;
const deepest = 8;
const exampleLength = 80;

/** The fields of a sample of records with type and first value, in file order; of a list, its first item. At most 500. */
export function listPaths(sample: readonly Json[]): PathChoice[] {
  const found = new Map<string, PathChoice>();
  const visit = (value: Json, path: FieldPath) => {
    const name = formatPath(path);
    if (path.length > 0) note(found, name, value);
    if (path.length >= deepest || found.size >= mostPaths) return;
    if (isArray(value)) {
      const [first] = value;
      if (first !== undefined) visit(first, [...path, 0]);
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        if (found.size >= mostPaths) return;
        visit(item, [...path, key]);
      }
    }
  };
  for (const record of sample) visit(record, []);
  return [...found.values()];
}

function note(found: Map<string, PathChoice>, path: string, value: Json): void {
  const longest = typeof value === "string" ? value.length : 0;
  const known = found.get(path);
  if (known && known.type !== "null") {
    if (longest > known.longest) found.set(path, { ...known, longest });
    return;
  }
  const start = isArray(value)
    ? `${value.length} items`
    : isObject(value)
      ? `${Object.keys(value).length} fields`
      : String(value).slice(0, exampleLength * 2);
  const example = start.replace(/\s+/g, " ").trim().slice(0, exampleLength);
  found.set(path, { path, type: typeOf(value), example, longest });
}

function typeOf(value: Json): PathChoice["type"] {
  if (value === null) return "null";
  if (typeof value === "string") return "text";
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  return isArray(value) ? "list" : "object";
}
