import type { FieldPath, Json, JsonObject, Notice, Signal, Trace } from "../trace";
import { at, get, isArray, isObject, place } from "./access";
import { stepListScores } from "./stepFields";

/** Tokens with one or more columns of numbers. */
interface TokenTable {
  readonly tokens: readonly string[];
  readonly columns: readonly { readonly name: string; readonly values: readonly (number | undefined)[] }[];
  readonly top?: readonly (readonly { readonly token: string; readonly logprob: number }[])[];
}

const isTexts = (value: Json | undefined): value is readonly string[] =>
  isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
const isNumbers = (value: Json | undefined): value is readonly (number | null)[] =>
  isArray(value) && value.length > 0 && value.every((item) => typeof item === "number" || item === null);
const numbersOf = (value: readonly (number | null)[]) => value.map((item) => item ?? undefined);

/** `logprobs.content[]` of chat completions. */
function contentTable(value: Json | undefined): TokenTable | undefined {
  const content = get(value, "content");
  if (!isArray(content) || content.length === 0) return undefined;
  const tokens = content.map((item) => get(item, "token") ?? null);
  if (!isTexts(tokens)) return undefined;
  const values = content.map((item) => {
    const logprob = get(item, "logprob");
    return typeof logprob === "number" ? logprob : undefined;
  });
  const top = content.map((item) => alternatives(get(item, "top_logprobs")));
  return { tokens, columns: [{ name: "logprobs", values }], ...(top.some((list) => list.length > 0) && { top }) };
}

/** Alternatives at a token, from a list of `{token, logprob}` or an object token → log-probability, most probable first. */
function alternatives(value: Json | undefined): { token: string; logprob: number }[] {
  const list: { token: Json | undefined; logprob: Json | undefined }[] = isArray(value)
    ? value.map((item) => ({ token: get(item, "token"), logprob: get(item, "logprob") }))
    : isObject(value)
      ? Object.entries(value).map(([token, logprob]) => ({ token, logprob }))
      : [];
  const read = list.flatMap(({ token, logprob }) => (typeof token === "string" && typeof logprob === "number" ? [{ token, logprob }] : []));
  return read.sort((a, b) => b.logprob - a.logprob);
}

/** `tokens[]` with lists of numbers of the same length beside it (legacy completions, token rewards). */
function listTable(value: Json | undefined): TokenTable | undefined {
  if (!isObject(value)) return undefined;
  const tokens = [value.tokens, value.token_texts, value.token_strings].find(isTexts);
  if (!tokens) return undefined;
  const columns = Object.entries(value).flatMap(([name, item]) =>
    isNumbers(item) && item.length === tokens.length && name !== "text_offset" && name !== "token_ids"
      ? [{ name, values: numbersOf(item) }]
      : [],
  );
  if (columns.length === 0) return undefined;
  const given = value.top_logprobs;
  const top = isArray(given) && given.length === tokens.length ? given.map(alternatives) : [];
  return { tokens, columns, ...(top.some((list) => list.length > 0) && { top }) };
}

const tableOf = (owner: JsonObject): TokenTable | undefined =>
  contentTable(owner.logprobs) ?? contentTable({ content: owner.logprobs ?? null }) ?? listTable(owner.logprobs) ?? listTable(owner);

/** Spellings of white space in tokenizers' own token strings. */
const plainToken = (token: string): string => token.replace(/[Ġ▁]/g, " ").replace(/[Ċ]|<0x0A>/g, "\n");

/** Offsets in the text where tokens begin, undefined for tokens outside it; undefined when the tokens do not spell the text. */
function alignTokens(tokens: readonly string[], text: string): (number | undefined)[] | undefined {
  for (const spelled of [tokens, tokens.map(plainToken)]) {
    const whole = spelled.join("");
    const inWhole = whole.indexOf(text);
    const inText = inWhole < 0 && whole !== "" ? text.indexOf(whole) : -1;
    if (inWhole < 0 && inText < 0) continue;
    let offset = inWhole >= 0 ? -inWhole : inText;
    return spelled.map((token) => {
      const start = offset;
      offset += token.length;
      return offset > 0 && start < text.length && token !== "" ? Math.max(0, start) : undefined;
    });
  }
  return undefined;
}

function tokenSignals(table: TokenTable, starts: readonly (number | undefined)[]): Signal[] {
  return table.columns.flatMap(({ name, values }): Signal[] => {
    const rows = starts.flatMap((start, i) => {
      const value = values[i];
      return start === undefined || value === undefined ? [] : [{ start, value, i }];
    });
    if (rows.length === 0) return [];
    const top = table.top && /logprobs/.test(name) ? { top: rows.map((row) => table.top?.[row.i] ?? []) } : {};
    return [{ name, level: "token", starts: rows.map((row) => row.start), values: rows.map((row) => row.value), ...top }];
  });
}

/** Starts of paragraphs, or of lines, when there are as many as numbers. */
function paragraphStarts(text: string, count: number): number[] | undefined {
  for (const separator of [/\n[ \t]*\n\s*/g, /\n\s*/g]) {
    const starts = [0, ...[...text.matchAll(separator)].map((match) => match.index + match[0].length)].filter(
      (start) => start < text.length,
    );
    if (starts.length === count) return starts;
  }
  return undefined;
}

function stepSignals(owner: JsonObject, trace: Trace): Signal[] {
  return stepListScores.flatMap((name): Signal[] => {
    const found = place(owner, name);
    const values = found?.value;
    if (!found || !isNumbers(values) || values.some((value) => value === null)) return [];
    const key = String(found.path[0]);
    if (trace.signals?.some((signal) => signal.name === key || signal.name === name)) return [];
    const given = trace.givenSteps?.length === values.length ? trace.givenSteps.map((step) => step.start) : undefined;
    const starts = given ?? paragraphStarts(trace.text, values.length);
    return starts ? [{ name: key, level: "step", starts, values: values.map((value) => value ?? 0) }] : [];
  });
}

/** Objects that hold the trace's text, innermost first. The record itself counts only when it has one trace. */
function ownersOf(record: JsonObject, path: FieldPath, alone: boolean): JsonObject[] {
  const owners: JsonObject[] = [];
  for (let length = path.length - 1; length >= (alone ? 0 : 1); length--) {
    const owner = at(record, path.slice(0, length));
    if (isObject(owner)) owners.push(owner);
  }
  return owners;
}

/** Adds the numbers over tokens and steps that stand beside the trace's text. Tokens that do not spell the text give a notice. */
export function withSignals(trace: Trace, record: JsonObject, alone: boolean): Trace {
  const path = trace.parts[0]?.path;
  if (!path || trace.text === "") return trace;
  const signals: Signal[] = [];
  const notices: Notice[] = [];
  for (const owner of ownersOf(record, path, alone)) {
    const table = signals.length === 0 ? tableOf(owner) : undefined;
    const starts = table && alignTokens(table.tokens, trace.text);
    if (table && starts) signals.push(...tokenSignals(table, starts));
    if (table && !starts && !alignTokens(table.tokens, trace.response)) {
      notices.push({ kind: "mapping", message: "The record's tokens do not spell the text, so their numbers are not drawn over it." });
    }
    signals.push(...stepSignals(owner, trace));
  }
  if (signals.length + notices.length === 0) return trace;
  return { ...trace, signals: [...(trace.signals ?? []), ...signals], notices: [...trace.notices, ...notices] };
}
