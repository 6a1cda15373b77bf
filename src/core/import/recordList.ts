import type { Json, JsonObject, Trace } from "../trace";
import { get, isArray, isObject } from "./access";
import { readFacts } from "./facts";
import { withHeldLists, withNotices } from "./heldLists";
import { type ImportContext, type Importer, placeName } from "./importer";
import { numbered } from "./makeTrace";
import { withPrefix } from "./rootList";

/** Names of a list whose items are records of their own, each with its question. */
const listNames = ["example", "examples", "samples", "data", "records", "items", "instances", "rows", "results", "problems"];

/** Items are looked at until this many have been judged. */
const sampled = 5;

/**
 * One object that holds a list of records (GAOKAO-Bench: `example`). The outer object's model, system prompt and reference serve items without their
 * own. `choose` gives the importer of an item.
 */
export function recordList(choose: (sample: readonly Json[]) => { importer: Importer; confidence: number }): Importer {
  const listOf = (record: JsonObject) => {
    for (const name of listNames) {
      const items = get(record, name);
      if (!isArray(items) || !items.some(isObject)) continue;
      const { importer, confidence } = choose(items.slice(0, sampled));
      if (confidence >= 0.55) return { items, name, importer };
    }
    return undefined;
  };
  return {
    id: "record-list",
    title: "List of records in one object",
    sniff: (record) => (listOf(record) ? 0.88 : 0),
    read(record, context) {
      const list = listOf(record);
      if (!list) return [];
      const outer = readFacts(record, context);
      const traces = list.items.flatMap((item, i) => (isObject(item) ? readItem(list.importer, item, i, context, outer, list.name) : []));
      return numbered(traces);
    },
  };
}

function readItem(
  importer: Importer,
  item: JsonObject,
  index: number,
  context: ImportContext,
  outer: ReturnType<typeof readFacts>,
  name: string,
): Trace[] {
  const model = outer.model;
  const { key, joined, ...place } = context;
  const { record, notices } = withHeldLists(item);
  return importer.read(record, place).map((trace) => ({
    ...withPrefix(withNotices(trace, notices), [name, index]),
    id: trace.id === placeName(place) ? `${name} ${index + 1}` : trace.id,
    question: trace.question === "" ? outer.question : trace.question,
    ...(trace.model === undefined && model !== undefined && { model }),
    ...(trace.system === undefined && outer.system !== undefined && { system: outer.system }),
  }));
}
