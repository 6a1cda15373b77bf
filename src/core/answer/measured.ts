/** Values with units written as symbols, quotients or phrases: "3 m/s²", "60 km/h", "4/3 A", "1200 gallons of blood", "$1.50". */

const symbols =
  "km|cm|mm|dm|m|ft|in|mi|kg|mg|g|lb|oz|hr|h|min|ms|s|mL|ml|L|l|kN|N|kJ|J|kWh|kW|W|mV|V|mA|A|kPa|Pa|MHz|kHz|Hz|kΩ|Ω|ohms?|mol|M|K|C|F|eV|T|cal|kcal|dB|rad|bits?|bytes?|[KMG]i?B";
const power = "(?:\\s*\\^\\s*\\{?-?[1-4]\\}?|[²³⁴])?";
const symbol = `(?:${symbols})${power}`;
const joint = "\\s*(?:/|\\\\cdot|·|⋅|\\*|\\s)\\s*";
/** A value that ends in a digit or a bracket, and behind a space or inside a text command a unit of symbols. */
const withSymbols = new RegExp(
  `^(\\$?[^a-zA-Z=<>]*(?:\\\\(?:d?frac|sqrt|pi|times|cdot)[^a-zA-Z=<>]*)*[\\d)}])(?:\\s|~|\\\\[,; ])*(?:\\s|\\\\(?:text|mathrm)\\s*\\{|\\\\[,; ])\\s*(${symbol}(?:${joint}${symbol}){0,3})\\s*\\}?(${power})\\$?$`,
);
/** A quotient of units may stand right behind its number: "60km/h". */
const attached = new RegExp(`^(-?\\d[\\d,.]*)(${symbol}\\s*/\\s*${symbol})$`);
const ofSomething = /^(\$?-?\d[\d,.]* [a-z]{3,}) of (?:[a-z]+ ?){1,4}$/;
const shareOf = /\b(?:half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?|percent|dozens?|out)\b/;
const dollars = /^\\?\$\s*(-?\d[\d,]*\.\d\d)$/;
const longest = 120;

/** A value and the words of its unit, apart; undefined where no unit of these kinds is found. */
export interface Measured {
  readonly value: string;
  readonly unit: string;
}

/** Takes a unit of symbols off the value before it. Linear. */
export function measured(answer: string): Measured | undefined {
  if (answer.length > longest) {
    return undefined;
  }
  const match = withSymbols.exec(answer) ?? attached.exec(answer);
  if (!match) {
    return undefined;
  }
  const [, value = "", unit = "", exponent = ""] = match;
  const simple = /^(?:m|g|h|s|L|min|in)$/.test(unit) && exponent === "";
  return simple ? undefined : { value, unit: `${unit}${exponent}`.replace(/\\cdot|[·⋅]/g, "*").replace(/[\s{}]/g, "") };
}

/** What a measured value is of, left out ("gallons of blood"); money with cents as dollars. */
export function withoutMatter(answer: string): string {
  const matter = answer.length <= longest && !shareOf.test(answer) ? ofSomething.exec(answer)?.[1] : undefined;
  const money = dollars.exec(answer)?.[1];
  return matter ?? (money === undefined ? answer : `${money} dollars`);
}
