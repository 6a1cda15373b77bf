import type { JsonObject } from "../trace";
import { get, scalarText } from "./access";
import { readFacts } from "./facts";
import type { Importer } from "./importer";
import { numbered, traceOfField } from "./makeTrace";

interface ModelKey {
  readonly key: string;
  readonly text: string;
  readonly model: string;
  readonly asked: string;
}

/** Fields such as `deepseek-reasoner (question)`: a model, and in brackets the field it was asked. */
function modelKeys(record: JsonObject): ModelKey[] {
  return Object.entries(record).flatMap(([key, text]) => {
    const match = key.length <= 200 ? /^(\S[^()]*?) \(([^()]+)\)$/.exec(key) : null;
    const [, model, asked] = match ?? [];
    if (typeof text !== "string" || model === undefined || asked === undefined) return [];
    return asked.endsWith("question") || get(record, asked) !== undefined ? [{ key, text, model, asked }] : [];
  });
}

/** The model's name is the key of its answer. */
export const modelKey: Importer = {
  id: "model-key",
  title: "Answers under model names",
  sniff: (record) => (modelKeys(record).length > 0 ? 0.95 : 0),
  read(record, context) {
    const keys = modelKeys(record);
    const facts = readFacts(record, context, (path) => keys.some(({ key }) => path.length === 1 && path[0] === key));
    return numbered(
      keys.map(({ key, text, model, asked }) => {
        const tokens = get(record, `${model} thinking_token_count`) ?? get(record, `${key} thinking_token_count`);
        const question = scalarText(get(record, asked)) ?? facts.question;
        const givenTokens = typeof tokens === "number" ? tokens : facts.givenTokens;
        const variant = asked === "question" ? undefined : asked;
        return traceOfField(context, { ...facts, model, question, givenTokens }, { text, path: [key] }, { variant });
      }),
    );
  },
};
