import type { Json, JsonObject } from "../trace";
import { get, isArray, isObject, place } from "./access";
import { readFacts } from "./facts";
import type { Importer } from "./importer";
import { tracesOfAnswers } from "./rollouts";

const isTexts = (value: Json | undefined): boolean => isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");

/** The list of answers of an evaluation harness: `code` beside `gt` (Qwen2.5-Math, ToRA), `resps` beside `doc` (lm-eval). */
function answersOf(record: JsonObject) {
  const code = get(record, "code");
  if (isTexts(code) && (get(record, "gt") !== undefined || isArray(get(record, "pred")))) return place(record, "code");
  const resps = get(record, "resps");
  return isArray(resps) && resps.length > 0 && isObject(get(record, "doc")) ? place(record, "resps") : undefined;
}

/** Question of an lm-eval record: from `doc`, else the prompt in `arguments`. */
function promptOf(record: JsonObject): string | undefined {
  const list = get(record, "arguments");
  const first = isArray(list) ? list[0] : isObject(list) ? Object.values(list)[0] : undefined;
  const prompt = isArray(first) ? first[0] : (get(first, "arg_0") ?? undefined);
  return typeof prompt === "string" ? prompt : undefined;
}

/** Evaluation harness output with lists of k rollouts. */
export const harness: Importer = {
  id: "harness",
  title: "Evaluation harness",
  sniff: (record) => (answersOf(record) ? 0.95 : 0),
  read(record, context) {
    const answers = answersOf(record);
    if (!answers) return [];
    const facts = readFacts(record, context, (path) => path[0] === answers.path[0]);
    const question = facts.question !== "" ? facts.question : (promptOf(record) ?? "");
    return tracesOfAnswers(context, { ...facts, question }, record, answers);
  },
};
