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

/** The text read last and the one before, so that reading a question does not drop the text it belongs to. */
let recent: Decoded = { text: "", units: new Uint16Array(padding), wide: false };
let before: Decoded = { text: "", units: new Uint16Array(padding), wide: false };

const copyUnits = (text: string, units: Uint16Array): void => {
  const { length } = text;
  for (let at = 0; at < length; at++) units[at] = text.charCodeAt(at);
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

const decoded = (text: string): Decoded => {
  if (text === recent.text) {
    // Also when equal: the same string object compares at once, an equal one unit by unit.
    recent.text = text;
    return recent;
  }
  const { length } = text;
  if (length > mostKept) return decode(text, { text, units: new Uint16Array(length + padding), wide: false });
  [recent, before] = [before, recent];
  if (text === recent.text) return recent;
  if (length + padding > recent.units.length) recent.units = new Uint16Array(Math.min(mostKept, length * 2) + padding);
  return decode(text, recent);
};

/**
 * The UTF-16 code units of a text as an array, followed by zeros: passes that look at every unit read it several times faster than the string, whose
 * representation is found out again at each access. The last two texts' units are kept, so the passes of one analysis share them. The array is longer
 * than the text, read only, and holds until two other texts were read.
 */
export const codeUnits = (text: string): Uint16Array => decoded(text).units;

/** True when a text may hold Han, kana, Hangul or full-width forms; without any, passes that look for them have nothing to do. */
export const hasWideUnits = (text: string): boolean => decoded(text).wide;
