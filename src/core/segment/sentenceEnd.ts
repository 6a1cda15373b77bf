/** Where a sentence ends: terminal punctuation and line ends, with the exceptions mathematical English needs. */

import { unitAt } from "../codeUnits";

/** Words whose full stop does not end a sentence, lower case without the stop. */
const abbreviations = new Set(
  "e.g i.e eg ie vs fig figs eq eqs eqn cf approx resp w.r.t dr mr mrs ms prof jr sr st ca pp vol no nos ch sec thm def prop viz a.m p.m inc ltd et al dept est".split(
    " ",
  ),
);

/** "Step 1." or "2." at a sentence's start is a label, not a sentence. */
const labelRule =
  /^[*_#\s(]*(?:(?:step|case|part|option|method|approach|question|problem|claim|section|phase|no)\s+)?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})$/i;

const newline = 10;
const stop = 46;
const bang = 33;
const question = 63;

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLower = (code: number): boolean => code >= 97 && code <= 122;
const isLetter = (code: number): boolean => isLower(code) || (code >= 65 && code <= 90);
const isWide = (code: number): boolean => code >= 0x2e80 && code <= 0xffef;

/** Closing marks that belong to the sentence they follow. */
const closers = new Uint8Array(0x10000);
for (const mark of "\"')]}*_”’」』）】》»") closers[mark.charCodeAt(0)] = 1;

/**
 * The offset after the sentence when the character at `at` ends it, closing quotes and brackets included; `at` when it does not.
 * `content` is the sentence's first non-space character. Looks at a bounded neighbourhood only.
 */
export function endsSentence(text: string, units: Uint16Array, content: number, at: number): number {
  const code = units[at]!;
  if (code === stop || code === bang || code === question) return asciiEnd(text, units, content, at);
  if (code === 0x3002 || code === 0xff01 || code === 0xff1f || code === 0xff1b) return closeMarks(units, text.length, at + 1);
  return at;
}

/** Words that turn round and start a sentence wherever they are capitalised. */
const turnWords = ["Wait", "But wait", "Hmm", "Hold on", "Alternatively", "Let me check", "Let me verify", "Let me double"];
/** Code units that such a word may begin with. */
export const turnInitials: readonly number[] = [...new Set(turnWords.map((word) => word.charCodeAt(0)))];

/** True when the unit at `at` is the blank between a formula without a full stop and a word that turns round: "= 29524 Wait, that". */
export function turnsAt(text: string, units: Uint16Array, at: number): boolean {
  if (units[at] !== 32) return false;
  const before = at > 0 ? units[at - 1]! : 0;
  if (isBlank(before) || (isLetter(before) && at > 1 && isLetter(units[at - 2]!)) || before === 44 || before === 34 || before === 0x201c)
    return false;
  return turnWords.some((word) => text.startsWith(word, at + 1) && !isLetter(units[at + 1 + word.length]!));
}

/** True when the line feed at `at` ends the sentence; false for a hard-wrapped line that runs on. */
export function breaksLine(units: Uint16Array, length: number, content: number, at: number): boolean {
  let before = at - 1;
  while (before > content && isBlank(units[before]!)) before--;
  let after = at + 1;
  while (after < length && after < at + 40 && isBlank(units[after]!)) {
    if (units[after]! === newline) return true;
    after++;
  }
  const runsOn = isLower(units[after]!) && isLower(units[after + 1]!);
  const last = units[before]!;
  const open = isLower(last) || last === 44;
  return !(runsOn && open && at - content >= 60);
}

function closeMarks(units: Uint16Array, length: number, from: number): number {
  let end = from;
  while (end < length && end < from + 8) {
    const code = units[end]!;
    if (closers[code] === 0 && code !== 0x3002 && code !== 0xff01 && code !== 0xff1f && code !== bang && code !== question) break;
    end++;
  }
  return end;
}

function asciiEnd(text: string, units: Uint16Array, content: number, at: number): number {
  const { length } = text;
  const before = at > 0 ? units[at - 1]! : 0;
  if (at > content && (before === stop || before === bang || before === question)) return at;
  let run = at;
  while (run < length && run < at + 64) {
    const code = units[run]!;
    if (code !== stop && code !== bang && code !== question) break;
    run++;
  }
  const end = closeMarks(units, length, run);
  const next = units[end]!;
  if (end < length && !isBlank(next) && !(isWide(next) && !isDigit(units[at - 1]!))) return at;
  let ahead = end;
  while (ahead < length && ahead < end + 8 && isBlank(units[ahead]!) && units[ahead]! !== newline) ahead++;
  const following = units[ahead]!;
  if (following === newline || ahead >= length) return end;
  const single = run === at + 1;
  if (units[at]! === stop) {
    if (!single) return isLower(following) || following === 44 ? at : end;
    return isLabelOrAbbreviation(text, content, at, following) ? at : end;
  }
  if (units[at]! === bang && single && isFactorial(text, at, following)) return at;
  return end;
}

function isLabelOrAbbreviation(text: string, content: number, at: number, following: number): boolean {
  if (at - content <= 16 && labelRule.test(text.slice(content, at))) return true;
  let word = at;
  while (word > content && at - word < 12) {
    const code = text.charCodeAt(word - 1);
    if (!isLetter(code) && code !== stop) break;
    word--;
  }
  const token = text.slice(word, at).toLowerCase();
  if (token === "etc") return isLower(following) || following === 44;
  if (token === "no" || token === "nos" || token === "st" || token === "ch" || token === "sec" || token === "est")
    return isDigit(following);
  if (token === "al" || token === "def" || token === "inc" || token === "ltd" || token === "et" || token === "vol")
    return !isUpper(following);
  return abbreviations.has(token);
}

const isUpper = (code: number): boolean => code >= 65 && code <= 90;

/** "5! = 120", "n! / 2" and "(n+1)! is" are factorials. */
function isFactorial(text: string, at: number, following: number): boolean {
  const before = unitAt(text, at - 1);
  const operand = isDigit(before) || before === 41 || (isLetter(before) && !isLetter(unitAt(text, at - 2)));
  return operand && !isUpper(following) && !isWide(following);
}
