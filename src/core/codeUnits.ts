/** A longer text is decoded anew for each caller, which costs it one pass. */
const mostKept = 1 << 22;
/** Texts up to this length have a place of their own, so that reading a question does not drop the text it belongs to. */
const short = 1 << 12;
/** Zeros after the last unit, so that a reader may look a few units ahead. */
const padding = 64;

interface Decoded {
  text: string;
  units: Uint16Array;
}

const shortText: Decoded = { text: "", units: new Uint16Array(short + padding) };
const longText: Decoded = { text: "", units: new Uint16Array(padding) };

const decode = (text: string, units: Uint16Array): Uint16Array => {
  const { length } = text;
  for (let at = 0; at < length; at++) units[at] = text.charCodeAt(at);
  return units.fill(0, length, length + padding);
};

/**
 * The UTF-16 code units of a text as an array, followed by zeros: passes that look at every unit read it several times faster than the string, whose
 * representation is found out again at each access. The last text's units are kept, so the passes of one analysis share them. The array is longer than
 * the text, read only, and holds until the next call with another text.
 */
export const codeUnits = (text: string): Uint16Array => {
  const { length } = text;
  const slot = length <= short ? shortText : longText;
  if (text !== slot.text) {
    if (length > mostKept) return decode(text, new Uint16Array(length + padding));
    if (length + padding > slot.units.length) slot.units = new Uint16Array(Math.min(mostKept, length * 2) + padding);
    decode(text, slot.units);
  }
  // Also when equal: the same string object compares at once, an equal one unit by unit.
  slot.text = text;
  return slot.units;
};
