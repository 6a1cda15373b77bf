import type { FieldPath, Json, JsonObject } from "../trace";
import { displayText, firstOf, isArray, isObject, place, scalarText } from "./access";
import {
  categoryNames,
  cutOffValues,
  finishNames,
  idNames,
  maybeModelNames,
  modelNames,
  modelWords,
  notText,
  numberNames,
  probablyQuestion,
  questionNames,
  referenceNames,
  systemNames,
  tokenNames,
  verdictNames,
} from "./fields";
import { type ImportContext, placeName } from "./importer";
import { contentText } from "./messageContent";

/** What is known of a record besides its reasoning. Fields are those of `Trace`; undefined where the record has none. */
export interface Facts {
  readonly id: string;
  readonly question: string;
  readonly model: string | undefined;
  readonly system: string | undefined;
  readonly reference: string | undefined;
  readonly recordedCorrect: boolean | undefined;
  readonly givenTokens: number | undefined;
  readonly cutOff: boolean | undefined;
  readonly columns: Readonly<Record<string, string | number | boolean>>;
}

/** Longest string, in code units, that becomes a column. */
export const longestColumn = 120;
const mostColumns = 64;
const deepestColumn = 3;

const verdicts: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  correct: true,
  right: true,
  passed: true,
  c: true,
  "1": true,
  false: false,
  no: false,
  incorrect: false,
  wrong: false,
  failed: false,
  i: false,
  "0": false,
};

/** A verdict from a boolean, 0 or 1, a word, or a list or `{r}` / `{value}` of one; undefined for anything else, such as a score of 12. */
export function readVerdict(value: Json | undefined): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value === 1 ? true : value === 0 || value === -1 ? false : undefined;
  if (typeof value === "string") return verdicts[value.trim().toLowerCase()];
  if (isArray(value)) return value.length === 1 ? readVerdict(value[0]) : undefined;
  if (!isObject(value)) return undefined;
  return firstOf(value, ["is_correct", "correct", "correctness", "r", "value", "score"], (found) =>
    isObject(found.value) ? undefined : readVerdict(found.value),
  );
}

/** Reads the facts of a record. `used` tells fields that hold the reasoning or response, which are not taken for a reference. */
export function readFacts(record: JsonObject, context: ImportContext, used: (path: FieldPath) => boolean = () => false): Facts {
  const outer = context.joined;
  const question = readQuestion(record) ?? context.key ?? (outer && readQuestion(outer)) ?? "";
  return {
    id: readId(record, context),
    question,
    model: readModel(record),
    system: firstOf(record, systemNames, (found) => scalarText(found.value)),
    reference: readReference(record, used) ?? (outer && readReference(outer, () => false)),
    recordedCorrect: firstOf(record, verdictNames, (found) => readVerdict(found.value)),
    givenTokens: readTokens(record),
    cutOff: readCutOff(record),
    columns: readColumns(record, used),
  };
}

const positive = (value: Json): number | undefined => (typeof value === "number" && value > 0 ? value : undefined);

/** The question as text: the first named field that is text, or the last user message of a prompt that is a chat. */
export function readQuestion(record: JsonObject): string | undefined {
  const question = firstOf(record, questionNames, ({ value }) => (typeof value === "string" ? scalarText(value) : promptText(value)));
  const instruction = place(record, "instruction")?.value;
  const input = place(record, "input")?.value;
  const fallback = question ?? probableQuestion(record);
  const both = typeof instruction === "string" && instruction === question && typeof input === "string" && input !== "";
  return both ? `${instruction}\n\n${input}` : fallback;
}

/** The first string whose key speaks of a question. */
function probableQuestion(record: JsonObject): string | undefined {
  const key = Object.keys(record).find(
    (name) =>
      name.length <= 60 && probablyQuestion.test(name) && !notText.test(name) && typeof record[name] === "string" && record[name] !== "",
  );
  return key === undefined ? undefined : scalarText(record[key]);
}

function promptText(value: Json): string | undefined {
  if (!isArray(value)) return undefined;
  const users = value.filter((item) => isObject(item) && (item.role === "user" || item.from === "human" || item.from === "user"));
  const last = users.at(-1);
  return isObject(last) ? contentText(last.content ?? last.value) : undefined;
}

/** The reference answer, short ones before whole solutions. */
export function readReference(record: JsonObject, used: (path: FieldPath) => boolean): string | undefined {
  return firstOf(record, referenceNames, ({ value }) => (value === "None" ? undefined : displayText(value)), used);
}

/** The model a record names; `source` and the like count only when the value looks like a model's name. */
export function readModel(record: JsonObject): string | undefined {
  const named = (names: readonly string[], fits: (name: string) => boolean) =>
    firstOf(record, names, ({ value }) =>
      typeof value === "string" && value !== "" && value.length <= 200 && fits(value) ? value : undefined,
    );
  return named(modelNames, () => true) ?? named(maybeModelNames, (name) => name.length <= 80 && modelWords.test(name));
}

/** Token count of the thinking that the record states. */
export const readTokens = (record: JsonObject): number | undefined => firstOf(record, tokenNames, (found) => positive(found.value));

/** True where the record says that generation stopped at its limit. */
export function readCutOff(record: JsonObject): boolean | undefined {
  const cut = firstOf(record, finishNames, ({ value }) => (typeof value === "string" ? isCutOff(value) : undefined));
  return cut ? true : undefined;
}

/** Does this finish reason say that the limit was reached? */
export const isCutOff = (reason: string): boolean => cutOffValues.includes(reason.toLowerCase());

function readId(record: JsonObject, context: ImportContext): string {
  const named = (names: readonly string[]) =>
    firstOf(record, names, ({ value }) => {
      const text = typeof value === "boolean" ? undefined : scalarText(value);
      return text !== undefined && text.length <= 200 ? text : undefined;
    });
  const own = named(idNames);
  if (own !== undefined) return own;
  const { joined: sibling, ...alone } = context;
  const joined = sibling && readId(sibling, alone);
  if (joined !== undefined && joined !== placeName(context)) return joined;
  const category = named(categoryNames);
  const number = named(numberNames);
  return category !== undefined && number !== undefined ? `${category} ${number}` : placeName(context);
}

/** Small scalar fields by name, nested ones joined by "."; at most 64, three levels deep, without the fields that `skip` names. */
export function readColumns(
  record: JsonObject,
  skip: (path: FieldPath) => boolean = () => false,
): Record<string, string | number | boolean> {
  const columns: [name: string, value: string | number | boolean][] = [];
  const names = new Set<string>();
  const visit = (value: JsonObject, prefix: string, under: FieldPath) => {
    for (const key of Object.keys(value)) {
      if (names.size >= mostColumns) return;
      const item = value[key];
      const name = prefix + key;
      const path = [...under, key];
      if (key.length > longestColumn || skip(path)) continue;
      if (isObject(item) && path.length < deepestColumn) visit(item, `${name}.`, path);
      const small = typeof item === "number" || typeof item === "boolean" || (typeof item === "string" && item.length <= longestColumn);
      if (!small) continue;
      columns.push([name, item]);
      names.add(name);
    }
  };
  visit(record, "", []);
  return Object.fromEntries(columns);
}
