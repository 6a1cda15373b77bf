/**
 * Known answers that a conclusion says in words rather than by "is" or "=": "So Mia bought 6 notebooks", "So 4 grams", "so Ben owns the dog",
 * 所以4小时后相遇.
 */
import { isWhiteSpace, unitAt } from "../codeUnits";
import type { Span } from "../trace";
import { closes } from "./crisp";
import type { Known } from "./known";
import { asAnswer, readValue } from "./value";

/** A known answer found; the span covers it. */
export interface Said extends Span {
  readonly answer: string;
}

/** Longer clauses say more than an answer. */
const longestClause = 140;
const numbers = /(?<![\w.])-?\$?\d[\d,]*(?:\.\d+)?%?(?![\d.]*\w*[\d(=]|(?:st|nd|rd|th)\b)/g;
const relations = /[=<>≈≠≤≥≡]/;
/** What makes a clause a plan, a condition or a denial rather than a conclusion. */
const unsure =
  /\b(?:first|compute|calculate|solve|if|suppose|assum\w*|let|let's|need|should|could|would|might|may|maybe|perhaps|try|check|must|at least|at most|less|more|fewer|than|between|different from|closer? to|each|every|per|when|not|no|can't|cannot|isn't|doesn't|never|unless|whether|what|why|how|or)\b|\?|如果|假设|设|若|可能|也许|不|需要|应该|每|吗|？/i;
const words = /\p{L}{2,}/gu;
const han = /\p{Script=Han}/u;
const latinAtEnd = /\p{Script=Latin}$/u;
const latinAtStart = /^\p{Script=Latin}/u;
/** Words of a clause that has no room for anything but its answer. */
const fewWords = 4;
const fewHan = 14;
/** Words that make a clause of a value. */
const says = /\b(?:is|are|minus|plus|times|of|between|than|mod)\b/;

function isAbout(clause: string, asked: ReadonlySet<string>): boolean {
  const said = clause.toLowerCase().match(words) ?? [];
  const short = han.test(clause) ? clause.length <= fewHan : said.length <= fewWords;
  return short || said.some((word) => asked.has(word));
}

/** The only number of a clause, where it is a known answer. */
function numberIn(text: string, clause: Span, known: Known): Said | undefined {
  const found = [...text.slice(clause.start, clause.end).matchAll(numbers)];
  const [only] = found;
  if (!only || found.some((match) => match[0] !== only[0])) {
    return undefined;
  }
  const answer = only[0].replace(/,$/, "");
  const start = clause.start + only.index;
  return known.equals(answer) === "none" ? undefined : { start, end: start + answer.length, answer };
}

/** Verbs before an answer in words: at some distance, and directly. */
const naming = /(?:\b(?:is|are|was|were|be|means|chooses?|named|called)\b|[是为选])\W*(?:\w+\W+){0,4}$/i;
const namingDirectly = /(?:\b(?:is|are|was|were|be)\b|[是为选])[\s:"'“‘「*$\\(]*$/i;

const isSubject = (before: string): boolean => /^\W*(?:the\s+)?$/i.test(before);

/** Code units behind an answer in words in which what is unsure of it stands. */
const denialReach = 25;

/** A known answer in words that a clause names: after a verb, or as the subject of a clause about what is asked. */
function wordsIn(text: string, clause: Span, known: Known, about: boolean): Said | undefined {
  const said = text.slice(clause.start, clause.end);
  const lower = said.toLowerCase();
  for (const answer of known.words) {
    const at = answer.length === 1 ? said.indexOf(answer) : lower.indexOf(answer.toLowerCase());
    const before = said.slice(0, Math.max(0, at));
    const touched = latinAtEnd.test(before) || latinAtStart.test(said.slice(at + answer.length));
    const sure = !unsure.test(said.slice(0, at + answer.length + denialReach));
    if (at >= 0 && !touched && sure && (namingDirectly.test(before) || (about && (naming.test(before) || isSubject(before))))) {
      return { start: clause.start + at, end: clause.start + at + answer.length, answer: said.slice(at, at + answer.length) };
    }
  }
  return undefined;
}

/** A known answer that stands right behind the concluding words and ends its clause. */
function closingIn(text: string, clause: Span, known: Known): Said | undefined {
  const read = readValue(text, clause.start + (/^[\s,，:：]*/.exec(text.slice(clause.start, clause.start + 4))?.[0].length ?? 0));
  const value = read && read.end <= clause.end ? asAnswer(text, read) : undefined;
  const answer = value && text.slice(value.start, value.end);
  const ends = value && (closes(text, value.end, clause.end) || /^[,;，；]/.test(text.slice(value.end, value.end + 1)));
  const bare = answer !== undefined && !/^[a-z]{2}/.test(answer) && !says.test(answer) && (answer.match(words) ?? []).length <= fewWords;
  return value && bare && ends && known.equals(answer) !== "none" ? { ...value, answer } : undefined;
}

/** The known answer that a concluding clause says, a single one and nothing unsure about it; undefined when it says none. Linear in the clause. */
export function saidIn(text: string, clause: Span, known: Known, asked: ReadonlySet<string>): Said | undefined {
  const said = text.slice(clause.start, Math.min(clause.end, clause.start + longestClause + 1));
  if (said.length > longestClause || relations.test(said)) {
    return undefined;
  }
  const about = isAbout(said, asked);
  const named = wordsIn(text, clause, known, about);
  if (named || unsure.test(said)) {
    return named;
  }
  return (about ? numberIn(text, clause, known) : undefined) ?? closingIn(text, clause, known);
}

const numberHere = /-?\$?\d[\d,]*(?:\.\d+)?/y;
/** What follows a value that a sentence calls the answer: "2220 is the smallest number that…". */
const calledAnswer =
  /^[\s$)\]\\°%]*(?:is|are|would be|must be|should be)\s+(?:indeed\s+|therefore\s+|then\s+|clearly\s+)?(?:the|our|my)\s+(?:\w+\s+){0,2}?(?:answer|solution|result|smallest|largest|least|greatest|minimum|maximum|minimal|maximal|only (?:one|value|number|solution|answer|possibility))\b/i;
const noStatement = /\b(?:if|whether|not|suppose|assum\w*|maybe|perhaps|might|may)\b/i;

/** White space and signs between a value and its verb. */
const signsBehind = new Uint8Array(0x10000);
for (const sign of "$)]\\°%") signsBehind[sign.charCodeAt(0)] = 1;

/** False where what follows a number at `at` is certainly no verb of {@link calledAnswer}: a cheap test before the patterns. */
function mayBeCalled(text: string, at: number): boolean {
  let end = at;
  while (isInNumber(unitAt(text, end))) {
    end += 1;
  }
  while (isWhiteSpace(unitAt(text, end)) || signsBehind[unitAt(text, end)] === 1) {
    end += 1;
  }
  return "iawms".includes(String.fromCharCode(unitAt(text, end) | 32));
}

const isInNumber = (unit: number): boolean =>
  (unit >= 48 && unit <= 57) || unit === 0x2c || unit === 0x2e || unit === 0x2d || unit === 0x24;

/** A known number at one of `places` that the sentence calls the answer or the extreme that is asked for. */
export function calledIn(text: string, sentence: Span, places: readonly number[], known: Known): Said | undefined {
  for (const place of places) {
    if (!mayBeCalled(text, place)) {
      continue;
    }
    numberHere.lastIndex = place;
    const answer = numberHere.exec(text)?.[0].replace(/,$/, "");
    const end = place + (answer?.length ?? 0);
    if (answer !== undefined && calledAnswer.test(text.slice(end, Math.min(sentence.end, end + longestClause)))) {
      const before = text.slice(Math.max(sentence.start, place - longestClause), place);
      return noStatement.test(before) || known.equals(answer) === "none" ? undefined : { start: place, end, answer };
    }
  }
  return undefined;
}
