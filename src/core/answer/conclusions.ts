/**
 * Concluding sentences and right-hand sides: which of them state an answer. An intermediate result ("so x = 3, now y…") does not; a conclusion
 * about what the question asks does, and so does any right-hand side that equals an answer known already.
 */
import type { Span } from "../trace";
import { equivalent } from "./equivalent";
import { answerNoun, conclusionCue } from "./phrases";
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

const sentence = /[^.!?。!?\n]+(?:[.!?](?!\s|$)[^.!?。!?\n]*)*[.!?。!?\n]*/g;
const copula = /(?:\b(?:is|are|equals|be|gives|yields|becomes|get|was)\b|[=≈⇒→]|\\(?:approx|Rightarrow|implies)\b|为|是|得|等于|有)\s*/g;

/** The part of a question that says what is asked, as lower-case words of four letters or more. */
function askedWords(question: string): Set<string> {
  const ask =
    /(?:find|what|how many|how much|determine|compute|calculate|evaluate|求|多少|which|who|when|where|express|give)[\s\S]*$/i.exec(
      question.slice(-600),
    );
  return new Set((ask?.[0] ?? "").toLowerCase().match(/\p{L}{4,}/gu) ?? []);
}

function sharesAsked(subject: string, asked: ReadonlySet<string>): boolean {
  const words = subject.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  const shared = new Set(words.filter((word) => asked.has(word)));
  return shared.size >= 2 || (shared.size === 1 && words.length <= 4);
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
  const equal = memo.size < 4000 && value.length <= 120 && context.known.some((answer) => equivalent(answer, value).equal);
  memo.set(value, equal);
  return equal;
}

function lastValue(text: string, start: number, end: number): { value: Span; subject: string } | undefined {
  const body = text.slice(start, end);
  const place = [...body.matchAll(copula)].at(-1);
  if (!place) {
    return undefined;
  }
  const read = readValue(text, start + place.index + place[0].length);
  const span = read && read.end <= end ? asAnswer(text, read) : undefined;
  return span ? { value: span, subject: body.slice(0, place.index) } : undefined;
}

/** Conclusions in order of place. `taken` are answers found otherwise; what overlaps them is left out by the caller. Linear in the text. */
export function findConclusions(text: string, context: ConclusionContext, taken: readonly Span[]): Conclusion[] {
  const asked = askedWords(context.question);
  const memo = new Map<string, boolean>();
  const common = context.known.some((answer) => isCommon(answer, context.question));
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
    const last = lastValue(text, match.index, end);
    if (!last) {
      continue;
    }
    const answer = text.slice(last.value.start, last.value.end);
    const concludes = conclusionCue.test(match[0].trimStart());
    const onSubject = sharesAsked(last.subject, asked) || answerNoun.test(last.subject);
    const equalsKnown = known(context, memo, answer);
    const accepted = equalsKnown ? !common || concludes || onSubject : concludes && (onSubject || context.lenient === true);
    if (accepted) {
      found.push({ start: last.value.start, end: last.value.end, answer, form: "equation" });
    }
  }
  return found;
}
