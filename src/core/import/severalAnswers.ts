import type { FieldPath, JsonObject, Trace } from "../trace";
import { foldName, get, isArray, isObject, type Place, place, samePath } from "./access";
import { isMessages } from "./conversation";
import { type Facts, readFacts } from "./facts";
import type { ImportContext, Importer } from "./importer";
import { type Extra, numbered } from "./makeTrace";
import { traceOfAnswer } from "./output";
import { findAnswers, tracesOfAnswers } from "./rollouts";
import { pairNames } from "./severalFields";

/** An answer in a field of its own, with the model or variant its field name gives. */
interface Named {
  readonly place: Place;
  readonly model?: string;
  readonly variant?: string;
  /** Reasoning that stands in a second field; the place then holds the response. */
  readonly reasoning?: Place;
}

const holdsText = ({ value }: Place): boolean => (typeof value === "string" && value !== "") || isObject(value) || isMessages(value);

/** `chosen` / `rejected` and the like. */
function pairs(record: JsonObject): Named[] {
  for (const names of pairNames) {
    const found = names.map((name) => place(record, name));
    if (!found.every((item) => item !== undefined && holdsText(item))) continue;
    return found.flatMap((item, i) => {
      const name = names[i] ?? "";
      return item
        ? [
            {
              place: item,
              variant: variantIn(name),
              ...modelBeside(record, name),
            },
          ]
        : [];
    });
  }
  return [];
}

/** The word of a field's name that tells it from the other one: `chosen` of `response_chosen`. */
const variantIn = (name: string): string =>
  /(?:^|_)(teacher|student|chosen|rejected|positive|negative|forward|backward|before|after)(?=_|$)/.exec(name)?.[1] ??
  (name.split("_")[0] || name);

/** `teacher_model` beside `teacher_response`. */
function modelBeside(record: JsonObject, name: string): { model?: string } {
  const side = name.split("_")[0] ?? name;
  const model = place(record, `${side}_model`)?.value ?? place(record, `${side}_model_name`)?.value;
  return typeof model === "string" && model !== "" ? { model } : {};
}

/** `r1_solution_1`, `r1_solution_2`…: a name and a number. */
function numberedFields(record: JsonObject): Named[] {
  const series = new Map<string, Named[]>();
  for (const key of Object.keys(record)) {
    const match = /^(.*(?:solution|response|answer|generation|output|completion|rollout|sample|trace|cot|attempt))[_-]?(\d+)$/i.exec(key);
    const value = record[key];
    if (!match || typeof value !== "string" || value === "") continue;
    const name = match[1] ?? key;
    const model = /^(.+)_(?:solution|response|answer|generation|output|completion|trace|cot|attempt)$/i.exec(name)?.[1];
    const item: Named = { place: { value, path: [key] }, ...(model !== undefined && foldName(model) !== "model" && { model }) };
    series.set(name, [...(series.get(name) ?? []), item]);
  }
  return [...series.values()].find((items) => items.length > 1) ?? [];
}

/** Objects under model names: `175b_verification: {solution, is_correct}`. */
function modelObjects(record: JsonObject): Named[] {
  const found = Object.entries(record).flatMap(([key, value]): Named[] => {
    const text = get(value, "solution") ?? get(value, "response") ?? get(value, "content") ?? get(value, "output");
    const judged = ["is_correct", "correct", "correctness", "score"].some((name) => get(value, name) !== undefined);
    return typeof text === "string" && judged && value !== undefined ? [{ place: { value, path: [key] }, model: key }] : [];
  });
  return found.length > 1 ? found : [];
}

/** `deepseek_thinking_trajectory` beside `deepseek_attempt` (s1K-1.1). */
function trajectories(record: JsonObject): Named[] {
  return Object.keys(record).flatMap((key): Named[] => {
    const model = /^(.+)_thinking_trajectory$/.exec(key)?.[1];
    const value = record[key];
    const attempt = model === undefined ? undefined : get(record, `${model}_attempt`);
    if (model === undefined || typeof value !== "string" || typeof attempt !== "string") return [];
    return [{ place: { value: attempt, path: [`${model}_attempt`] }, reasoning: { value, path: [key] }, model }];
  });
}

const finders = [pairs, modelObjects, trajectories, numberedFields];

function findNamed(record: JsonObject): Named[] {
  return firstNonEmpty(finders.map((find) => () => find(record)));
}

function firstNonEmpty<T>(tries: readonly (() => T[])[]): T[] {
  for (const attempt of tries) {
    const found = attempt();
    if (found.length > 0) return found;
  }
  return [];
}

function traceOfNamed(context: ImportContext, facts: Facts, named: Named): Trace | undefined {
  const extra: Extra = { variant: named.variant };
  const own = named.model === undefined ? facts : { ...facts, model: named.model };
  const { value, path } = named.place;
  if (named.reasoning) {
    const both = { reasoning: named.reasoning.value, response: value };
    const trace = traceOfAnswer(context, own, both, [], extra);
    return trace && rename(trace, named.reasoning.path, path);
  }
  return traceOfAnswer(context, own, value, path, extra);
}

const rename = (trace: Trace, reasoning: FieldPath, response: FieldPath): Trace => ({
  ...trace,
  parts: trace.parts.map((part) => ({ ...part, path: reasoning })),
  responsePath: response,
});

/** Several answers to one question in one record: lists, pairs, numbered fields, one object a model. */
export const severalAnswers: Importer = {
  id: "several-answers",
  title: "Several answers in one record",
  sniff(record) {
    const named = findNamed(record);
    if (named.length > 0) return 0.85;
    const answers = findAnswers(record);
    if (!answers || !isArray(answers.value)) return 0;
    return answers.path[0] === "answers" || answers.path[0] === "solutions" ? 0.5 : 0.82;
  },
  read(record, context) {
    const named = findNamed(record);
    const answers = named.length > 0 ? undefined : findAnswers(record);
    const used = (path: FieldPath) =>
      named.some((item) => samePath(item.place.path, path)) || (answers !== undefined && samePath(answers.path, path));
    const facts = readFacts(record, context, used);
    if (answers) return tracesOfAnswers(context, facts, record, answers);
    return numbered(named.map((item) => traceOfNamed(context, facts, item)).filter((trace) => trace !== undefined));
  },
};
