import type { JsonObject } from "../trace";
import { get, isObject } from "./access";
import { readFacts } from "./facts";
import type { Importer } from "./importer";
import { numbered } from "./makeTrace";
import { traceOfAnswer } from "./output";

function responsesOf(record: JsonObject): JsonObject | undefined {
  const responses = get(record, "responses");
  if (!isObject(responses)) return undefined;
  const items = Object.values(responses);
  const text = (item: unknown) => typeof item === "string";
  return items.length > 0 && items.every((item) => text(item) || text(get(item, "content")) || text(get(item, "response")))
    ? responses
    : undefined;
}

/** `responses: {"0.0": {content, correctness}}`: one answer a temperature or sample, in files keyed by the question. */
export const keyedResponses: Importer = {
  id: "keyed-responses",
  title: "Responses by temperature",
  sniff: (record) => (responsesOf(record) ? 0.95 : 0),
  read(record, context) {
    const responses = responsesOf(record);
    if (!responses) return [];
    const facts = readFacts(record, context, (path) => path[0] === "responses" || path[0] === "token_usages");
    const traces = Object.entries(responses).map(([key, answer]) => {
      const usage = get(get(record, "token_usages"), key);
      const tokens = get(usage, "completion_tokens");
      const columns = { ...facts.columns, sample: key, ...(typeof tokens === "number" && { completion_tokens: tokens }) };
      return traceOfAnswer(context, { ...facts, columns }, answer, ["responses", key]);
    });
    return numbered(traces.filter((trace) => trace !== undefined));
  },
};
