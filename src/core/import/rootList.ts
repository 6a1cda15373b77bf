import type { FieldPath, Json, JsonObject, Trace } from "../trace";

/** Key under which importers see a record that is a list and not an object. */
export const rootList = "[]";

/** A record as an object: a list stands under {@link rootList}, any other value under `value`. */
export function asRecord(value: Json): JsonObject {
  if (typeof value !== "object" || value === null) return { value };
  return isList(value) ? { [rootList]: value } : value;
}

const isList = (value: JsonObject | readonly Json[]): value is readonly Json[] => Array.isArray(value);

/** The same trace with its paths as seen from the list itself. */
export function withoutRoot(trace: Trace): Trace {
  const strip = (path: FieldPath): FieldPath => (path[0] === rootList ? path.slice(1) : path);
  const parts = trace.parts.map((part) => ({ ...part, path: strip(part.path) }));
  return { ...trace, parts, ...(trace.responsePath && { responsePath: strip(trace.responsePath) }) };
}

/** The same trace with its paths seen from a record that holds its record at `prefix`. */
export function withPrefix(trace: Trace, prefix: FieldPath): Trace {
  const parts = trace.parts.map((part) => ({ ...part, path: [...prefix, ...part.path] }));
  return { ...trace, parts, ...(trace.responsePath && { responsePath: [...prefix, ...trace.responsePath] }) };
}
