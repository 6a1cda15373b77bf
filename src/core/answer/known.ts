/** Answers known beforehand, ready to be found again in a long text: where they may stand, and whether a value equals one. */
import { unitAt } from "../codeUnits";
import { standsBare } from "./bareNumber";
import { equivalent } from "./equivalent";
import { evaluate, variablesOf } from "./evaluate";
import { normalizeAnswer } from "./normalize";
import { operations } from "./operations";
import { parseAnswer } from "./parse";
import { isUndetermined } from "./undetermined";

/** Values compared in full at most; further ones count as different. */
const maxCompared = 3000;
const longestValue = 120;
/** Code units of an answer in words that is looked for. */
const longestWords = 60;
/** Words and signs that may stand before an answer: "exactly", "equal to", "\\(". */
const slack = 40;

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;

/** True where `digits` stands at `at` in `text` and is no part of a longer number. */
const standsAlone = (text: string, at: number, length: number): boolean =>
  !isDigit(unitAt(text, at - 1)) && !isDigit(unitAt(text, at + length));

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
/** Digits and nothing else: the most frequent value. */
const bareNumber = /^-?\d{1,15}$/;
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

/** What every text that states an answer must contain, and offsets of its places in a text, ascending. */
interface Key {
  readonly of: string;
  readonly places: (text: string) => number[];
}

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
  const places = (text: string): number[] => {
    const found: number[] = [];
    for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
      const before = unitAt(text, at - 1);
      if (before === 0x2e || isDigit(before)) {
        continue;
      }
      const length = groups.length === 1 ? first.length : groupsAt(text, at, groups);
      if (length > 0 && !isDigit(unitAt(text, at + length)) && (!bare || standsBare(text, at, at + length))) {
        found.push(at);
      }
    }
    return found;
  };
  return { of: `${bare}${run}`, places };
}

function literalKey(literal: string): Key {
  const places = (text: string): number[] => {
    const found: number[] = [];
    for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + literal.length)) {
      found.push(at);
    }
    return found;
  };
  return { of: literal, places };
}

const latin = /\p{Script=Latin}/u;
const isLatin = (sign: string | undefined): boolean => sign !== undefined && latin.test(sign);

/** Places of a word that no Latin letter touches, in the ways it may be capitalised. */
function wordKey(word: string): Key {
  const lower = word.toLowerCase();
  const written = new Set(word.length === 1 ? [word] : [word, lower, lower.charAt(0).toUpperCase() + lower.slice(1), word.toUpperCase()]);
  const places = (text: string): number[] => {
    const found: number[] = [];
    for (const form of written) {
      for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) {
        if (!isLatin(text[at - 1]) && !isLatin(text[at + form.length])) {
          found.push(at);
        }
      }
    }
    return found.sort((a, b) => a - b);
  };
  return { of: word, places };
}

/** A number that is read without being parsed, its sign left out. */
const simpleNumber = /^[-\\$]*(\d{1,3}(?:,\d{3})+|\d{1,12}(?:\.\d{1,6})?)$/;
const words = /\p{L}+/gu;
/** An option or a word. */
const sayable = /^[A-Z]$|\p{L}{2}|\p{Script=Han}/u;
/** A longer key is no answer that is stated twice. */
const longestKey = 100;

const longest = (runs: readonly string[]): string | undefined => [...runs].sort((a, b) => b.length - a.length)[0];

/** Keys of a number: its whole part, and the decimal as written. */
function numberKeys(value: number, bare: boolean): Key[] {
  const whole = String(Math.trunc(value));
  if (Number.isInteger(value)) {
    return [digitsKey(whole, bare)];
  }
  return [...(whole.length > 1 ? [digitsKey(whole, bare)] : []), literalKey(String(value).slice(0, 5))];
}

/** What every text that states this answer must contain: its longest number, its decimal, else its longest word. */
function keysOf(answer: string, bare: boolean): Key[] {
  const number = simpleNumber.exec(answer)?.[1]?.replaceAll(",", "");
  if (number !== undefined) {
    return numberKeys(Number(number), bare);
  }
  const digits = longest(answer.replace(/(\d)(?:,|\{,\})(?=\d{3}(?!\d))/g, "$1").match(/\d+/g) ?? []);
  if (digits === undefined) {
    const word = longest(answer.replace(/\\(?:text|mathrm|mathbf|frac|left|right)/g, "").match(words) ?? []);
    return word === undefined || word.length > longestKey ? [] : [wordKey(word)];
  }
  const keys = digits.length > longestKey ? [] : [digitsKey(digits, bare)];
  const value = realValue(answer);
  if (value !== undefined) {
    const written = String(Math.abs(value));
    keys.push(Number.isInteger(value) && /^\d+$/.test(written) ? digitsKey(written, bare) : literalKey(written.slice(0, 5)));
  }
  return keys;
}

/** Values kept: the rollouts of one question share its reference, and mostly their answers. */
const mostKept = 500;
const valuesKept = new Map<string, number | undefined>();

/** The value of an answer that is one real number, however it is written. */
function realValue(answer: string): number | undefined {
  if (valuesKept.has(answer)) {
    return valuesKept.get(answer);
  }
  const node = parseAnswer(normalizeAnswer(answer));
  const value = node && variablesOf(node).size === 0 ? evaluate(node, () => Number.NaN) : undefined;
  const real = value && value.im === 0 && Number.isFinite(value.re) ? value.re : undefined;
  if (valuesKept.size >= mostKept) {
    valuesKept.clear();
  }
  valuesKept.set(answer, real);
  return real;
}

/** Which answer a value equals: none, one that meets the eye by chance, a telling one. */
export type Match = "none" | "common" | "telling";

/** Answers known beforehand. */
export interface Known {
  /** True when no answer is known that could be found again. */
  readonly isEmpty: boolean;
  /** True when every answer is a number that meets the eye by chance. */
  readonly common: boolean;
  /** Answers in words, without digits. */
  readonly words: readonly string[];
  /** Code units that may stand between a verb and a piece of an answer that it states. */
  readonly reach: number;
  /** Offsets in a text where an answer may stand, ascending. Linear. */
  readonly places: (text: string) => number[];
  /** How a value as written equals an answer and is no more of an expression than it: an answer that meets the eye by chance, or a telling one. */
  readonly equals: (value: string) => Match;
}

/** Places of all keys, ascending; the same place may come twice. */
function placesOf(text: string, keys: readonly Key[]): number[] {
  const [only] = keys;
  return only && keys.length === 1 ? only.places(text) : keys.flatMap((key) => key.places(text)).sort((a, b) => a - b);
}

/** What a value shows beside its numbers, each found out when first asked for. */
class Shape {
  #more: boolean | undefined;
  #operations: number | undefined;

  constructor(private readonly value: string) {}

  get isMore(): boolean {
    this.#more ??= !bareNumber.test(this.value) && isMoreThanNumber(this.value);
    return this.#more;
  }

  get operations(): number {
    this.#operations ??= bareNumber.test(this.value) ? 0 : operations(this.value);
    return this.#operations;
  }
}

/** An answer with what a value that equals it must be like. */
interface Prepared {
  readonly answer: string;
  readonly operations: number;
  readonly plain: boolean;
  readonly common: boolean;
  readonly numbers: readonly string[];
  /** What stands in every text that states it; one of them is enough. */
  readonly keys: readonly Key[];
}

function prepared(answer: string, question: string, bare: boolean): Prepared {
  const plain = plainNumber.test(answer);
  const numbers = plain ? [] : (answer.match(telling) ?? []);
  return {
    answer,
    operations: bareNumber.test(answer) ? 0 : operations(answer),
    plain,
    common: isCommon(answer, question),
    numbers,
    keys: keysOf(answer, bare),
  };
}

/** The keys of all answers, each once. */
function distinctKeys(answers: readonly Prepared[]): Key[] {
  const keys: Key[] = [];
  for (const answer of answers) {
    for (const key of answer.keys) {
      if (!keys.some((other) => other.of === key.of)) {
        keys.push(key);
      }
    }
  }
  return keys;
}

const nothingKnown: Known = {
  isEmpty: true,
  reach: slack,
  common: false,
  words: [],
  places: () => [],
  equals: () => "none",
};

/** Prepares answers for {@link Known}. Very long answers are never found again. */
export function knownAnswers(answers: readonly string[], question: string): Known {
  const usable = [...new Set(answers)].filter((answer) => answer.trim() !== "" && answer.length <= 300 && !isUndetermined(answer));
  if (usable.length === 0) {
    return nothingKnown;
  }
  const bare = usable.every((answer) => plainNumber.test(answer));
  const ready = usable.map((answer) => prepared(answer, question, bare));
  const keys = distinctKeys(ready);
  const memo = new Map<string, Match>();
  const matchOf = (value: string): Match => {
    if (!keys.some((key) => key.places(value).length > 0)) {
      return "none";
    }
    const shape = new Shape(value);
    const match = ready.find(
      (known) =>
        known.answer === value ||
        (known.keys.some((key) => key.places(value).length > 0) &&
          (value.includes(".") || known.numbers.every((digits) => value.includes(digits))) &&
          !(known.plain && shape.isMore) &&
          shape.operations <= known.operations + 1 &&
          equivalent(known.answer, value).equal),
    );
    return match ? (match.common ? "common" : "telling") : "none";
  };
  return {
    isEmpty: false,
    reach: Math.max(...usable.map((answer) => answer.length)) + slack,
    common: ready.every(({ common }) => common),
    words: usable.filter((answer) => !/\d/.test(answer) && sayable.test(answer) && answer.length <= longestWords),
    places: (text) => placesOf(text, keys),
    equals: (value) => {
      const before = memo.get(value);
      if (before !== undefined || memo.size >= maxCompared || value.length > longestValue) {
        return before ?? "none";
      }
      const match = matchOf(value);
      memo.set(value, match);
      return match;
    },
  };
}
