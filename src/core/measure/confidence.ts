/** Code units read from the end: a stated confidence closes a trace. */
const tail = 20_000;

const anchors = /\bconfiden(?:ce(?!\s+(?:interval|bound|band|region)s?)|t)\b|\b(?:certain|sure)\b|置信度|把握|信心/gi;

/** A number beside the word: "85 % confident", "confidence: 0.9", "confidence level: 90%", "confidence 8/10". */
const before = /(\d{1,3}(?:\.\d+)?)\s*\\?(%|percent)\s*$/i;
const after =
  /^(?:\s*(?:level|score|rating|in (?:my|this|the) answer|\([^)]{0,20}\)|是|为|约|大约))*\**\s*(?:is|of|at|=|:|：)?\s*\**\s*(?:about|around|approximately)?\s*\$?(\d{1,3}(?:\.\d+)?)\s*(\\?%|percent|\/\s*10{1,2}\b)?/i;

/** Words in place of a number after "confidence:", at the middle of their bands (word scale of arXiv 2505.14489). */
const scale: readonly (readonly [RegExp, number])[] = [
  [/^\W*(?:level)?\W*(?:is\s+)?\W*(?:almost certain|very high|extremely high|极高|非常高)/i, 0.95],
  [/^\W*(?:level)?\W*(?:is\s+)?\W*(?:highly likely|high|高)/i, 0.85],
  [/^\W*(?:level)?\W*(?:is\s+)?\W*(?:very good chance|likely)/i, 0.75],
  [/^\W*(?:level)?\W*(?:is\s+)?\W*(?:medium|moderate|中等|一般)/i, 0.55],
  [/^\W*(?:level)?\W*(?:is\s+)?\W*(?:very low|almost no chance|很低|极低)/i, 0.05],
  [/^\W*(?:level)?\W*(?:is\s+)?\W*(?:low|unlikely|低)/i, 0.25],
];

const asShare = (digits: string, unit: string | undefined): number | undefined => {
  const value = Number(digits);
  if (unit === undefined) return value <= 1 && digits.includes(".") ? value : undefined;
  const share = /10$/.test(unit.trim()) && !/100$/.test(unit.trim()) ? value / 10 : value / 100;
  return share >= 0 && share <= 1 ? share : undefined;
};

const readAt = (text: string, start: number, end: number): number | undefined => {
  const ahead = before.exec(text.slice(Math.max(0, start - 16), start));
  if (ahead) return asShare(ahead[1] ?? "", "%");
  if (!/^(?:confidence|置信度|把握|信心)$/i.test(text.slice(start, end))) return undefined;
  const rest = text.slice(end, end + 80);
  const number = after.exec(rest);
  if (number) return asShare(number[1] ?? "", number[2]);
  if (!/^\s*(?:level|score|rating)?\W{0,6}[:：=]/.test(rest)) return undefined;
  return scale.find(([pattern]) => pattern.test(rest))?.[1];
};

/**
 * One of these stands in every text that states a confidence, which a plain search finds far faster than the pattern. They begin with letters that are
 * not frequent: a search stops at each place where the first one stands.
 */
const signs = ["%", "fidence", "percent", "Percent", "FIDENCE", "PERCENT", "置信度", "把握", "信心"];

const lastIn = (text: string): number | undefined => {
  const piece = text.slice(-tail);
  if (!signs.some((sign) => piece.includes(sign))) return undefined;
  let found: number | undefined;
  for (const match of piece.matchAll(anchors)) found = readAt(piece, match.index, match.index + match[0].length) ?? found;
  return found;
};

/**
 * The last confidence a trace states in words or numbers, 0 to 1: in its response, else in the last 20,000 characters of its reasoning; undefined
 * when it states none.
 */
export const verbalisedConfidence = (text: string, response: string): number | undefined => lastIn(response) ?? lastIn(text);
