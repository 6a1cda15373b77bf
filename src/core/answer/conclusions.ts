/**
 * Concluding sentences and right-hand sides: which of them state an answer. An intermediate result ("so x = 3, now y…") does not; a conclusion
 * about what the question asks does, and so does any right-hand side that equals an answer known already.
 */
import type { Span } from "../trace";
import { knownAnswers, operations } from "./known";
import { answerNoun, conclusionCue, plainNoun } from "./phrases";
import { asAnswer, readValue } from "./value";

/** What is known when conclusions are judged. */
export interface ConclusionContext {
  readonly known: readonly string[];
  readonly question: string;
  /** Accept every concluding sentence: for a short response rather than a chain of thought. */
  readonly lenient?: boolean;
}

interface Conclusion extends Span {
  readonly answer: string;
  readonly form: "equation";
}

const sentenceBreak = /(?:[.?]|(?<![\d)}])!)+(?=\s|$)|[。!?\n]+/g;
const copula =
  /(?:\b(?:is|are|equals|be|gives|yields|becomes|get|was)\b|\b(?:holds?|costs?|takes?|has|have|contains?|weighs?|needs?|earns?|travels?|makes?|totals?)\s+(?=\\?[$(]*\s*-?\d)|[=≈⇒→]|\\(?:approx|Rightarrow|implies)\b|为|是|得|等于|有)\s*/g;

/** The part of a question that says what is asked, as lower-case words of four letters or more. */
function askedWords(question: string): Set<string> {
  const clauses = question
    .slice(-600)
    .split(/(?<=[.?。?])\s|(?=\b(?:find|what|how many|how much|determine|compute|calculate|evaluate)\b)/i);
  const asking = clauses.filter((clause) =>
    /\b(?:find|what|how|determine|compute|calculate|evaluate|which|who|when|where|express)\b|求|多少/i.test(clause),
  );
  return new Set((asking.at(-1) ?? clauses.at(-1) ?? "").toLowerCase().match(/\p{L}{4,}/gu) ?? []);
}

function sharesAsked(subject: string, asked: ReadonlySet<string>): boolean {
  const words = subject.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  const shared = new Set(words.filter((word) => asked.has(word)));
  return shared.size >= 2 || (shared.size === 1 && words.length <= 4);
}

/** Longer sentences are no prose; nothing is looked for in them. */
const longestSentence = 1500;

/** Sentences of running text by their marks and line breaks; a rough cut that is cheap and keeps decimals and factorials whole. */
function sentencesOf(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(sentenceBreak)) {
    const end = match.index + match[0].length;
    spans.push({ start, end });
    start = end;
  }
  return start < text.length ? [...spans, { start, end: text.length }] : spans;
}

interface Stated {
  readonly value: Span;
  /** The words before the verb or sign. */
  readonly subject: string;
  /** Stated by a verb ("is", "equals") rather than by a sign. */
  readonly verbal: boolean;
  /** Nothing follows in the sentence but signs. */
  readonly closes: boolean;
}

function valueAt(text: string, start: number, end: number, place: RegExpMatchArray): Stated | undefined {
  const body = text.slice(start, end);
  const at = place.index ?? 0;
  const read = readValue(text, start + at + place[0].length);
  const span = read && read.end <= end ? asAnswer(text, read) : undefined;
  const subject = body
    .slice(Math.max(0, at - 120), at)
    .split(/[,;:,;]|\b(?:when|if|at|for|since|because|that)\b/)
    .at(-1);
  const verbal = /[a-z\u4e00-\u9fff]/i.test(place[0]) && !place[0].startsWith("\\");
  return (
    span && {
      value: span,
      subject: subject ?? "",
      verbal,
      closes: /^(?:[\s$.!。*)\]}!]|\\[)\]]|\\text\{[^}]*\}|degrees|\^\\circ|°)*$/.test(text.slice(span.end, end)),
    }
  );
}

/** More words than a unit has: its numbers are not its value ("between 0 and 1"). */
function isSentence(value: string): boolean {
  return (
    (value.replace(/\\[a-zA-Z]+(?:\{[^{}]*\})?/g, "").match(/[a-z]{2,}/g) ?? []).length > 2 ||
    /\b(?:between|or|not|than|only|mod)\b|\b(?:half|thirds?|fourths?|quarters?|fifths?|tenths?|percent) of\b/.test(value)
  );
}

/** A value that answers: short, computed, no participle ("approaching 0"), no variable left. */
function isCrisp(value: string): boolean {
  const letters = value.replace(/\\[a-zA-Z]+|\b[a-zA-Z]{2,}\b/g, "");
  return (
    value.length <= 60 &&
    !/^[a-z]+(?:ing|ed)\b|^(?:at|less|more|greater|between|equal|only)\b/i.test(value) &&
    /\d|\\(?:pi|sqrt|frac)|^[A-Z]\b|π|√/.test(value) &&
    !/[a-zA-Z]/.test(letters.replace(/^[A-Z]$|(?<=\d)i\b/, "")) &&
    operations(value) <= 1
  );
}

/** Advances over ascending spans or offsets: the first position from `from` on whose end lies beyond `limit`. */
function skip(ends: readonly number[], from: number, limit: number): number {
  let at = from;
  while (at < ends.length && (ends[at] ?? 0) <= limit) {
    at += 1;
  }
  return at;
}

/**
 * Conclusions in order of place; sentences that hold one of `taken` (answers found otherwise, ascending) are left out. A sentence is looked at when
 * it holds what a known answer must contain, or when it opens with a concluding word. Linear in the text.
 */
export function findConclusions(text: string, context: ConclusionContext, taken: readonly Span[]): Conclusion[] {
  const asked = askedWords(context.question);
  const known = knownAnswers(context.known, context.question);
  const keys = known.places(text);
  const takenEnds = taken.map((span) => span.end);
  const noun = context.known.length === 0 ? answerNoun : plainNoun;
  const lenient = context.lenient === true;
  const accepts = (stated: Stated, last: boolean, concludes: boolean): boolean => {
    const answer = text.slice(stated.value.start, stated.value.end);
    const onSubject = sharesAsked(stated.subject, asked) || noun.test(stated.subject);
    if (!isSentence(answer) && !/[=≈]|\\(?:approx|Rightarrow|implies)\b/.test(answer) && known.equals(answer)) {
      return !known.common || onSubject || (concludes && stated.closes);
    }
    return last && concludes && (lenient || (onSubject && stated.verbal && isCrisp(answer)));
  };
  const found: Conclusion[] = [];
  let [nextTaken, nextKey] = [0, 0];
  for (const { start, end } of sentencesOf(text)) {
    nextTaken = skip(takenEnds, nextTaken, start);
    nextKey = skip(keys, nextKey, start - 1);
    const holdsKey = (keys[nextKey] ?? Number.POSITIVE_INFINITY) < end;
    const holdsTaken = (taken[nextTaken]?.start ?? Number.POSITIVE_INFINITY) < end;
    if (holdsTaken || end - start > longestSentence) {
      continue;
    }
    const concludes = conclusionCue.test(text.slice(start, Math.min(end, start + 80)).trimStart());
    if (!holdsKey && !concludes) {
      continue;
    }
    const key = keys[nextKey] ?? end;
    const places = [...text.slice(start, end).matchAll(copula)];
    const tried = places.filter((place, index) => index === places.length - 1 || (holdsKey && start + place.index >= key - 60));
    for (const place of tried.slice(-8)) {
      const stated = valueAt(text, start, end, place);
      if (stated && accepts(stated, place === places.at(-1), concludes)) {
        const { start: from, end: to } = stated.value;
        found.push({ start: from, end: to, answer: text.slice(from, to), form: "equation" });
        break;
      }
    }
  }
  return found;
}
