import type { Evidence, Flag, RuleId } from "../analysis";
import type { ProtoCandidate } from "../answer/extract";
import { isWhiteSpace } from "../codeUnits";
import type { TokenCounter } from "../measure/tokens";
import { Scratch } from "../scratch";
import type { ProtoStep } from "../segment/steps";
import type { ProtoUnit } from "../segment/units";
import type { Span, Trace } from "../trace";
import { KeptColumns, readTraceTokens, type TraceTokens } from "../words/tokens";
import type { Vocabulary } from "../words/vocabulary";
import type { Writable } from "../writable";
import { EquationMemory, type Equations, findEquations } from "./equations";
import { languageOf } from "./language";
import { findLoops, type Loop } from "./loops";
import { findPhrases, type PhraseMatch } from "./phrases";
import { gramHashes, type Match, ShingleIndex } from "./similar";
import { findTerms, TermMemory, type Terms } from "./terms";
import type { Thresholds } from "./thresholds";
import { firstWordAt, readWords, type Words, wordsOfTokens } from "./words";

/** What a rule looks at: the trace, its cut into steps and units, and its words. Built once a trace, read by every rule. */
export interface FlagContext {
  readonly trace: Trace;
  readonly text: string;
  readonly steps: readonly ProtoStep[];
  readonly units: readonly ProtoUnit[];
  readonly candidates: readonly ProtoCandidate[];
  readonly finalAnswer?: string;
  readonly finalAnswerFrom?: "response" | "field" | "reasoning";
  readonly thresholds: Thresholds;
  readonly counter: TokenCounter;
  /** Main language of the text. */
  readonly language: "en" | "zh" | "other";
  readonly vocabulary: Vocabulary;
  readonly words: Words;
  readonly questionWords: Words;
  /** Index in {@link words} of each step's first word, and at the end the word after the last step. */
  readonly stepWords: Int32Array;
  readonly terms: Terms;
  /** Index of the unit that holds each step. */
  readonly unitOfStep: Int32Array;
  readonly equations: Equations;
  /** Keys of the equations that the question states: to write them down again is not to work them out. */
  readonly givenEquations: ReadonlySet<number>;
  /** Phrases of the text; doubts in words that the question itself uses are left out. */
  readonly phrases: readonly PhraseMatch[];
  /** Hash of the five words from each word on. */
  readonly grams: Int32Array;
  /** For each step the earlier step most like it, if any shares a shingle. */
  readonly stepMatches: readonly (Match | undefined)[];
  readonly loops: readonly Loop[];
  /** 1 for steps of which most words lie in a loop, after its first period. */
  readonly looped: Uint8Array;
  /** 1 for units of which most steps, by words, lie in a loop. */
  readonly loopedUnits: Uint8Array;
  /** Are two answers as written the same? Answers are remembered, so a pair is compared once. */
  sameAnswer(a: string, b: string): boolean;
}

/** What {@link buildContext} starts from. */
export interface ContextParts {
  readonly trace: Trace;
  readonly steps: readonly ProtoStep[];
  readonly units: readonly ProtoUnit[];
  readonly candidates: readonly ProtoCandidate[];
  readonly finalAnswer?: string | undefined;
  readonly finalAnswerFrom?: "response" | "field" | "reasoning" | undefined;
  readonly thresholds: Thresholds;
  readonly counter: TokenCounter;
  /** Tokens of the trace; without them it is read again. Where they were borrowed, the context holds until the next one is built so. */
  readonly tokens?: TraceTokens;
  /** Code units of the text that are read; the rest gets no flags. */
  readonly limit: number;
  readonly sameAnswer: (a: string, b: string) => boolean;
}

const unitsOfSteps = (steps: readonly ProtoStep[], units: readonly ProtoUnit[]): Int32Array => {
  const owner = new Int32Array(steps.length);
  units.forEach((unit, index) => {
    owner.fill(index, unit.firstStep, unit.endStep);
  });
  return owner;
};

const loopedSteps = (stepWords: Int32Array, loops: readonly Loop[]): Uint8Array => {
  const count = stepWords.length - 1;
  const looped = new Uint8Array(count);
  let step = 0;
  for (const loop of loops) {
    const from = loop.firstWord + loop.period;
    while (step < count && (stepWords[step + 1] ?? 0) <= from) step++;
    for (; step < count; step++) {
      const first = stepWords[step] ?? 0;
      const end = stepWords[step + 1] ?? 0;
      if (first >= loop.endWord) break;
      const inside = Math.min(end, loop.endWord) - Math.max(first, from);
      if (inside * 2 > end - first) looped[step] = 1;
      if (end > loop.endWord) break;
    }
  }
  return looped;
};

const matchSteps = (grams: Int32Array, words: number, stepWords: Int32Array): (Match | undefined)[] => {
  const count = stepWords.length - 1;
  const index = new ShingleIndex(grams, words, count);
  const matches: (Match | undefined)[] = [];
  for (let step = 0; step < count; step++) matches.push(index.addAndFind({ start: stepWords[step]!, end: stepWords[step + 1]! }, step));
  return matches;
};

const loopedUnits = (units: readonly ProtoUnit[], stepWords: Int32Array, looped: Uint8Array, loops: readonly Loop[]): Uint8Array => {
  const found = new Uint8Array(units.length);
  if (loops.length === 0) return found;
  units.forEach((unit, index) => {
    let all = 0;
    let inLoop = 0;
    for (let step = unit.firstStep; step < unit.endStep; step++) {
      const count = (stepWords[step + 1] ?? 0) - (stepWords[step] ?? 0);
      all += count;
      if (looped[step] === 1) inLoop += count;
    }
    if (inLoop * 2 > all) found[index] = 1;
  });
  return found;
};

const doubts = ({ cls }: PhraseMatch): boolean => cls === "premise" || cls === "premiseHint";

/** The words of a phrase as one string, to tell phrases that the question itself uses. */
const phraseKey = (words: Words, { first, end }: PhraseMatch): string => words.ids.slice(first, end).join(" ");

const noEquations: ReadonlySet<number> = new Set();

/** Keys of the equations that a question states. */
const equationsOf = (question: string, words: Words): ReadonlySet<number> => {
  const { count, keys } = findEquations(question, words, Int32Array.of(0, words.count), memory.equations);
  return count === 0 ? noEquations : new Set(keys.subarray(0, count));
};

const memory = {
  question: new KeptColumns(),
  text: new KeptColumns(),
  grams: new Scratch(),
  equations: new EquationMemory(),
  terms: new TermMemory(),
};

/** Reads the words, equations and loops of a trace for its rules. Linear in question and text. */
export const buildContext = (parts: ContextParts): FlagContext => {
  const { trace, steps, units } = parts;
  const { vocabulary, question, text: tokens } = parts.tokens ?? readTraceTokens(trace);
  const questionWords = wordsOfTokens(question, parts.tokens && memory.question);
  const words =
    trace.text.length > parts.limit
      ? readWords(trace.text.slice(0, parts.limit), vocabulary)
      : wordsOfTokens(tokens, parts.tokens && memory.text);
  const stepWords = firstWordAt(words, [...steps.map((step) => step.start), trace.text.length]);
  const grams = gramHashes(words, parts.tokens && memory.grams.take(words.count));
  const givenEquations = equationsOf(trace.question, questionWords);
  const asked = new Set(
    findPhrases(questionWords)
      .filter(doubts)
      .map((phrase) => phraseKey(questionWords, phrase)),
  );
  const loops = findLoops(words, parts.thresholds, grams);
  const looped = loopedSteps(stepWords, loops);
  const context: Writable<FlagContext> = {
    trace,
    text: trace.text,
    steps,
    units,
    candidates: parts.candidates,
    thresholds: parts.thresholds,
    counter: parts.counter,
    language: languageOf(trace.text),
    vocabulary,
    words,
    questionWords,
    stepWords,
    terms: findTerms(words, stepWords, parts.tokens && memory.terms),
    unitOfStep: unitsOfSteps(steps, units),
    equations: findEquations(trace.text, words, stepWords, parts.tokens && memory.equations),
    givenEquations,
    phrases: findPhrases(words).filter((phrase) => asked.size === 0 || !doubts(phrase) || !asked.has(phraseKey(words, phrase))),
    grams,
    stepMatches: matchSteps(grams, words.count, stepWords),
    loops,
    looped,
    loopedUnits: loopedUnits(units, stepWords, looped, loops),
    sameAnswer: parts.sameAnswer,
  };
  if (parts.finalAnswer !== undefined) context.finalAnswer = parts.finalAnswer;
  if (parts.finalAnswerFrom !== undefined) context.finalAnswerFrom = parts.finalAnswerFrom;
  return context;
};

/** The words of a step as a half-open range in {@link FlagContext.words}. */
export const wordsOfStep = (context: Pick<FlagContext, "stepWords">, step: number): Span => ({
  start: context.stepWords[step] ?? 0,
  end: context.stepWords[step + 1] ?? 0,
});

/** The words of a unit as a half-open range in {@link FlagContext.words}. */
export const wordsOfUnit = (context: FlagContext, unit: number): Span => ({
  start: context.stepWords[context.units[unit]?.firstStep ?? 0] ?? 0,
  end: context.stepWords[context.units[unit]?.endStep ?? 0] ?? 0,
});

/** The text span that a range of words covers; an empty range gives an empty span at 0. */
export const textOfWords = (words: Words, range: Span): Span => {
  if (range.end <= range.start) return { start: 0, end: 0 };
  return { start: words.starts[range.start] ?? 0, end: words.ends[range.end - 1] ?? 0 };
};

/** A flag on a whole step or unit. */
export const flagOn = (rule: RuleId, level: "step" | "unit", index: number, { start, end }: Span, evidence: Evidence): Flag => ({
  rule,
  level,
  index,
  start,
  end,
  evidence,
});

/** An earlier step or unit as evidence, white space trimmed off its ends. */
export const earlierPassage = (text: string, level: "step" | "unit", index: number, span: Span): NonNullable<Evidence["earlier"]> => {
  let { start, end } = span;
  while (start < end && isWhiteSpace(text.charCodeAt(start))) start++;
  while (end > start && isWhiteSpace(text.charCodeAt(end - 1))) end--;
  return { level, index, start, end };
};
