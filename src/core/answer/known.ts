/** Answers known beforehand, ready to be found again in a long text: where they may stand, and whether a value equals one. */
import { equivalent } from "./equivalent";
import { evaluate, variablesOf } from "./evaluate";
import { normalizeAnswer } from "./normalize";
import { parseAnswer } from "./parse";
import { isUndetermined } from "./undetermined";

/** Values compared in full at most; further ones count as different. */
const maxCompared = 3000;
const longestValue = 120;

/** Operations in a value: "8 / 18" has one, "4" none. A value still to be computed has more than the answer. */
export function operations(value: string): number {
  return (value.match(/[\w)}!]\s*(?:[*×·/+÷]|-|\\(?:cdot|times|div))\s*(?=[\w({\\])|\\[dt]?frac/g) ?? []).length;
}

/** A number that meets the eye by chance: one digit, or one that the question itself states. */
function isCommon(answer: string, question: string): boolean {
  const digits = /^[-$\\ ]*(\d+)$/.exec(answer)?.[1];
  return digits !== undefined && (digits.length === 1 || new RegExp(`(?<!\\d)${digits}(?!\\d)`).test(question));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Pattern of a run of digits with or without thousands separators: 28800, 28,800, 28{,}800. */
function digitsPattern(run: string): string {
  const groups: string[] = [];
  for (let end = run.length; end > 0; end -= 3) {
    groups.unshift(run.slice(Math.max(0, end - 3), end));
  }
  return `(?<![\\d.])${groups.join("(?:,|\\{,\\}|,\\\\!| )?")}(?!\\d)`;
}

/** What every text that states this answer must contain: its longest number, its decimal, else its longest word. */
function keysOf(answer: string): string[] {
  const longest = (runs: readonly string[]): string | undefined => [...runs].sort((a, b) => b.length - a.length)[0];
  const digits = longest(answer.replace(/(\d)(?:,|\{,\})(?=\d{3}(?!\d))/g, "$1").match(/\d+/g) ?? []);
  if (digits === undefined) {
    const word = longest(answer.replace(/\\(?:text|mathrm|mathbf|frac|left|right)/g, "").match(/\p{L}+/gu) ?? []);
    return word === undefined ? [] : [`(?<!\\p{L})${escaped(word)}(?!\\p{Script=Latin})`];
  }
  const keys = [digitsPattern(digits)];
  const node = parseAnswer(normalizeAnswer(answer));
  const value = node && variablesOf(node).size === 0 ? evaluate(node, () => Number.NaN) : undefined;
  if (value && value.im === 0 && Number.isFinite(value.re)) {
    const written = String(Math.abs(value.re));
    keys.push(Number.isInteger(value.re) ? digitsPattern(written) : escaped(written.slice(0, 5)));
  }
  return keys.filter((key) => key.length < 400);
}

const plainNumber = /^-?\d{1,15}(?:\.\d{1,9})?$/;

/** The common case decided without reading structure; false says nothing. */
function plainNumbersEqual(a: string, b: string): boolean {
  return plainNumber.test(a) && plainNumber.test(b) && Number(a) === Number(b);
}

/** Answers known beforehand. */
export interface Known {
  /** True when an answer is a number that meets the eye by chance. */
  readonly common: boolean;
  /** Offsets in a text where an answer may stand, ascending. Linear. */
  readonly places: (text: string) => number[];
  /** True when a value as written equals an answer and is no more of an expression than it. */
  readonly equals: (value: string) => boolean;
}

/** Prepares answers for {@link Known}. Very long answers are never found again. */
export function knownAnswers(answers: readonly string[], question: string): Known {
  const usable = answers.filter((answer) => answer.trim() !== "" && answer.length <= 300 && !isUndetermined(answer));
  const keys = [...new Set(usable.flatMap(keysOf))];
  const pattern = keys.length > 0 ? new RegExp(keys.join("|"), "giu") : undefined;
  const memo = new Map<string, boolean>();
  return {
    common: usable.some((answer) => isCommon(answer, question)),
    places: (text) => (pattern ? Array.from(text.matchAll(pattern), (match) => match.index) : []),
    equals: (value) => {
      const before = memo.get(value);
      if (before !== undefined || memo.size >= maxCompared || value.length > longestValue) {
        return before ?? false;
      }
      const held = pattern !== undefined && value.search(pattern) >= 0;
      const equal =
        held &&
        usable.some(
          (answer) =>
            answer === value ||
            plainNumbersEqual(answer, value) ||
            (operations(value) <= operations(answer) + 1 && equivalent(answer, value).equal),
        );
      memo.set(value, equal);
      return equal;
    },
  };
}
