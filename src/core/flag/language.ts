import { codeUnits } from "../codeUnits";

/** Code units looked at: the language of a trace shows at its start and in its middle. */
const sampled = 6_000;

/** Latin letters that weigh as much as one Han character: about the letters of a word. */
const lettersPerHan = 4;

/** Small words of English; other languages in Latin script hardly use them. */
const english = /\b(?:the|is|of|and|so|to|that|we|let|this|for|it)\b/gi;

/** Share of words that {@link english} makes up in English prose is 0.2 to 0.4; formulas dilute it. */
const englishShare = 0.03;

/** Kinds of letters, and the kind of every code unit. */
const letters = { none: 0, latin: 1, han: 2, kana: 3, other: 4 } as const;
const kindOfUnit = new Uint8Array(0x10000)
  .fill(letters.latin, 0x41, 0x5b)
  .fill(letters.latin, 0x61, 0x7b)
  .fill(letters.other, 0x400, 0x1c80)
  .fill(letters.kana, 0x3040, 0x3100)
  .fill(letters.han, 0x3400, 0xa000)
  .fill(letters.kana, 0xac00, 0xd7b0);

/** 1 for Latin letters; a large number for those of other scripts, so that one sum tells whether there are any. */
const weightOfUnit = new Int32Array(0x10000);
const otherScript = 1 << 13;
kindOfUnit.forEach((kind, unit) => {
  weightOfUnit[unit] = kind === letters.none ? 0 : kind === letters.latin ? 1 : otherScript;
});

/** Adds how often each kind of letter stands in `units[start, end)`, of at most {@link sampled} units. */
const countLetters = (units: Uint16Array, start: number, end: number, counts: Int32Array): void => {
  let weight = 0;
  for (let at = start; at < end; at++) weight += weightOfUnit[units[at]!]!;
  counts[letters.latin] = counts[letters.latin]! + (weight % otherScript);
  if (weight < otherScript) return;
  for (let at = start; at < end; at++) {
    const kind = kindOfUnit[units[at]!]!;
    if (kind > letters.latin) counts[kind] = counts[kind]! + 1;
  }
};

/** True when at least `least` small words of English stand in the text. */
const hasEnglish = (text: string, least: number): boolean => {
  english.lastIndex = 0;
  for (let found = 0; found < least; found++) if (!english.test(text)) return false;
  return true;
};

/**
 * The main language of a text, from its script and small words: `zh` when Han characters outweigh letters, `en` when Latin letters do and English small
 * words occur, `other` for anything else, an empty text included.
 */
export const languageOf = (text: string): "en" | "zh" | "other" => {
  const units = codeUnits(text);
  const counts = new Int32Array(5);
  const middle = text.length >> 1;
  const whole = text.length <= sampled;
  countLetters(units, 0, whole ? text.length : sampled / 2, counts);
  if (!whole) countLetters(units, middle, middle + sampled / 2, counts);
  const latin = counts[letters.latin]!;
  const han = counts[letters.han]!;
  const kana = counts[letters.kana]!;
  const other = counts[letters.other]!;
  if (han * lettersPerHan > latin + other && kana * 4 < han) return "zh";
  if (latin <= other + (kana + han) * lettersPerHan) return "other";
  const words = latin / 4.5;
  const piece = whole ? text : text.slice(0, sampled / 2) + text.slice(middle, middle + sampled / 2);
  return hasEnglish(piece, words * englishShare) ? "en" : "other";
};
