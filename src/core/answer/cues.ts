/** Sentences that open as a conclusion does. Offsets are UTF-16 code units. */

import { isWhiteSpace } from "../codeUnits";
import { checkCue, conclusionCue, innerCue, label } from "./phrases";

/** How concluding sentences may start; a cheap test before the pattern. */
const openers =
  "okay ok alright wait hmm and but yes yeah again so thus therefore hence consequently in to total result altogether finally overall this that which giving we i putting";
const signOpeners = "∴\\所因故综于从那总最";

/** The number of a letter from 1, whatever its case; 0 for any other unit. */
const letterOf = (unit: number): number => {
  const lower = unit | 32;
  return lower >= 97 && lower <= 122 ? lower - 96 : 0;
};

/** What the first three letters of a word are as one number; what follows a shorter word counts as no letter. */
const beginning = (first: number, second: number, third: number): number => {
  const letter = letterOf(second);
  return (letterOf(first) * 32 + letter) * 32 + (letter === 0 ? 0 : letterOf(third));
};

/** 1 for the beginnings of openers, and for the signs that are openers. */
const beginnings = new Uint8Array(32 * 32 * 32);
for (const opener of openers.split(" ")) {
  const [first, second = 0, third = 0] = Array.from(opener, (letter) => letter.charCodeAt(0));
  beginnings[beginning(first ?? 0, second, third)] = 1;
}
const openingSigns = new Uint8Array(0x10000);
for (const sign of signOpeners) openingSigns[sign.charCodeAt(0)] = 1;

/** True when an opener may start at `at`. */
export function mayOpen(units: Uint16Array, at: number): boolean {
  const first = units[at] ?? 0;
  return openingSigns[first] === 1 || beginnings[beginning(first, units[at + 1] ?? 0, units[at + 2] ?? 0)] === 1;
}

/** 1 for the signs that open a clause with concluding words. */
const clauseSigns = new Uint8Array(0x10000);
for (const sign of ",;\u2014\uff0c\uff1b") clauseSigns[sign.charCodeAt(0)] = 1;

/** Code units in which a cue stands. */
const cueReach = 80;

/** Offset after the concluding words that the sentence `text[start, end)` opens with; -1 when it opens otherwise. */
export function cueEnd(text: string, units: Uint16Array, start: number, end: number): number {
  let from = start;
  while (from < end && from < start + cueReach && isWhiteSpace(units[from] ?? 0)) {
    from += 1;
  }
  if (!mayOpen(units, from)) {
    return -1;
  }
  conclusionCue.lastIndex = from;
  return conclusionCue.test(text) && conclusionCue.lastIndex <= end ? conclusionCue.lastIndex : -1;
}

function holdsColon(units: Uint16Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if (units[at] === 0x3a || units[at] === 0xff1a) {
      return true;
    }
  }
  return false;
}

/** Offset after the label that the sentence opens with; -1 when it has none. */
export function labelEnd(text: string, units: Uint16Array, start: number, end: number): number {
  const reach = Math.min(end, start + cueReach);
  if (!holdsColon(units, start, reach)) {
    return -1;
  }
  const found = label.exec(text.slice(start, reach));
  return found ? start + found[0].length : -1;
}

/** Offset after the last concluding words inside the sentence; -1 when it has none. */
export function innerCueEnd(text: string, units: Uint16Array, start: number, end: number): number {
  let sentence: string | undefined;
  // Such words stand behind one of these signs: from the end on, the first sign that they follow is the last.
  for (let at = end - 1; at >= start; at -= 1) {
    if (clauseSigns[units[at] ?? 0] === 0) {
      continue;
    }
    sentence ??= text.slice(start, end);
    innerCue.lastIndex = at - start;
    if (innerCue.test(sentence)) {
      return start + innerCue.lastIndex;
    }
  }
  return -1;
}

/** True when a check starts at `at`. */
export function startsCheck(text: string, at: number): boolean {
  checkCue.lastIndex = at;
  return checkCue.test(text);
}
