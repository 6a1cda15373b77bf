/**
 * The query language of the list: conditions side by side, all of which must hold.
 *
 * `name:value`, `name:a,b` (either), `name:>5`, `name:<5`, `name:>=5`, `name:<=5`, `name:3..5` (inclusive), `"text"` or a bare word (in question or trace), `-` before
 * any of them negates. Offsets are UTF-16 code units in the query.
 */
import type { Span } from "../trace";
import { type QualifierKind, qualifierNamed } from "./qualifiers";

/** A value of a row for a qualifier. A list holds every value that applies (`flag`, `fn`, `unit.role`). Percents are 0 to 100. */
export type FactValue = number | string | boolean | readonly string[];

/** What the evaluator asks of a row. Undefined: the row has no such value, or background work has not reached it; no condition holds of it. */
export interface RowFacts {
  value(name: string): FactValue | undefined;
}

/** A value test: one alternative of a condition. */
export type Test =
  | { readonly kind: "range"; readonly from: number; readonly to: number; readonly openFrom: boolean; readonly openTo: boolean }
  | { readonly kind: "text"; readonly text: string };

/** A condition of a query with its place in the query text. */
export interface Condition extends Span {
  readonly negated: boolean;
  /** Qualifier or column name; absent for free text. */
  readonly name?: string;
  /** Where the value stands in the query text. */
  readonly value: Span;
  readonly tests: readonly Test[];
}

/** A problem of a query, in plain words. */
export interface QueryError extends Span {
  readonly message: string;
}

/** A parsed query. With errors, the conditions that could be read still apply. */
export interface Query {
  readonly text: string;
  readonly conditions: readonly Condition[];
  readonly errors: readonly QueryError[];
  /** Finds free text; absent when the query has none. */
  readonly matchers: ReadonlyMap<Condition, RegExp>;
}

/** How free text is matched. */
export interface QueryOptions {
  readonly matchCase: boolean;
  readonly regex: boolean;
}

const conditionPattern = /(-)?(?:([\p{L}_][\p{L}\p{N}_.-]*):)?("(?:[^"\\]|\\.)*"?|[^\s"]+)?/uy;

/** Parses a query. Never throws; unreadable parts become errors. */
export function parseQuery(text: string, options: QueryOptions): Query {
  const conditions: Condition[] = [];
  const errors: QueryError[] = [];
  const matchers = new Map<Condition, RegExp>();
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at += 1;
      continue;
    }
    conditionPattern.lastIndex = at;
    const match = conditionPattern.exec(text);
    const whole = match?.[0] ?? "";
    if (!match || whole === "") {
      errors.push({ start: at, end: at + 1, message: `"${text[at]}" is not a condition` });
      at += 1;
      continue;
    }
    const condition = readCondition(match, at, errors);
    at += whole.length;
    if (!condition) continue;
    conditions.push(condition);
    if (condition.name === undefined) addMatcher(condition, options, matchers, errors);
  }
  return { text, conditions, errors, matchers };
}

function readCondition(match: RegExpExecArray, start: number, errors: QueryError[]): Condition | undefined {
  const [whole, minus, name, written = ""] = match;
  const end = start + whole.length;
  const value = { start: end - written.length, end };
  if (written === "") {
    errors.push({ start, end, message: name ? `${name}: needs a value` : '"-" needs a condition' });
    return undefined;
  }
  if (name === undefined) return { start, end, value, negated: minus === "-", tests: [{ kind: "text", text: unquote(written) }] };
  const kind = qualifierNamed(name)?.kind;
  const tests: Test[] = [];
  for (const item of splitAlternatives(written)) {
    const test = readTest(item, kind);
    if (test) tests.push(test);
    else errors.push({ ...value, message: `${name}: takes a number or a range such as >5 or 3..5, not "${item}"` });
  }
  return tests.length > 0 ? { start, end, value, negated: minus === "-", name, tests } : undefined;
}

function addMatcher(condition: Condition, options: QueryOptions, matchers: Map<Condition, RegExp>, errors: QueryError[]): void {
  const test = condition.tests[0];
  if (test?.kind !== "text") return;
  const source = options.regex ? test.text : test.text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  try {
    matchers.set(condition, new RegExp(source, options.matchCase ? "u" : "iu"));
  } catch {
    errors.push({ start: condition.start, end: condition.end, message: `"${test.text}" is not a regular expression` });
  }
}

const unquote = (written: string): string =>
  written.startsWith('"') ? written.replace(/^"|"$/g, "").replace(/\\(["\\])/g, "$1") : written;

const splitAlternatives = (written: string): string[] =>
  written.startsWith('"') ? [written] : written.split(",").filter((item) => item !== "");

const comparison = /^(>=|<=|>|<)(.+)$/;

function readTest(item: string, kind: QualifierKind | undefined): Test | undefined {
  if (item.startsWith('"')) return { kind: "text", text: unquote(item) };
  const compared = comparison.exec(item);
  if (compared) return compare(compared[1]!, readNumber(compared[2]!));
  const [from, to, ...rest] = item.split("..");
  if (to !== undefined && rest.length === 0 && from !== undefined) return between(from, to);
  const numeric = kind === "number" || kind === "percent";
  if (!numeric) return { kind: "text", text: item };
  const number = readNumber(item);
  return number === undefined ? undefined : { kind: "range", from: number, to: number, openFrom: false, openTo: false };
}

function compare(operator: string, number: number | undefined): Test | undefined {
  if (number === undefined) return undefined;
  const open = !operator.endsWith("=");
  return operator.startsWith(">")
    ? { kind: "range", from: number, to: Number.POSITIVE_INFINITY, openFrom: open, openTo: false }
    : { kind: "range", from: Number.NEGATIVE_INFINITY, to: number, openFrom: false, openTo: open };
}

function between(from: string, to: string): Test | undefined {
  const low = from === "" ? Number.NEGATIVE_INFINITY : readNumber(from);
  const high = to === "" ? Number.POSITIVE_INFINITY : readNumber(to);
  if (low === undefined || high === undefined) return undefined;
  return { kind: "range", from: low, to: high, openFrom: false, openTo: false };
}

const suffixes: Readonly<Record<string, number>> = { "": 1, "%": 1, k: 1e3, m: 1e6 };

/** "1500", "1,500" is split at the comma before; "1.5k" is 1,500; "40%" is 40. */
function readNumber(written: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?|-?\.\d+)(%|k|m)?$/i.exec(written);
  if (!match) return undefined;
  return Number(match[1]) * (suffixes[(match[2] ?? "").toLowerCase()] ?? 1);
}

/** True when every condition holds of the row. `text` is asked only for free text and gives question and trace. */
export function matches(query: Query, facts: RowFacts, text: () => string): boolean {
  return query.conditions.every((condition) => holds(query, condition, facts, text));
}

/** True when one condition holds of the row, negation included. */
export function holds(query: Query, condition: Condition, facts: RowFacts, text: () => string): boolean {
  return holdsPlain(query, condition, facts, text) !== condition.negated;
}

function holdsPlain(query: Query, condition: Condition, facts: RowFacts, text: () => string): boolean {
  if (condition.name === undefined) return query.matchers.get(condition)?.test(text()) ?? true;
  const value = facts.value(condition.name);
  if (value === undefined) return false;
  const kind = qualifierNamed(condition.name)?.kind;
  return condition.tests.some((test) => passes(test, value, kind));
}

function passes(test: Test, value: FactValue, kind: QualifierKind | undefined): boolean {
  if (test.kind === "range") return inRange(test, typeof value === "number" ? value : Number.NaN);
  const wanted = test.text.toLowerCase();
  if (typeof value === "object") return value.some((item) => sameChoice(item.toLowerCase(), wanted));
  const have = String(value).toLowerCase();
  return kind === "text" || (kind === undefined && typeof value === "string") ? have.includes(wanted) : sameChoice(have, wanted);
}

/** "unclosed" names "unclosed-think", "tool" names "tool-call". */
const sameChoice = (have: string, wanted: string): boolean => have === wanted || have.startsWith(`${wanted}-`);

function inRange(test: Extract<Test, { kind: "range" }>, value: number): boolean {
  const above = test.openFrom ? value > test.from : value >= test.from;
  const below = test.openTo ? value < test.to : value <= test.to;
  return above && below;
}

/** True when the query needs a record's text, so that matching must read the file. */
export const needsText = (query: Query): boolean => query.matchers.size > 0;
