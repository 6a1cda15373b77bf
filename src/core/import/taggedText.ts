import type { FieldPath, Json, JsonObject } from "../trace";
import { type Found, isArray, isObject } from "./access";
import { readFacts } from "./facts";
import { notText } from "./fields";
import type { Importer } from "./importer";
import { numbered, traceOfField } from "./makeTrace";
import { probablyOutput } from "./outputFields";
import { hasThinkTags } from "./thinkTags";

const deepest = 5;
const mostTexts = 64;
const mostVisited = 2000;

/** Shortest text, in code units, that is taken for an output by its key alone. */
const shortestOutput = 80;

/** Strings of the record with the key that holds them, in order; at most 2,000 values are looked at. */
function strings(record: JsonObject): (Found & { readonly key: string })[] {
  const found: (Found & { key: string })[] = [];
  let visited = 0;
  const visit = (value: Json, path: FieldPath, key: string) => {
    visited++;
    if (visited > mostVisited || path.length > deepest) return;
    if (typeof value === "string") found.push({ text: value, path, key });
    else if (isArray(value)) for (const [i, item] of value.entries()) visit(item, [...path, i], key);
    else if (isObject(value)) for (const [name, item] of Object.entries(value)) visit(item, [...path, name], name);
  };
  visit(record, [], "");
  return found;
}

/** Texts with delimiters of thinking; without any, the longest text whose key speaks of an output. */
function textsOf(record: JsonObject): { texts: Found[]; sure: boolean } {
  const all = strings(record);
  const tagged = all.filter((item) => item.text.length > 0 && hasThinkTags(item.text)).slice(0, mostTexts);
  if (tagged.length > 0) return { texts: tagged, sure: true };
  const outputs = all.filter((item) => item.text.length >= shortestOutput && probablyOutput.test(item.key) && !notText.test(item.key));
  const longest = outputs.reduce<Found | undefined>(
    (best, item) => (best && best.text.length >= item.text.length ? best : item),
    undefined,
  );
  return { texts: longest ? [longest] : [], sure: false };
}

/** Records with names nobody knows: texts with thinking in them, wherever they stand, else the longest text that is called an output. */
export const taggedText: Importer = {
  id: "tagged-text",
  title: "Any text with reasoning",
  sniff(record) {
    const { texts, sure } = textsOf(record);
    return texts.length === 0 ? 0 : sure ? 0.5 : 0.2;
  },
  read(record, context) {
    const { texts } = textsOf(record);
    const isUsed = (path: FieldPath) =>
      texts.some((text) => text.path.length === path.length && text.path.every((step, i) => step === path[i]));
    const facts = readFacts(record, context, isUsed);
    return numbered(texts.map((text) => traceOfField(context, facts, text)));
  },
};
