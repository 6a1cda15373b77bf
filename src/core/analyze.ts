import type { Analysis, Candidate, Flag, Measures, RuleId, Step, Unit, Verdict } from "./analysis";
import { equivalent } from "./answer/equivalent";
import { findCandidates, findFinalAnswer, type ProtoCandidate, shortAnswer, statedFinalAnswer } from "./answer/extract";
import { buildContext, type FlagContext } from "./flag/context";
import { languageOf } from "./flag/language";
import { unitNovelty } from "./flag/novelty";
import { findPhrases } from "./flag/phrases";
import { redundancyScores } from "./flag/redundancy";
import { redundantScore } from "./flag/redundancyWeights";
import { findRedundant } from "./flag/redundantUnits";
import { flagRules, rulesOffByDefault } from "./flag/rules";
import { type Thresholds, thresholdsWith } from "./flag/thresholds";
import { readWords } from "./flag/words";
import { compressionRatio } from "./measure/compression";
import { verbalisedConfidence } from "./measure/confidence";
import { premiseDoubtPer1k, premiseDoubts, premiseWeight } from "./measure/premiseDoubt";
import { functionShares, redundantShare } from "./measure/shares";
import { solutionMeasures } from "./measure/solutions";
import { countSwitches } from "./measure/switches";
import { estimateCounter, recordCounter, type TokenCounter, tokensUpTo } from "./measure/tokens";
import { splitSentences } from "./segment/sentences";
import { splitSteps } from "./segment/steps";
import { formUnits } from "./segment/units";
import type { Trace } from "./trace";
import { borrowTraceTokens, KeptColumns } from "./words/tokens";
import type { Writable } from "./writable";

/** What a user may set. */
export interface AnalyzeOptions {
  /** Numbers of single rules; the others keep their defaults. */
  readonly thresholds?: Partial<Thresholds>;
  /** Rules that are not run; without it, those off by default. */
  readonly rulesOff?: readonly RuleId[];
  /** Counts tokens; without it, the record's own count, else an estimate from the length. */
  readonly tokenCounter?: TokenCounter;
  /** Code units of the text that flags and word measures read; steps, units and answers always cover all of it. Default: no limit. */
  readonly limit?: number;
}

const wholeNumber = /^-?\d{1,15}$/;

/** `equivalent`, each pair of answers compared once; whole numbers, the most frequent answers, compare as such. */
const rememberAnswers = (): ((a: string, b: string) => boolean) => {
  const known = new Map<string, Map<string, boolean>>();
  return (a, b) => {
    if (a === b) return true;
    if (wholeNumber.test(a) && wholeNumber.test(b)) return Number(a) === Number(b);
    const row = known.get(a) ?? new Map<string, boolean>();
    known.set(a, row);
    const remembered = row.get(b);
    if (remembered !== undefined) return remembered;
    const same = equivalent(a, b).equal;
    row.set(b, same);
    return same;
  };
};

interface Answers {
  readonly finalAnswer?: string;
  readonly finalAnswerFrom?: "response" | "field" | "reasoning";
  readonly referenceAnswer?: string;
  readonly verdict: Verdict;
  readonly verdictFrom: Analysis["verdictFrom"];
  readonly recordVerdict?: "correct" | "wrong";
}

const recordedVerdict = ({ recordedCorrect }: Trace): Answers["recordVerdict"] =>
  recordedCorrect === undefined ? undefined : recordedCorrect ? "correct" : "wrong";

const judgeAnswers = (
  trace: Trace,
  candidates: readonly ProtoCandidate[],
  stated: ReturnType<typeof statedFinalAnswer>,
  reference: string | undefined,
  same: (a: string, b: string) => boolean,
): Answers => {
  const final = findFinalAnswer(trace, candidates, stated);
  const recordVerdict = recordedVerdict(trace);
  const answers: Writable<Answers> = { verdict: recordVerdict ?? "unknown", verdictFrom: "none" };
  if (recordVerdict) {
    answers.verdictFrom = "record";
    answers.recordVerdict = recordVerdict;
  }
  if (final) {
    answers.finalAnswer = final.answer;
    answers.finalAnswerFrom = final.from;
  }
  if (reference === undefined) return answers;
  answers.referenceAnswer = reference;
  if (final) {
    answers.verdict = same(final.answer, reference) ? "correct" : "wrong";
    answers.verdictFrom = "compared";
  }
  return answers;
};

const orderOfRule = new Map(flagRules.map((rule, index) => [rule.id, index]));

const runRules = (context: FlagContext, off: ReadonlySet<RuleId>): Flag[] => {
  const flags: Flag[] = [];
  for (const rule of flagRules) {
    if (off.has(rule.id)) continue;
    for (const flag of rule.find(context)) flags.push(flag);
  }
  return flags.sort((a, b) => a.start - b.start || b.end - a.end || (orderOfRule.get(a.rule) ?? 0) - (orderOfRule.get(b.rule) ?? 0));
};

const counterFor = (trace: Trace, options: AnalyzeOptions): TokenCounter => {
  if (options.tokenCounter) return options.tokenCounter;
  return trace.givenTokens === undefined ? estimateCounter : recordCounter(trace.text, trace.givenTokens);
};

const loopShare = (context: FlagContext): number => {
  let longest = 0;
  for (const { firstWord, endWord } of context.loops) {
    longest = Math.max(longest, (context.words.ends[endWord - 1] ?? 0) - (context.words.starts[firstWord] ?? 0));
  }
  return context.text.length === 0 ? 0 : longest / context.text.length;
};

const responseMemory = { tokens: new KeptColumns(), words: new KeptColumns() };

/** Adds the measures that only some traces have: where the text first doubts its premise, the confidence it states. */
const addStated = (measures: Writable<Measures>, { phrases, stepWords, steps, text, trace }: FlagContext): void => {
  const first = premiseDoubts(phrases)[0];
  const step = first ? stepWords.findLastIndex((word, index) => index < steps.length && word <= first.start) : -1;
  if (step >= 0) measures.firstPremiseDoubtStep = step;
  const confidence = verbalisedConfidence(text, trace.response);
  if (confidence !== undefined) measures.confidence = confidence;
};

/** Phrases of the text and the response that doubt a premise, per 1,000 tokens of both. */
const premiseDoubt = ({ phrases, trace, vocabulary }: FlagContext, tokens: number): number => {
  const answering = findPhrases(readWords(trace.response, vocabulary, responseMemory));
  return premiseDoubtPer1k(premiseWeight(phrases) + premiseWeight(answering), tokens);
};

/** The score of a step that a rule marks: above the threshold, marked steps among themselves in the order of their scores. */
const markedScore = (score: number): number => Math.max(score, redundantScore + (1 - redundantScore) * score);

/**
 * The analysis of one trace: steps, units, answers, flags and measures. Pure and deterministic; any trace whatever gives an analysis, an empty text one
 * without steps. Linear in the text.
 */
export const analyze = (trace: Trace, options: AnalyzeOptions = {}): Analysis => {
  const { text } = trace;
  const same = rememberAnswers();
  const counter = counterFor(trace, options);
  const tokenised = borrowTraceTokens(trace);
  const protoSteps = splitSteps(trace, splitSentences(text), tokenised);
  const reference = trace.reference === undefined || trace.reference.trim() === "" ? undefined : shortAnswer(trace.reference);
  const stated = statedFinalAnswer(trace);
  const known = [stated?.answer, reference].filter((answer) => answer !== undefined);
  const protoCandidates = findCandidates(text, protoSteps, { question: trace.question, ...(known.length > 0 ? { known } : {}) });
  const answers = judgeAnswers(trace, protoCandidates, stated, reference, same);
  const protoUnits = formUnits(protoSteps, protoCandidates, text);
  const context = buildContext({
    trace,
    steps: protoSteps,
    units: protoUnits,
    candidates: protoCandidates,
    finalAnswer: answers.finalAnswer,
    finalAnswerFrom: answers.finalAnswerFrom,
    thresholds: thresholdsWith(options.thresholds),
    counter,
    tokens: tokenised,
    limit: options.limit ?? Number.POSITIVE_INFINITY,
    sameAnswer: same,
  });
  const tokensBefore = tokensUpTo(text, [...protoSteps.map((step) => step.start), text.length], counter);
  const tokens = tokensBefore.at(-1) ?? 0;
  const stepTokens = protoSteps.map((_, index) => (tokensBefore[index + 1] ?? 0) - (tokensBefore[index] ?? 0));
  const off = new Set<RuleId>(options.rulesOff ?? rulesOffByDefault);
  const flags = runRules(context, off);
  const counting = new Set<string>(flagRules.filter((rule) => rule.redundant && !off.has(rule.id)).map((rule) => rule.id));
  const redundant = findRedundant(context, flags, counting, stepTokens);
  const scores = redundancyScores(context);
  const steps = protoSteps.map((step, index): Step => {
    const marked = redundant.steps[index] === 1;
    const score = scores[index] ?? 0;
    return {
      start: step.start,
      end: step.end,
      function: step.function,
      confidence: step.confidence,
      unit: context.unitOfStep[index] ?? 0,
      tokens: stepTokens[index] ?? 0,
      redundancy: marked ? markedScore(score) : score,
      redundant: marked,
      paragraphStart: step.paragraphStart,
    };
  });
  const units = protoUnits.map((proto, index): Unit => {
    const { start, end, role, firstStep, endStep, answer } = proto;
    const unit: Writable<Unit> = {
      start,
      end,
      role,
      firstStep,
      endStep,
      tokens: (tokensBefore[endStep] ?? 0) - (tokensBefore[firstStep] ?? 0),
      redundant: redundant.units[index] === 1,
    };
    if (answer !== undefined) unit.answer = answer;
    return unit;
  });
  const candidates = protoCandidates.map(({ start, end, answer, form, step }): Candidate => {
    const unit = context.unitOfStep[step] ?? 0;
    const equalsFinal = answers.finalAnswer !== undefined && same(answer, answers.finalAnswer);
    const judged: Writable<Candidate> = { start, end, answer, form, step, unit, equalsFinal };
    if (reference !== undefined) judged.equalsReference = same(answer, reference);
    return judged;
  });
  const novelty = unitNovelty(context);
  const responseTokens = counter.count(trace.response);
  const { switches, switchesPer1k } = countSwitches(context.units, context.steps, tokens);
  const measures: Writable<Measures> = {
    switches,
    switchesPer1k,
    premiseDoubtPer1k: premiseDoubt(context, tokens + responseTokens),
    loopShare: loopShare(context),
    compressionRatio: compressionRatio(text),
    redundantShare: redundantShare(steps, units, tokens),
    redundantUnits: units.filter((unit) => unit.redundant).length,
    functionShares: functionShares(steps, tokens),
  };
  addStated(measures, context);
  const hasReference = reference !== undefined;
  const { verdict, verdictFrom, finalAnswer, finalAnswerFrom, recordVerdict } = answers;
  solutionMeasures({ units, candidates, tokensBefore, verdict, hasReference, novelty: (unit) => novelty[unit] ?? 0 }, measures);
  const analysis: Writable<Analysis> = {
    steps,
    units,
    candidates,
    flags,
    verdict,
    verdictFrom,
    tokens,
    responseTokens,
    tokenCounter: counter.name,
    language: text === "" ? languageOf(trace.response) : context.language,
    measures,
  };
  if (finalAnswer !== undefined) analysis.finalAnswer = finalAnswer;
  if (finalAnswerFrom !== undefined) analysis.finalAnswerFrom = finalAnswerFrom;
  if (reference !== undefined) analysis.referenceAnswer = reference;
  if (recordVerdict) analysis.recordVerdict = recordVerdict;
  return analysis;
};
