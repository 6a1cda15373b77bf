import { parseRecord } from "../bytes/parseRecord";
import type { Json, JsonObject, Notice, Trace } from "../trace";
import { isArray, isObject } from "./access";
import { isStepList } from "./agentLog";
import { isMessages } from "./conversation";

/** A record in which lists are lists, and what to say of it. */
interface Unfolded {
  readonly record: JsonObject;
  readonly notices: readonly Notice[];
}

const listStart = /^\s*\[\s*\{/;

const unfolded = new WeakMap<JsonObject, Unfolded>();

/**
 * The record with each of its fields that is a text holding a JSON list of messages, or of an agent's steps, as that list: tables without nested columns store
 * conversations so. All other fields are as they are; a record without such a field is given back itself. Paths into such a field lead through the list.
 */
export function withHeldLists(record: JsonObject): Unfolded {
  const known = unfolded.get(record);
  if (known) return known;
  const lists: Record<string, Json> = {};
  const notices: Notice[] = [];
  for (const [key, value] of Object.entries(record)) {
    const held = typeof value === "string" ? listIn(value) : undefined;
    if (!held) continue;
    lists[key] = held.list;
    notices.push(
      { kind: "mapping", message: `The field "${key}" is a text that holds a list as JSON; it is read as that list.` },
      ...held.notices,
    );
  }
  const found = notices.length === 0 ? { record, notices } : { record: { ...record, ...lists }, notices };
  unfolded.set(record, found);
  return found;
}

function listIn(text: string): { list: Json; notices: readonly Notice[] } | undefined {
  if (!listStart.test(text)) return undefined;
  const parsed = parseRecord(text);
  if (!parsed.ok) return undefined;
  const { value, notices } = parsed.value;
  return isMessages(value) || (isArray(value) && value.every(isObject) && isStepList(value)) ? { list: value, notices } : undefined;
}

/** The trace with these notices after its own. */
export const withNotices = (trace: Trace, notices: readonly Notice[]): Trace =>
  notices.length === 0 ? trace : { ...trace, notices: [...trace.notices, ...notices] };
