/** Answers known beforehand, ready to be found again in a long text: where they may stand, and whether a value equals one. */
import { standsBare } from "./bareNumber";
import { equivalent } from "./equivalent";
import { evaluate, variablesOf } from "./evaluate";
import { normalizeAnswer } from "./normalize";
import { parseAnswer } from "./parse";
import { isUndetermined } from "./undetermined";

/** Values compared in full at most; further ones count as different. */
const maxCompared = 3000;
const longestValue = 120;
/** Words and signs that may stand before an answer: "exactly", "equal to", "\\(". */
const slack = 40;

/** Operations in a value: "8 / 18" has one, "4" none. A value still to be computed has more than the answer. */
export function operations(value: string): number {
  return (value.match(/[\w)}!]\s*(?:[*×·/+÷]|-|\\(?:cdot|times|div))\s*(?=[\w({\\])|\\[dt]?frac/g) ?? []).length;
}

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;

/** True where `digits` stands at `at` in `text` and is no part of a longer number. */
const standsAlone = (text: string, at: number, length: number): boolean =>
  !isDigit(text.charCodeAt(at - 1)) && !isDigit(text.charCodeAt(at + length));

/** A number that meets the eye by chance: one digit, or one that the question itself states. */
function isCommon(answer: string, question: string): boolean {
  const digits = /^[-$\\ ]*(\d+)$/.exec(answer)?.[1];
  if (digits === undefined || digits.length === 1) {
    return digits !== undefined;
  }
  for (let at = question.indexOf(digits); at >= 0; at = question.indexOf(digits, at + 1)) {
    if (standsAlone(question, at, digits.length)) {
      return true;
    }
  }
  return false;
}

/** A number and nothing else but signs of money, degree or percent. */
const plainNumber = /^[-−+]?\\?\$?\d[\d,]*(?:\.\d+)?\\?%?(?:\^\{?\\circ\}?|°)?$/;
/** What holds digits that are no further number: the exponent of a unit, a modulus. */
const addition = /[a-zA-Z})]\s*\^\s*\{?[23]\}?|\(?\s*\\?[pb]?mod\b.*$/g;
const numbersIn = /\d[\d,]*(?:(?:\{,\}|,\\!)\d{3})*(?:\.\d+)?/g;
/** A letter that is a variable by what stands beside it: "2k", "x + 1", "3(x". */
const variable = /(?<![a-zA-Z\\])[a-df-hj-z](?![a-zA-Z])\s*[\^+*/(_-]|[\d)}^+*/-]\s*[a-df-hj-wyz](?![a-zA-Z\s]|$)|\d[a-df-hj-z]$/;

/** Numbers that a value equal to an answer shows too, unless it is a decimal: all but 1. */
const telling = /[02-9]\d*|1\d+/g;

/** True when a value holds more than one plain number can be: a second number, a variable. Then no rule finds the two equal. */
export function isMoreThanNumber(value: string): boolean {
  const numbers = value.replace(addition, "").match(numbersIn) ?? [];
  return new Set(numbers.map((digits) => Number(digits.replace(/[,{}\\!]/g, "")))).size > 1 || variable.test(value);
}

/** Finds what every text that states an answer must contain: offsets of its places, ascending. */
type Key = (text: string) => number[];

const separators = ["{,}", ",\\!", ",", " "];

/** Length of the groups of digits that stand at `at` one after the other, with or without thousands separators; -1 when they do not. */
function groupsAt(text: string, at: number, groups: readonly string[]): number {
  let end = at;
  for (let index = 0; index < groups.length; index += 1) {
    const group = groups[index] ?? "";
    const separator = index > 0 && !text.startsWith(group, end) ? separators.find((sign) => text.startsWith(sign, end)) : "";
    end += separator?.length ?? 0;
    if (!text.startsWith(group, end)) {
      return -1;
    }
    end += group.length;
  }
  return end - at;
}

/** Places of a run of digits, inside expressions too or bare only, with or without thousands separators: 28800, 28,800, 28{,}800. */
function digitsKey(run: string, bare: boolean): Key {
  const groups: string[] = [];
  for (let end = run.length; end > 0; end -= 3) {
    groups.unshift(run.slice(Math.max(0, end - 3), end));
  }
  const [first = ""] = groups;
  return (text) => {
    const places: number[] = [];
    for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
      const before = text.charCodeAt(at - 1);
      if (before === 0x2e || isDigit(before)) {
        continue;
      }
      const length = groups.length === 1 ? first.length : groupsAt(text, at, groups);
      if (length > 0 && !isDigit(text.charCodeAt(at + length)) && (!bare || standsBare(text, at, at + length))) {
        places.push(at);
      }
    }
    return places;
  };
}

function literalKey(literal: string): Key {
  return (text) => {
    const places: number[] = [];
    for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + literal.length)) {
      places.push(at);
    }
    return places;
  };
}

const isLetter = (sign: string | undefined): boolean => sign !== undefined && /\p{L}/u.test(sign);
const isLatin = (sign: string | undefined): boolean => sign !== undefined && /\p{Script=Latin}/u.test(sign);

/** Places of a word that no other letters touch, in the ways it may be capitalised. */
function wordKey(word: string): Key {
  const lower = word.toLowerCase();
  const written = new Set([word, lower, lower.charAt(0).toUpperCase() + lower.slice(1), word.toUpperCase()]);
  return (text) => {
    const places: number[] = [];
    for (const form of written) {
      for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) {
        if (!isLetter(text[at - 1]) && !isLatin(text[at + form.length])) {
          places.push(at);
        }
      }
    }
    return places.sort((a, b) => a - b);
  };
}

/** A longer key is no answer that is stated twice. */
const longestKey = 100;

const longest = (runs: readonly string[]): string | undefined => [...runs].sort((a, b) => b.length - a.length)[0];

/** What every text that states this answer must contain: its longest number, its decimal, else its longest word. */
function keysOf(answer: string, bare: boolean): Key[] {
  const digits = longest(answer.replace(/(\d)(?:,|\{,\})(?=\d{3}(?!\d))/g, "$1").match(/\d+/g) ?? []);
  if (digits === undefined) {
    const word = longest(answer.replace(/\\(?:text|mathrm|mathbf|frac|left|right)/g, "").match(/\p{L}+/gu) ?? []);
    return word === undefined || word.length > longestKey ? [] : [wordKey(word)];
  }
  const keys = digits.length > longestKey ? [] : [digitsKey(digits, bare)];
  if (digits === answer) {
    return keys;
  }
  const node = parseAnswer(normalizeAnswer(answer));
  const value = node && variablesOf(node).size === 0 ? evaluate(node, () => Number.NaN) : undefined;
  if (value && value.im === 0 && Number.isFinite(value.re)) {
    const written = String(Math.abs(value.re));
    keys.push(Number.isInteger(value.re) && /^\d+$/.test(written) ? digitsKey(written, bare) : literalKey(written.slice(0, 5)));
  }
  return keys;
}

/** Answers known beforehand. */
export interface Known {
  /** True when an answer is a number that meets the eye by chance. */
  readonly common: boolean;
  /** Code units that may stand between a verb and a piece of an answer that it states. */
  readonly reach: number;
  /** Offsets in a text where an answer may stand, ascending. Linear. */
  readonly places: (text: string) => number[];
  /** True when a value as written equals an answer and is no more of an expression than it. */
  readonly equals: (value: string) => boolean;
}

/** Places of all keys, ascending; the same place may come twice. */
function placesOf(text: string, keys: readonly Key[]): number[] {
  const places = keys.flatMap((key) => key(text));
  return keys.length > 1 ? places.sort((a, b) => a - b) : places;
}

/** Prepares answers for {@link Known}. Very long answers are never found again. */
export function knownAnswers(answers: readonly string[], question: string): Known {
  const usable = [...new Set(answers)].filter((answer) => answer.trim() !== "" && answer.length <= 300 && !isUndetermined(answer));
  const memo = new Map<string, boolean>();
  const answersKnown = usable.map((answer) => ({
    answer,
    operations: operations(answer),
    plain: plainNumber.test(answer),
    numbers: plainNumber.test(answer) ? [] : (answer.match(telling) ?? []),
  }));
  const bare = answersKnown.every(({ plain }) => plain);
  const keys = usable.flatMap((answer) => keysOf(answer, bare));
  const equalsOne = (value: string): boolean => {
    const more = isMoreThanNumber(value);
    const own = operations(value);
    return answersKnown.some(
      (known) => known.answer === value || (!(more && known.plain) && own <= known.operations + 1 && equivalent(known.answer, value).equal),
    );
  };
  return {
    reach: Math.max(0, ...usable.map((answer) => answer.length)) + slack,
    common: usable.some((answer) => isCommon(answer, question)),
    places: (text) => placesOf(text, keys),
    equals: (value) => {
      const before = memo.get(value);
      if (before !== undefined || memo.size >= maxCompared || value.length > longestValue) {
        return before ?? false;
      }
      const equal = keys.some((key) => key(value).length > 0) && equalsOne(value);
      memo.set(value, equal);
      return equal;
    },
  };
}
