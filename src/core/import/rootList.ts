import type { FieldPath, Json, JsonObject, Trace } from "../trace";
import { isObject } from "./access";

/** Key under which importers see a record that is no object: a list, or a bare text. */
export const rootList = "[]";

/** A record as an object: anything else stands under {@link rootList}. */
export const asRecord = (value: Json): JsonObject => (isObject(value) ? value : { [rootList]: value });

/** The same trace with its paths as seen from the value itself. */
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
