/**
 * Concluding sentences and right-hand sides: which of them state an answer. An intermediate result ("so x = 3, now y…") does not; a conclusion
 * about what the question asks does, and so does any right-hand side that equals an answer known already.
 */
import type { Span } from "../trace";
import { equivalent } from "./equivalent";
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

const sentence = /(?:[^.!?。!?\n]|[.?](?=[^\s])|(?<=[\d)}])!)+[.!?。!?\n]*/g;
const copula = /(?:\b(?:is|are|equals|be|gives|yields|becomes|get|was)\b|[=≈⇒→]|\\(?:approx|Rightarrow|implies)\b|为|是|得|等于|有)\s*/g;

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

/** Operations in a value: "8 / 18" has one, "4" none. A value still to be computed has more than the answer. */
function operations(value: string): number {
  return (value.match(/[\w)}!]\s*(?:[*×·/+÷]|-|\\(?:cdot|times|div))\s*(?=[\w({\\])|\\[dt]?frac/g) ?? []).length;
}

/** A number that meets the eye by chance: one digit, or one that the question itself states. */
function isCommon(answer: string, question: string): boolean {
  return /^[-$\\ ]*\d$/.test(answer) || (/^\d+$/.test(answer) && new RegExp(`(?<!\\d)${answer}(?!\\d)`).test(question));
}

function known(context: ConclusionContext, memo: Map<string, boolean>, value: string): boolean {
  const before = memo.get(value);
  if (before !== undefined) {
    return before;
  }
  const equal =
    memo.size < 4000 &&
    value.length <= 120 &&
    context.known.some((answer) => operations(value) <= operations(answer) + 1 && equivalent(answer, value).equal);
  memo.set(value, equal);
  return equal;
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
    /\b(?:between|or|not|than|only|mod)\b/.test(value)
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

/** Conclusions in order of place. `taken` are answers found otherwise; what overlaps them is left out by the caller. Linear in the text. */
export function findConclusions(text: string, context: ConclusionContext, taken: readonly Span[]): Conclusion[] {
  const asked = askedWords(context.question);
  const memo = new Map<string, boolean>();
  const common = context.known.some((answer) => isCommon(answer, context.question));
  const accepts = (stated: Stated, source: string, last: boolean, concludes: boolean): boolean => {
    const answer = source.slice(stated.value.start, stated.value.end);
    const onSubject = sharesAsked(stated.subject, asked) || (context.known.length === 0 ? answerNoun : plainNoun).test(stated.subject);
    if (!isSentence(answer) && known(context, memo, answer)) {
      return !common || onSubject || (concludes && stated.closes);
    }
    const lenient = context.lenient === true;
    return last && concludes && (lenient || (onSubject && stated.verbal && isCrisp(answer)));
  };
  const found: Conclusion[] = [];
  let next = 0;
  for (const match of text.matchAll(sentence)) {
    const end = match.index + match[0].length;
    while (next < taken.length && (taken[next]?.end ?? 0) <= match.index) {
      next += 1;
    }
    if (match[0].length > 1500 || (taken[next]?.start ?? Number.POSITIVE_INFINITY) < end) {
      continue;
    }
    const places = [...match[0].matchAll(copula)].slice(-8);
    const concludes = conclusionCue.test(match[0].trimStart());
    for (const [index, place] of places.entries()) {
      const stated = valueAt(text, match.index, end, place);
      if (stated && accepts(stated, text, index === places.length - 1, concludes)) {
        const { start, end: to } = stated.value;
        found.push({ start, end: to, answer: text.slice(start, to), form: "equation" });
        break;
      }
    }
  }
  return found;
}
