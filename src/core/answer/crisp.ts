/** Whether words are a value or a sentence about values. */
import { operations } from "./operations";
import { knownUnit } from "./units";

const signs = /^(?:[\s$.!。*)\]}\uff01]|\\[)\]]|\\text\{[^}]*\}|degrees|\^\\circ|°)*$/;
const unitBehind = /^[\s$*\\)\]}]*(?:(?:square|cubic)\s+)?([a-zA-Z]+)(?=[\s.!*]*$)/;

/** Nothing follows in the sentence but signs, and a unit perhaps. */
export function closes(text: string, from: number, end: number): boolean {
  const rest = text.slice(from, end);
  const unit = signs.test(rest) ? undefined : unitBehind.exec(rest)?.[1];
  return unit === undefined ? signs.test(rest) : knownUnit(unit) !== undefined;
}

/** A word in small letters, without which a value is no sentence. */
const smallWord = /[a-z]{2}/;

/** More words than a unit has: its numbers are not its value ("between 0 and 1"). */
export function isSentence(value: string): boolean {
  if (!smallWord.test(value)) {
    return false;
  }
  return (
    (value.replace(/\\[a-zA-Z]+(?:\{[^{}]*\})?/g, "").match(/[a-z]{2,}/g) ?? []).length > 2 ||
    /\b(?:between|or|not|than|only|mod|different from|closer? to|up to|multiples? of|factors? of|degree \d|divisible)\b|\b(?:half|thirds?|fourths?|quarters?|fifths?|tenths?|percent) of\b/.test(
      value,
    )
  );
}

/** A value that answers: short, computed, no participle ("approaching 0"), no variable left. */
export function isCrisp(value: string): boolean {
  const letters = value.replace(/\\[a-zA-Z]+|\b[a-zA-Z]{2,}\b/g, "");
  return (
    value.length <= 60 &&
    !/^[a-z]+(?:ing|ed)\b|^(?:at|less|more|greater|between|equal|only)\b/i.test(value) &&
    /\d|\\(?:pi|sqrt|frac)|^[A-Z]\b|π|√/.test(value) &&
    !/[a-zA-Z]/.test(letters.replace(/^[A-Z]$|(?<=\d)i\b/, "")) &&
    operations(value) <= 1
  );
}
