/** A longer text is decoded anew for each caller, which costs it one pass. */
const mostKept = 1 << 22;
/** Zeros after the last unit, so that a reader may look a few units ahead. */
const padding = 64;
/** Units below are Latin, Greek, Cyrillic and signs; Han, kana, Hangul and full-width forms lie above. */
const firstWide = 0x2e80;

interface Decoded {
  text: string;
  units: Uint16Array;
  wide: boolean;
}

/** The texts read last, the latest first: reading a question or a response does not drop the text it belongs to. */
const kept: Decoded[] = Array.from({ length: 4 }, () => ({ text: "", units: new Uint16Array(padding), wide: false }));

/**
 * Called on the text instead of looked up in it: strings have many inner forms, and a look-up that has met more than four of them is made anew for every
 * single unit.
 */
const { charCodeAt } = String.prototype;

const copyUnits = (text: string, units: Uint16Array): void => {
  const { length } = text;
  for (let at = 0; at < length; at++) units[at] = charCodeAt.call(text, at);
  units.fill(0, length, length + padding);
};

const anyWide = (units: Uint16Array, length: number): boolean => {
  let bits = -1;
  for (let at = 0; at < length; at++) bits &= units[at]! - firstWide;
  return bits >= 0;
};

const decode = (text: string, into: Decoded): Decoded => {
  copyUnits(text, into.units);
  into.wide = anyWide(into.units, text.length);
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
  if (length > mostKept) return decode(text, { text, units: new Uint16Array(length + padding), wide: false });
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

/** True when a text may hold Han, kana, Hangul or full-width forms; without any, passes that look for them have nothing to do. */
export const hasWideUnits = (text: string): boolean => decoded(text).wide;
