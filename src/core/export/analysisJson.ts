/**
 * The analysis of a trace as one JSON object: the line that the command line prints and the editor shows. Keys and units are a public format; see the README.
 */
import { type Analysis, type Evidence, type Measures, stepFunctions, type Verdict } from "../analysis";
import type { Span, Trace } from "../trace";
import type { Writable } from "../writable";
import { codePointOffsets } from "./codePoints";

/** How offsets are counted: UTF-16 code units (JavaScript, VS Code) or Unicode code points (Python). */
export type OffsetUnit = "utf16" | "codepoint";

/** What to write. */
export interface AnalysisJsonOptions {
  /** The file as the user named it. */
  readonly file: string;
  /** Adds the analysed text. */
  readonly withText: boolean;
  readonly offsets: OffsetUnit;
}

/** A plain JSON object; absent values are null so that every line has the same keys. */
export type AnalysisJson = Readonly<Record<string, unknown>>;

/** True, false, or null when unknown. */
const verdictJson: Readonly<Record<Verdict, boolean | null>> = { correct: true, wrong: false, unknown: null };

/** One trace's analysis in the public format. Key order is fixed, so equal analyses give equal lines. */
export function analysisJson(trace: Trace, analysis: Analysis, options: AnalysisJsonOptions): AnalysisJson {
  const inText = options.offsets === "codepoint" ? codePointOffsets(trace.text) : identity;
  const inQuestion = options.offsets === "codepoint" ? codePointOffsets(trace.question) : identity;
  const line: Record<string, unknown> = {
    file: options.file,
    record: trace.record,
    rollout: trace.rollout,
    id: trace.id,
    model: trace.model ?? null,
    variant: trace.variant ?? null,
    question: trace.question,
    thinking: trace.thinking,
    finalAnswer: analysis.finalAnswer ?? null,
    reference: analysis.referenceAnswer ?? trace.reference ?? null,
    correct: verdictJson[analysis.verdict],
    verdictFrom: analysis.verdictFrom,
    recordedCorrect: trace.recordedCorrect ?? null,
    tokens: analysis.tokens,
    responseTokens: analysis.responseTokens,
    tokenCounter: analysis.tokenCounter,
    language: analysis.language,
  };
  if (options.withText) line.text = trace.text;
  line.steps = analysis.steps.map((step) => ({
    start: inText(step.start),
    end: inText(step.end),
    function: step.function,
    confidence: round(step.confidence),
    unit: step.unit,
    tokens: step.tokens,
    redundancy: round(step.redundancy),
    redundant: step.redundant,
  }));
  line.units = analysis.units.map((unit) => ({
    start: inText(unit.start),
    end: inText(unit.end),
    role: unit.role,
    tokens: unit.tokens,
    answer: unit.answer ?? null,
    redundant: unit.redundant,
  }));
  line.candidates = analysis.candidates.map((candidate) => ({
    start: inText(candidate.start),
    end: inText(candidate.end),
    answer: candidate.answer,
    equalsFinal: candidate.equalsFinal,
    equalsReference: candidate.equalsReference ?? null,
  }));
  line.flags = analysis.flags.map((flag) => ({
    rule: flag.rule,
    level: flag.level,
    index: flag.index,
    start: inText(flag.start),
    end: inText(flag.end),
    evidence: evidenceJson(flag.evidence, inText, flag.rule === "restate" ? inQuestion : inText),
  }));
  line.measures = measuresJson(analysis);
  line.notices = trace.notices.map((notice) => ({ kind: notice.kind, message: notice.message }));
  return line;
}

const identity = (offset: number): number => offset;

/** Six digits tell any two scores apart and keep lines short and equal across machines. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

function evidenceJson(evidence: Evidence, inText: (offset: number) => number, there: (offset: number) => number): Evidence {
  const move = (spans: readonly Span[], offset: (at: number) => number) =>
    spans.map(({ start, end }) => ({ start: offset(start), end: offset(end) }));
  // A copy keeps the order of its keys.
  const moved: Writable<Evidence> = { ...evidence };
  if (evidence.similarity !== undefined) moved.similarity = round(evidence.similarity);
  if (evidence.earlier) {
    const { level, index, start, end } = evidence.earlier;
    moved.earlier = { level, index, start: inText(start), end: inText(end) };
  }
  if (evidence.here) moved.here = move(evidence.here, inText);
  if (evidence.there) moved.there = move(evidence.there, there);
  return moved;
}

/** Every measure in the order in which it is written. */
const writtenMeasures = {
  firstAnswerTokens: true,
  firstAnswerStep: true,
  postAnswerShare: true,
  firstCorrectTokens: true,
  firstCorrectStep: true,
  reflectionTokens: true,
  outcomeEfficiency: true,
  underthinking: true,
  processEfficiencyProxy: true,
  unitNonRedundancyProxy: true,
  switches: true,
  switchesPer1k: true,
  premiseDoubtPer1k: true,
  firstPremiseDoubtStep: true,
  confidence: true,
  loopShare: true,
  compressionRatio: true,
  redundantShare: true,
  redundantUnits: true,
} satisfies Record<Exclude<keyof Measures, "functionShares">, true>;

const isWritten = (name: string): name is keyof typeof writtenMeasures => Object.hasOwn(writtenMeasures, name);

const measureNames = Object.keys(writtenMeasures).filter(isWritten);

function measuresJson({ measures }: Analysis): Readonly<Record<string, unknown>> {
  const written: Record<string, unknown> = {};
  for (const name of measureNames) {
    const value = measures[name];
    if (value !== undefined) written[name] = round(value);
  }
  const shares: Record<string, number> = {};
  for (const name of stepFunctions) shares[name] = round(measures.functionShares[name]);
  written.functionShares = shares;
  return written;
}
