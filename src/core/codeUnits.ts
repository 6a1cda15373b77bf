/** A longer text is decoded anew for each caller, which costs it one pass. */
const mostKept = 1 << 22;
/** Zeros after the last unit, so that a reader may look a few units ahead. */
const padding = 64;
/** Units below are Latin, Greek, Cyrillic and signs; Han, kana, Hangul and full-width forms lie above. */
const firstWide = 0x2e80;

interface Decoded {
  text: string;
  units: Uint16Array;
  /** The highest unit. */
  highest: number;
}

/** The texts read last, the latest first: reading a question or a response does not drop the text it belongs to. */
const kept: Decoded[] = Array.from({ length: 4 }, () => ({ text: "", units: new Uint16Array(padding), highest: 0 }));

const encoder = new TextEncoder();

/** A longer text is copied unit by unit: its UTF-8 would take three bytes a unit. */
const mostEncoded = 1 << 20;
let encoded = new Uint8Array(1 << 12);

/** What the encoder writes for half a surrogate pair, and rightly for this one unit. */
const replacement = 0xfffd;
/** A pair counts as its first half at least. */
const surrogate = 0xd800;

/** Writes the units of a text that has `written` bytes in {@link encoded}; gives the highest. */
const widen = (text: string, written: number, units: Uint16Array): number => {
  const bytes = encoded;
  let highest = 0x7f;
  let to = 0;
  for (let at = 0; at < written; ) {
    const byte = bytes[at]!;
    if (byte < 0x80) {
      units[to++] = byte;
      at++;
    } else if (byte < 0xe0) {
      const unit = ((byte & 0x1f) << 6) | (bytes[at + 1]! & 0x3f);
      units[to++] = unit;
      highest = Math.max(highest, unit);
      at += 2;
    } else if (byte < 0xf0) {
      const unit = ((byte & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f);
      units[to] = unit === replacement ? text.charCodeAt(to) : unit;
      highest = Math.max(highest, unit);
      to++;
      at += 3;
    } else {
      units[to] = text.charCodeAt(to);
      units[to + 1] = text.charCodeAt(to + 1);
      highest = Math.max(highest, surrogate);
      to += 2;
      at += 4;
    }
  }
  return highest;
};

/** Called on the text instead of looked up in it: a look-up that has met more than four of a string's inner forms is made anew for every unit. */
const { charCodeAt } = String.prototype;

const copyUnits = (text: string, units: Uint16Array): number => {
  let highest = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = charCodeAt.call(text, at);
    units[at] = unit;
    highest = Math.max(highest, unit);
  }
  return highest;
};

/** By way of UTF-8, which the platform writes far faster than a string can be read unit by unit. */
const encodeUnits = (text: string, units: Uint16Array): number => {
  if (text.length * 3 > encoded.length) encoded = new Uint8Array(text.length * 6);
  const { written } = encoder.encodeInto(text, encoded);
  if (written > text.length) return widen(text, written, units);
  units.set(encoded.subarray(0, written));
  return 0x7f;
};

const decode = (text: string, into: Decoded): Decoded => {
  const { length } = text;
  into.highest = length > mostEncoded ? copyUnits(text, into.units) : encodeUnits(text, into.units);
  into.units.fill(0, length, length + padding);
  into.text = text;
  return into;
};

/** Moves the entry at `index` to the front. */
const toFront = (index: number): Decoded => {
  const entry = kept[index]!;
  for (let i = index; i > 0; i--) kept[i] = kept[i - 1]!;
  kept[0] = entry;
  return entry;
};

const decoded = (text: string): Decoded => {
  for (let i = 0; i < kept.length; i++) {
    if (text !== kept[i]!.text) continue;
    const found = i === 0 ? kept[0]! : toFront(i);
    // Also when equal: the same string object compares at once, an equal one unit by unit.
    found.text = text;
    return found;
  }
  const { length } = text;
  if (length > mostKept) return decode(text, { text, units: new Uint16Array(length + padding), highest: 0 });
  const oldest = toFront(kept.length - 1);
  if (length + padding > oldest.units.length) oldest.units = new Uint16Array(Math.min(mostKept, length * 2) + padding);
  return decode(text, oldest);
};

/**
 * The UTF-16 code units of a text as an array, followed by zeros: passes that look at every unit read it several times faster than the string, whose
 * representation is found out again at each access. The last four texts' units are kept, so the passes of one analysis share them. The array is longer
 * than the text, read only, and holds until four other texts were read.
 */
export const codeUnits = (text: string): Uint16Array => decoded(text).units;

/** The code unit at an offset, 0 outside the text: a string asked for what it does not have makes the engine give up its compiled code each time. */
export const unitAt = (text: string, at: number): number => (at >= 0 && at < text.length ? text.charCodeAt(at) : 0);

/** True when a text may hold Han, kana, Hangul or full-width forms; without any, passes that look for them have nothing to do. */
export const hasWideUnits = (text: string): boolean => decoded(text).highest >= firstWide;

/** False when every unit of a text is certainly below `unit`; surrogate halves count as themselves. */
export const mayHoldFrom = (text: string, unit: number): boolean => decoded(text).highest >= unit;

/** White space beyond Latin-1. */
const wideSpaces = new Set(
  Array.from("\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff", (sign) =>
    sign.charCodeAt(0),
  ),
);

/** True for what `\s` matches in a pattern, at a fraction of its cost. */
export const isWhiteSpace = (unit: number): boolean =>
  unit === 32 || (unit >= 9 && unit <= 13) || (unit >= 0xa0 && (unit === 0xa0 || wideSpaces.has(unit)));
