/** Plain numbers, the most frequent answers, compared without reading structure. */

/** A number in digits, and at most a few plain words after it: "204", "-3.5", "59 cents left". */
const shape = /^(-?(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,3})?)((?: [a-z]{2,}){0,3})$/;

/** Words that change the number before them, join another to it or stand for a unit that is converted. */
const telling =
  /\b(?:and|or|of|to|by|per|in|is|mod|plus|minus|times|over|half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?|percent\w*|pct|hundred|thousand|million|billion|trillion|dozen|deg\w*|am|pm|st|nd|rd|th|choose|union|pi|sqrt|min|max|log|ln|exp|abs|inf\w*|theta|alpha|beta|sin|cos|tan|frac)\b/;

/** Words that are never more than words where no unit stands on the other side. */
const isBare = (words: string): boolean => words === "" || !telling.test(words);

const numberOf = (digits = ""): number => Number(digits.replaceAll(",", ""));

/**
 * True or false for two plain numbers, of which one may have plain words after it ("59", "59 cents left"); undefined where the two have to be read: a
 * unit on both sides, four places or more, anything else.
 */
export function compareNumbers(a: string, b: string): boolean | undefined {
  const left = shape.exec(a);
  const right = left && shape.exec(b);
  if (!left || !right) {
    return undefined;
  }
  const [, one, words = ""] = left;
  const [, other, more = ""] = right;
  if ((words !== "" && more !== "") || !isBare(words) || !isBare(more)) {
    return undefined;
  }
  return numberOf(one) === numberOf(other);
}
