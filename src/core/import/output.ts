import type { FieldPath, Json, JsonObject, Trace } from "../trace";
import { type Found, firstOf, foldName, get, isArray, isObject, samePath, scalarText } from "./access";
import { isMessages, traceOfMessages } from "./conversation";
import { type Facts, readColumns, readCutOff, readModel, readQuestion, readTokens, readVerdict } from "./facts";
import { verdictNames } from "./fields";
import type { ImportContext } from "./importer";
import { type Extra, traceOfField, traceOfFields } from "./makeTrace";
import { answerFieldNames, answerTextNames, reasoningFlags, reasoningNames, responseNames, solutionNames } from "./outputFields";
import { hasThinkTags } from "./thinkTags";

/** The fields that hold one answer: either one field with everything, or reasoning and response apart. */
export interface Output {
  readonly field?: Found;
  readonly reasoning?: Found;
  readonly response?: Found | undefined;
  /** The only text is a written solution: a weak sign of a trace. */
  readonly weak?: boolean;
}

const allText = (record: JsonObject, names: readonly string[], skip?: (path: FieldPath) => boolean): Found | undefined =>
  firstOf(record, names, ({ value, path }) => (typeof value === "string" ? { text: value, path } : undefined), skip);

const someText = (record: JsonObject, names: readonly string[], skip?: (path: FieldPath) => boolean): Found | undefined =>
  firstOf(record, names, ({ value, path }) => (typeof value === "string" && value !== "" ? { text: value, path } : undefined), skip);

const found = new WeakMap<JsonObject, Output | null>();

/** Finds reasoning and response in a flat record; undefined when it has no text that could be either. */
export function findOutput(record: JsonObject): Output | undefined {
  let output = found.get(record);
  if (output === undefined) {
    output = lookForOutput(record) ?? null;
    found.set(record, output);
  }
  return output ?? undefined;
}

function lookForOutput(record: JsonObject): Output | undefined {
  const isFlag = ({ text }: Found) => reasoningFlags.includes(text.toLowerCase());
  const named = someText(record, reasoningNames) ?? allText(record, reasoningNames);
  const reasoning = named && isFlag(named) ? undefined : named;
  const whole = someText(record, responseNames);
  if (whole && hasThinkTags(whole.text) && (!reasoning || whole.text.includes(reasoning.text.trim()))) return { field: whole };
  const isWhole = whole !== undefined && !answerTextNames.some((name) => foldName(name) === foldName(String(whole.path[0])));
  if (reasoning?.text === "" && isWhole) return { field: whole };
  if (reasoning) {
    const response = someText(record, answerTextNames, (path) => samePath(path, reasoning.path));
    return { reasoning, response: response ?? whole };
  }
  if (whole) return { field: whole };
  const content = someText(record, ["content", "text"]);
  if (content && hasThinkTags(content.text)) return { field: content };
  const solution = someText(record, solutionNames);
  return solution && { field: solution, weak: true };
}

/** Is the field at this path part of the output? */
export function usesField(output: Output, path: FieldPath): boolean {
  return [output.field, output.reasoning, output.response].some((found) => found !== undefined && samePath(found.path, path));
}

/** The model's short answer in a field of its own. */
export function readAnswerField(record: JsonObject): string | undefined {
  return firstOf(record, answerFieldNames, ({ value }) => scalarText(isArray(value) && value.length === 1 ? value[0] : value));
}

/** The trace of an output whose paths are relative to `prefix`. */
export function traceOfOutput(context: ImportContext, facts: Facts, output: Output, prefix: FieldPath, extra: Extra = {}): Trace {
  const under = (found: Found): Found => (prefix.length === 0 ? found : { text: found.text, path: [...prefix, ...found.path] });
  if (output.reasoning) {
    return traceOfFields(context, facts, under(output.reasoning), output.response && under(output.response), extra);
  }
  return traceOfField(context, facts, under(output.field ?? { text: "", path: [] }), extra);
}

/**
 * The trace of one answer in any form: text, a list of messages, or an object with fields of its own, whose model, verdict, short answer and token
 * count stand before the record's. Undefined when the value holds no text.
 */
export function traceOfAnswer(
  context: ImportContext,
  facts: Facts,
  value: Json | undefined,
  path: FieldPath,
  extra: Extra = {},
): Trace | undefined {
  if (typeof value === "string") return traceOfField(context, facts, { text: value, path }, extra);
  if (isMessages(value)) return traceOfMessages(context, facts, value, path, extra);
  if (isArray(value)) return value.length === 1 ? traceOfAnswer(context, facts, value[0], [...path, 0], extra) : undefined;
  if (!isObject(value)) return undefined;
  const message = get(value, "message") ?? get(value, "content");
  const own = ownFacts(facts, value);
  const answerField = readAnswerField(value) ?? extra.answerField;
  if (isObject(message))
    return traceOfMessages(
      context,
      own,
      [message],
      [...path, value.message === undefined ? "content" : "message"],
      { ...extra, answerField },
      true,
    );
  if (isMessages([value])) return traceOfMessages(context, own, [value], path, { ...extra, answerField }, true);
  const output = findOutput(value) ?? contentOutput(value);
  return output && traceOfOutput(context, own, output, path, { ...extra, answerField });
}

function contentOutput(value: JsonObject): Output | undefined {
  const field = someText(value, ["content", "text", "value"]);
  return field && { field };
}

function ownFacts(facts: Facts, value: JsonObject): Facts {
  return {
    ...facts,
    question: facts.question !== "" ? facts.question : (readQuestion(value) ?? ""),
    model: readModel(value) ?? facts.model,
    recordedCorrect: firstOf(value, verdictNames, (found) => readVerdict(found.value)) ?? facts.recordedCorrect,
    givenTokens: readTokens(value) ?? facts.givenTokens,
    cutOff: readCutOff(value) ?? facts.cutOff,
    columns: { ...facts.columns, ...readColumns(value) },
  };
}
