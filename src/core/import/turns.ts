import type { FieldPath, GivenStep, Json, JsonObject } from "../trace";
import { get, isArray, isObject } from "./access";
import { readFacts } from "./facts";
import type { Importer } from "./importer";
import { makeTrace } from "./makeTrace";
import { TextBuilder } from "./textBuilder";

const listNames = ["turns", "rounds", "units", "thinking_units"] as const;
const thinkingNames = ["think", "thinking", "thought", "reasoning", "unit", "content"] as const;
const answerNames = ["answer", "response", "output"] as const;

const textKey = (item: Json, names: readonly string[]) => names.find((name) => typeof get(item, name) === "string");

/** Turns that each hold a thinking unit and its answer. */
function turnsOf(record: JsonObject): { items: readonly Json[]; name: string } | undefined {
  for (const name of listNames) {
    const items = get(record, name);
    if (!isArray(items) || items.length === 0) continue;
    if (items.every((item) => isObject(item) && textKey(item, thinkingNames) && textKey(item, answerNames))) return { items, name };
  }
  return undefined;
}

/** Multi-turn decomposition (MinD, arXiv 2505.19788): each turn is one thinking unit with the answer it reaches. Each turn is a given step. */
export const turns: Importer = {
  id: "turns",
  title: "Thinking units as turns",
  sniff: (record) => (turnsOf(record) ? 0.94 : 0),
  read(record, context) {
    const found = turnsOf(record);
    if (!found) return [];
    const text = new TextBuilder();
    const starts: number[] = [];
    let response: { text: string; path: FieldPath } | undefined;
    found.items.forEach((item, i) => {
      const thinking = textKey(item, thinkingNames);
      const answer = textKey(item, answerNames);
      if (thinking === undefined || answer === undefined) return;
      const path: FieldPath = [found.name, i];
      starts.push(text.length);
      text.add(String(get(item, thinking)), [...path, thinking], "reasoning", { glue: "\n\n" });
      const shown = { text: String(get(item, answer)), path: [...path, answer] };
      if (i === found.items.length - 1) response = shown;
      else text.add(shown.text, shown.path, "message", { glue: "\n\n" });
    });
    text.end();
    const given = starts.flatMap((start, i): GivenStep[] => {
      const end = starts[i + 1] ?? text.length;
      return end > start ? [{ start, end, label: `turn ${i + 1}` }] : [];
    });
    const facts = readFacts(record, context);
    const body = {
      text: text.text(),
      parts: text.parts(),
      thinking: "field" as const,
      response: response?.text ?? "",
      responsePath: response?.path,
    };
    return [makeTrace(context, facts, body, { givenSteps: given })];
  },
};
