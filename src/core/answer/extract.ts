/**
 * Answers in running text: candidates a chain of thought states on its way, the final answer of a trace, the short answer in a reference.
 * Order of trust: box, "final answer is", "the answer is", `#### x`, `<answer>`, 【答案】, a concluding sentence, the last number.
 */
import type { Candidate } from "../analysis";
import type { Span, Trace } from "../trace";
import { announcedAnswer, boxedAnswers, type Found, phraseAnswers } from "./announced";
import { closingFormula, closingName } from "./closing";
import { findConclusions } from "./conclusions";
import { isCrisp } from "./crisp";
import { phrases } from "./phrases";
import { concludedSpan } from "./section";
import { isUndetermined, undeterminedPlaces } from "./undetermined";

/** A candidate before units exist. `start`/`end` cover the answer itself. */
export interface ProtoCandidate extends Span {
  /** Index of the step that holds it. */
  readonly step: number;
  readonly answer: string;
  readonly form: Candidate["form"];
}

/** What is known besides the text; all of it sharpens the search, none is needed. */
export interface AnswerContext {
  /** The question: a conclusion about what it asks for is an answer. */
  readonly question?: string;
  /** Answers known already (the response's final answer, the reference): a right-hand side equal to one is a candidate. */
  readonly known?: readonly string[];
}

function byPlace(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}

/** Drops what overlaps an earlier-found, more trusted answer. */
function withoutOverlaps(found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const item of [...found].sort(byPlace)) {
    const last = kept.at(-1);
    if (!last || item.start >= last.end) {
      kept.push(item);
    }
  }
  return kept;
}

function stated(text: string): Found[] {
  return withoutOverlaps([...boxedAnswers(text), ...phrases.flatMap((phrase) => phraseAnswers(text, phrase))]);
}

/** Places that say the question has no answer. They count where the known answer says so too: on the way to an answer they are doubts. */
function undeterminedAnswers(text: string): Found[] {
  return undeterminedPlaces(text).map((span) => ({ ...span, answer: text.slice(span.start, span.end), form: "phrase" as const }));
}

/**
 * The answers a text states, in order. Boxes and answer phrases always count; concluding sentences and right-hand sides count when they equal a
 * known answer or answer what the question asks, so that intermediate results ("so x = 3, now y…") stay out. The last boxed or announced answer of the
 * text, else what its last paragraph concludes, counts as known besides `context.known`. Time is linear in the text.
 */
export function findCandidates(text: string, steps: readonly Span[], context: AnswerContext = {}): ProtoCandidate[] {
  const strong = stated(text);
  const own = strong.at(-1)?.answer ?? closingAnswer(text, context) ?? (context.known ? undefined : conclusionNearEnd(text, context));
  const known = [...(context.known ?? []), ...(own === undefined ? [] : [own])];
  const none = (context.known ?? known).some(isUndetermined) ? undeterminedAnswers(text) : [];
  const all = withoutOverlaps([...strong, ...none, ...findConclusions(text, { known, question: context.question ?? "" }, strong)]);
  let step = 0;
  return all.map((found) => {
    while (step + 1 < steps.length && (steps[step]?.end ?? 0) <= found.start) {
      step += 1;
    }
    return { start: found.start, end: found.end, answer: found.answer, form: found.form, step };
  });
}

/** Code units of a last paragraph that closes a text. */
const closingParagraph = 600;

/**
 * The value that the last paragraph of a text concludes, about what is asked where another answer is known; undefined where the text breaks off or its
 * end concludes nothing.
 */
function closingAnswer(text: string, { question = "", known }: AnswerContext): string | undefined {
  const end = text.trimEnd();
  const paragraph = end.slice(Math.max(end.lastIndexOf("\n\n"), end.length - closingParagraph, 0));
  if (!/[.。！!)\]}$*]$/.test(paragraph)) {
    return undefined;
  }
  const none = known === undefined ? undeterminedAnswers(paragraph).at(-1) : undefined;
  const conclusion = findConclusions(paragraph, { known: [], question, lenient: known === undefined }, []).at(-1);
  if (none && none.start >= (conclusion?.start ?? 0)) {
    return none.answer;
  }
  const closes = conclusion !== undefined && isCrisp(conclusion.answer) && !/[.。！!?？]\s*\S/.test(paragraph.slice(conclusion.end));
  return closes ? conclusion.answer : undefined;
}

/** Code units at the end of a whole chain of thought in which its last conclusion may stand before words that only close it. */
const closingPart = 1500;

/**
 * The last conclusion near the end of a text that is whole: "Thus a + b = 13. I think that's it." Undefined where the text breaks off, or where other
 * numbers still follow.
 */
function conclusionNearEnd(text: string, { question = "" }: AnswerContext): string | undefined {
  const whole = text.trimEnd();
  if (!/[.。！!)\]}$*]$/.test(whole)) {
    return undefined;
  }
  const tail = whole.slice(-closingPart);
  const span = lastConclusion(tail, question);
  if (!span) {
    return undefined;
  }
  const answer = tail.slice(span.start, span.end);
  if (/\d/.test(tail.slice(span.end).replaceAll(answer, ""))) {
    return undefined;
  }
  return isCrisp(answer) || /^\\?[([{]/.test(answer) ? answer : undefined;
}

const fence = /```(\w*)\n([\s\S]*?)(?:```|$)/g;

/** Fences around what is no code, and signs that code has where its fence names no language. */
const notCode = /^(?:text|txt|json|output|console|markdown|md)$/i;
const codeSigns = /[{};=()]/;

function lastCode(text: string): string | undefined {
  const isCode = ([, language = "", content = ""]: RegExpMatchArray): boolean =>
    language === "" ? codeSigns.test(content) : !notCode.test(language);
  const block = [...text.matchAll(fence)].filter(isCode).at(-1);
  return block?.[2]?.trim() || undefined;
}

const number = /-?\\?[dt]?frac\{[^{}]{1,20}\}\{[^{}]{1,20}\}|[-−]?\$?\d[\d,]*(?:\.\d+)?(?:\/\d+)?%?/g;

const han = /\p{Script=Han}/u;

/** Code units at the end of a text in which it may say that there is no answer. */
const closingWords = 600;
/** Code units at the end of a text in which its answer is looked for. */
const tailLength = 20_000;

/** What a text concludes last: that there is no answer, by a sentence, by the formula that closes it, by a name the question asks for. */
function lastConclusion(tail: string, question: string): Span | undefined {
  const conclusion = findConclusions(tail, { known: [], question, lenient: true }, []).at(-1);
  const none = undeterminedAnswers(tail).at(-1);
  if (none && none.start >= Math.max(conclusion?.start ?? 0, tail.length - closingWords)) {
    return none;
  }
  const solved = han.test(tail) ? concludedSpan(tail, 0, tail.length) : undefined;
  if (solved) {
    return solved;
  }
  const closing = closingFormula(tail) ?? closingName(tail, question);
  return closing && closing.end > (conclusion?.end ?? 0) ? closing : conclusion;
}

/**
 * The answer of a text that announces none: its last concluding sentence or its last words that there is none, its code, its last number; undefined
 * when it has none of them.
 */
export function concludedAnswer(text: string, question = ""): string | undefined {
  const tail = text.slice(-tailLength);
  const span = lastConclusion(tail, question);
  return span ? tail.slice(span.start, span.end) : (lastCode(tail) ?? lastNumber(tail));
}

/** A word, or a bracket of a formula as chemists write it, in front of a digit that belongs to it: the 1 of "c1ccccc1". A LaTeX command is none. */
const inName = /(?:^|[^\\A-Za-z])[A-Za-z]+$|[)\]]$/;
const nameReach = 24;

function lastNumber(text: string): string | undefined {
  const numbers = [...text.matchAll(number)];
  return numbers.findLast(({ index }) => !inName.test(text.slice(Math.max(0, index - nameReach), index)))?.[0];
}

/**
 * What the response concludes where the answer field is just its last number, as a harness that reads no conclusions leaves it: "so the sum is 14/3"
 * with the field 3. Undefined where the field is anything else, or the response concludes nothing there or later.
 */
function concludedRatherThan(field: string, { response, question }: Trace): string | undefined {
  const tail = response.slice(-tailLength);
  const last = [...tail.matchAll(/\d[\d,]*(?:\.\d+)?/g)].at(-1);
  if (!last || last[0] !== field) {
    return undefined;
  }
  const span = lastConclusion(tail, question);
  return span && span.end >= last.index + field.length ? tail.slice(span.start, span.end) : undefined;
}

/**
 * The trace's final answer and where it stood: the response's announced answer, the record's own answer field, what the response concludes, else
 * the last candidate in the reasoning. A thinking that was cut off has no final answer unless it stated one. `given`: what {@link statedFinalAnswer}
 * says, where the caller has it already.
 */
export function findFinalAnswer(
  trace: Trace,
  candidates: readonly ProtoCandidate[],
  given = statedFinalAnswer(trace),
): { answer: string; from: "response" | "field" | "reasoning" } | undefined {
  if (given) {
    return given;
  }
  const last = candidates.at(-1)?.answer;
  if (last !== undefined) {
    return { answer: last, from: "reasoning" };
  }
  const cut = trace.cutOff === true || trace.thinking === "unclosed";
  const concluded = cut ? undefined : concludedAnswer(trace.text, trace.question);
  return concluded === undefined ? undefined : { answer: concluded, from: "reasoning" };
}

/** A longer answer field is a harness's failed extraction, often the whole reasoning without its spaces. */
const maxFieldAnswer = 300;

/**
 * The final answer outside the reasoning: from the response or the record's answer field; undefined when neither has one. Give it to
 * {@link findCandidates} as known.
 */
export function statedFinalAnswer(trace: Trace): { answer: string; from: "response" | "field" } | undefined {
  const announced = announcedAnswer(trace.response);
  if (announced !== undefined) {
    return { answer: announced, from: "response" };
  }
  const field = trace.answerField?.trim();
  const rather = field && concludedRatherThan(field, trace);
  if (rather) {
    return { answer: rather, from: "response" };
  }
  const short = field && (field.length > 60 ? shortAnswer(field) : field);
  if (short && short.length <= maxFieldAnswer) {
    return { answer: short, from: "field" };
  }
  const concluded = trace.response.trim() === "" ? undefined : concludedAnswer(trace.response, trace.question);
  return concluded === undefined ? undefined : { answer: concluded, from: "response" };
}

/** The short answer inside a reference solution: announced, else the whole text when it is short, else what it concludes, else the text. */
export function shortAnswer(reference: string): string {
  const announced = announcedAnswer(reference);
  if (announced !== undefined) {
    return announced;
  }
  const whole = reference.trim();
  return whole.length <= 80 || (!han.test(whole) && whole.split(/\s+/).length <= 12) ? whole : (concludedAnswer(whole) ?? whole);
}
