/** What a UTF-16 code unit can be part of when a text is cut into words. */
export const unitClasses = { other: 0, letter: 1, digit: 2, operator: 3, backslash: 4, cjk: 5 } as const;

/** The class of every UTF-16 code unit. */
export const classOfUnit = new Uint8Array(0x10000);

const mark = (from: number, to: number, value: number): void => {
  classOfUnit.fill(value, from, to + 1);
};
mark(0x30, 0x39, unitClasses.digit);
mark(0x41, 0x5a, unitClasses.letter);
mark(0x61, 0x7a, unitClasses.letter);
mark(0xc0, 0x24f, unitClasses.letter);
mark(0x370, 0x1fff, unitClasses.letter);
mark(0x2190, 0x22ff, unitClasses.operator);
mark(0x2070, 0x209c, unitClasses.operator);
for (const sign of "=+-*/^<>%!|~±×÷·²³¹°–") classOfUnit[sign.charCodeAt(0)] = unitClasses.operator;
classOfUnit[0x5c] = unitClasses.backslash;
// Han and kana stand character by character; their punctuation and full-width forms are no words.
mark(0x2e80, 0x2fff, unitClasses.cjk);
mark(0x3040, 0x9fff, unitClasses.cjk);
mark(0xac00, 0xd7af, unitClasses.letter);
mark(0xf900, 0xfaff, unitClasses.cjk);

/** Lower case of the ASCII capitals, any other code unit itself. */
export const foldedUnit = new Uint16Array(0x10000);
for (let unit = 0; unit < foldedUnit.length; unit++) foldedUnit[unit] = unit >= 0x41 && unit <= 0x5a ? unit + 32 : unit;

/** A letter in lower case where it is an ASCII capital, any other letter itself; 0 for what is no letter. */
export const letterOfUnit = foldedUnit.map((folded, unit) => (classOfUnit[unit] === unitClasses.letter ? folded : 0));
