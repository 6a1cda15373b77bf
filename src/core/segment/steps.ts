/** Division of a trace into steps: consecutive sentences with one function. */
import { type StepFunction, stepFunctions } from "../analysis";
import type { Span, Trace } from "../trace";
import { readTraceTokens, type TraceTokens } from "../words/tokens";
import { type CueClass, cueBits, cuesOfBits } from "./cues";
import { labelSentences } from "./functions";
import { functionOfLabel } from "./labels";
import { settleNeighbours } from "./neighbours";
import { checking, cutAtParts, isFixed, type Piece, turning, turnsAround } from "./pieces";
import { isSpace, type Sentence } from "./sentences";

/** A step before units, tokens and flags are known. Offsets are UTF-16 code units in {@link Trace.text}. */
export interface ProtoStep extends Span {
  readonly function: StepFunction;
  /** 0 to 1; below 0.5 is unsure. */
  readonly confidence: number;
  readonly paragraphStart: boolean;
  readonly paragraph: number;
  /** Sentences it holds, `[firstSentence, endSentence)`. A step the record gives may start inside a sentence: both steps then count it. */
  readonly firstSentence: number;
  readonly endSentence: number;
  /** Cue classes that open its first sentence. */
  readonly cues: readonly CueClass[];
}

/** A step longer than this (code units) is divided at the next sentence that moves on. */
const longStep = 900;
/** Up to this length (code units) items of one list are one step. */
const listedStep = 420;
/** A step of one function is divided at a turn ("Wait, …") once it is longer than this (code units). */
const shortStep = 120;
/**
 * Steps that tile the text. A record's own steps are kept exactly; tool calls and observations are steps of their own; otherwise a step is a run
 * of sentences with one function inside a paragraph, formulas and lists staying with the sentence that introduces them. An empty text gives none.
 */
export function splitSteps(trace: Trace, sentences: readonly Sentence[], tokens: TraceTokens = readTraceTokens(trace)): ProtoStep[] {
  const { text } = trace;
  if (text.length === 0) return [];
  const labels = labelSentences(text, sentences, trace.question, tokens);
  const pieces = cutAtParts(
    text,
    sentences.map((sentence, i) => ({
      start: sentence.start,
      end: sentence.end,
      sentence: i,
      function: labels.functions[i] ?? "derive",
      confidence: labels.confidence[i] ?? 0,
      cues: labels.opening[i] ?? 0,
      forced: false,
    })),
    trace.parts,
  );
  if (trace.givenSteps && trace.givenSteps.length > 0) return keepGiven(trace, sentences, pieces);
  return group(text, sentences, pieces);
}

/** Groups pieces into steps. */
function group(text: string, sentences: readonly Sentence[], pieces: readonly Piece[]): ProtoStep[] {
  settleNeighbours(text, sentences, pieces);
  const steps: ProtoStep[] = [];
  let first = 0;
  for (let i = 1; i <= pieces.length; i++) {
    if (i < pieces.length && !startsStep(text, sentences, pieces, first, i)) continue;
    steps.push(makeStep(sentences, pieces, first, i));
    first = i;
  }
  return steps;
}

/** Whether piece `i` starts a step when the current one began at piece `first`. */
function startsStep(text: string, sentences: readonly Sentence[], pieces: readonly Piece[], first: number, i: number): boolean {
  const piece = pieces[i];
  const before = pieces[i - 1];
  if (!piece || !before) return true;
  const sentence = sentences[piece.sentence];
  const previous = sentences[before.sentence];
  if (!sentence || !previous || piece.forced) return true;
  if (isFixed(piece) || isFixed(before)) return piece.function !== before.function;
  if (closesPart(text, piece) || (first === i - 1 && isMarker(text, before))) return false;
  if (sentence.kind === "heading") return true;
  if (previous.kind === "heading" && first === i - 1) return false;
  const introduced = endsOpen(text, before);
  if (sentence.kind === "display-math" || (introduced && !turnsAround(piece))) return false;
  const head = pieces[first];
  const attached = previous.kind === "display-math" || (i >= 2 && endsOpen(text, pieces[i - 2]!));
  const same = piece.function === before.function || (attached && piece.function === head?.function);
  const length = piece.start - (head?.start ?? 0);
  if (!same) return true;
  if (turnsAround(piece)) return sentence.paragraphStart || length > shortStep;
  if (goesBack(piece)) return true;
  if (!sentence.paragraphStart) return length > longStep && movesOn(piece);
  const listed = sentence.kind === "list-item" && previous.kind === "list-item";
  return !listed || length + (piece.end - piece.start) > listedStep;
}

/** Cues of a sentence that moves on to something else. */
const moving = turning | cueBits("plan", "suppose");
const movesOn = (piece: Piece): boolean => (piece.cues & moving) !== 0;

/** "Let me read the question again": what goes back to the question is a step of its own. */
const readingAgain = cueBits("intent", "setup");
const goesBack = (piece: Piece): boolean => (piece.cues & readingAgain) === readingAgain;

/** A sentence that is only a marker of a record's layout: 【解析】, <eoe>, "(2)【解析】". */
const markerRule = /^\s*(?:[（(]\d{1,2}[)）]\s*)?(?:【[^】\n]{1,8}】|<\/?[a-z_|]{1,20}>)\s*$/;
const closerRule = /^\s*<(?:\/[a-z_]{1,20}|eo[a-z])>/;
const longestMarker = 40;

/** True when the piece begins with one of `signs`, white space aside; a cheap test before the patterns. */
function beginsWith(signs: string, text: string, piece: Piece): boolean {
  let at = piece.start;
  while (at < piece.end && isSpace(text.charCodeAt(at))) at++;
  return signs.includes(text.charAt(at));
}

function isMarker(text: string, piece: Piece): boolean {
  return (
    piece.end - piece.start <= longestMarker && beginsWith("<【（(", text, piece) && markerRule.test(text.slice(piece.start, piece.end))
  );
}

/** True for a marker that ends the part before it, which it belongs to. */
function closesPart(text: string, piece: Piece): boolean {
  return (
    piece.end - piece.start <= longestMarker &&
    beginsWith("<", text, piece) &&
    closerRule.test(text.slice(piece.start, piece.end)) &&
    !piece.forced
  );
}

/** True when the piece ends in a colon or an opening phrase, so that what follows belongs to it. */
function endsOpen(text: string, piece: Piece): boolean {
  for (let i = piece.end - 1; i >= piece.start; i--) {
    const mark = text.charCodeAt(i);
    if (mark === 58 || mark === 0xff1a) return true;
    if (mark !== 42 && mark !== 95 && !isSpace(mark)) return false;
  }
  return false;
}

function makeStep(sentences: readonly Sentence[], pieces: readonly Piece[], first: number, end: number): ProtoStep {
  const head = pieces[first];
  const last = pieces[end - 1];
  if (!head || !last) throw new RangeError("a step needs a piece");
  const turned = checking.has(head.function) && (head.cues & turning) !== 0;
  const chosen = end - first === 1 || turned ? head : dominant(pieces, first, end);
  const sentence = sentences[head.sentence];
  return {
    start: head.start,
    end: last.end,
    function: chosen.function,
    confidence: chosen.confidence,
    paragraphStart: (sentence?.paragraphStart ?? true) && sentence?.start === head.start,
    paragraph: sentence?.paragraph ?? 0,
    firstSentence: head.sentence,
    endSentence: last.sentence + 1,
    cues: cuesOfBits(head.cues),
  };
}

/** The function with most text, the first sentence counting double, and the mean confidence of the sentences that have it. */
function dominant(pieces: readonly Piece[], first: number, end: number): { function: StepFunction; confidence: number } {
  const best = oneFunction(pieces, first, end) ? pieces[first]!.function : heaviest(pieces, first, end);
  let sum = 0;
  let n = 0;
  for (let i = first; i < end; i++) {
    const piece = pieces[i]!;
    if (piece.function !== best) continue;
    sum += piece.confidence;
    n++;
  }
  return { function: best, confidence: sum / n };
}

function oneFunction(pieces: readonly Piece[], first: number, end: number): boolean {
  const name = pieces[first]!.function;
  for (let i = first + 1; i < end; i++) if (pieces[i]!.function !== name) return false;
  return true;
}

function heaviest(pieces: readonly Piece[], first: number, end: number): StepFunction {
  let best = pieces[first]!.function;
  let most = -1;
  for (const name of stepFunctions) {
    let size = 0;
    for (let i = first; i < end; i++) {
      const piece = pieces[i]!;
      if (piece.function !== name) continue;
      size += Math.min(200, piece.end - piece.start) * (i === first ? 2 : 1) * Math.max(0.05, piece.confidence);
    }
    if (size > most) {
      most = size;
      best = name;
    }
  }
  return best;
}

/** The record's own steps, each with the function its label names or its sentences say. */
function keepGiven(trace: Trace, sentences: readonly Sentence[], pieces: readonly Piece[]): ProtoStep[] {
  const steps: ProtoStep[] = [];
  let p = 0;
  for (const given of trace.givenSteps ?? []) {
    while (p < pieces.length - 1 && (pieces[p]?.end ?? 0) <= given.start) p++;
    let q = p;
    while (q < pieces.length && (pieces[q]?.start ?? 0) < given.end) q++;
    const made = makeStep(sentences, pieces, Math.min(p, pieces.length - 1), Math.max(q, p + 1));
    const named = given.label === undefined ? undefined : functionOfLabel(given.label);
    const atStart = sentences[made.firstSentence]?.start === given.start;
    steps.push({
      ...made,
      start: given.start,
      end: given.end,
      ...(named ? { function: named, confidence: 1 } : {}),
      paragraphStart: atStart && made.paragraphStart,
    });
  }
  return steps;
}
