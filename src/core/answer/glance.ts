/** A cheap look at what stands after a verb, before anything is read: whether it can be a value at all. Offsets are UTF-16 code units. */

/** Words that may stand between a verb and a value. */
const passed = new Set(
  "about approximately roughly around nearly exactly precisely the an equal to just only simply indeed also then thus still again therefore likely probably clearly actually now option choice at most least either both all".split(
    " ",
  ),
);
/** Words that a value may start with. */
const begins = new Set(
  "sqrt cbrt pi log ln exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh max min lcm gcd floor ceil frac infinity inf infinite yes no true false none never zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety half mod".split(
    " ",
  ),
);

const other = 0;
const skipped = 1;
const lower = 2;

/** White space, emphasis, quotes and colons are skipped; lower-case letters make words; anything else may start a value. */
const kinds = new Uint8Array(0x10000);
for (const sign of ' \t\n\r\u00a0\u3000*_"“”「」`:：,，') kinds[sign.charCodeAt(0)] = skipped;
for (let unit = 97; unit <= 122; unit += 1) kinds[unit] = lower;

const mostWords = 4;

/** True when a value may start at `from`, after at most four words that often stand before one. */
export function mayBeValue(text: string, units: Uint16Array, from: number, end: number): boolean {
  let at = from;
  for (let words = 0; words <= mostWords; words += 1) {
    while (at < end && kinds[units[at] ?? 0] === skipped) {
      at += 1;
    }
    if (at >= end || kinds[units[at] ?? 0] === other) {
      return at < end;
    }
    const start = at;
    while (at < end && kinds[units[at] ?? 0] === lower) {
      at += 1;
    }
    const word = text.slice(start, at);
    if (begins.has(word) || (word.length === 1 && !(word === "a" && units[at] === 32))) {
      return true;
    }
    if (word !== "a" && !passed.has(word)) {
      return false;
    }
  }
  return false;
}

/** How many words of two lower-case letters or more stand in `text[from, end)`, LaTeX commands left out; stops counting beyond `most`. */
export function wordsBetween(units: Uint16Array, from: number, end: number, most: number): number {
  let count = 0;
  let at = from;
  while (at < end && count <= most) {
    if (kinds[units[at] ?? 0] !== lower) {
      at += 1;
      continue;
    }
    const start = at;
    while (at < end && kinds[units[at] ?? 0] === lower) {
      at += 1;
    }
    count += at - start >= 2 && units[start - 1] !== 0x5c ? 1 : 0;
  }
  return count;
}
