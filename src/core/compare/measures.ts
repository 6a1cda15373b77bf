/** What an alignment means: tokens by step function, functions the student drops, and steps the teacher's answer rests on that the student lacks. */
import { type Analysis, type StepFunction, stepFunctions } from "../analysis";
import type { Trace } from "../trace";
import { firstOwnAnswer, resultCheck } from "./divergence";
import { indicesOf, type TraceDiff } from "./traceDiff";

/** Tokens of one step function on both sides. */
export interface FunctionTokens {
  readonly function: StepFunction;
  readonly teacher: number;
  readonly student: number;
}

/** A teacher's step without a partner whose results the teacher's later steps use on the way to its answer, and the student nowhere states. */
export interface MissingStep {
  /** Index of the teacher's step. */
  readonly step: number;
  /** The numbers that it introduces and that stand nowhere in the student's text, at least one. */
  readonly results: readonly string[];
}

/** The first place where the student's result is not the teacher's. */
export interface FirstResult {
  /** Index of the step row. */
  readonly stepRow: number;
  /** In plain words: "the teacher states 156, the student 146". */
  readonly words: string;
}

/** See the fields. */
export interface DiffMeaning {
  /** In the order of the legend; functions that neither side has are left out. */
  readonly functions: readonly FunctionTokens[];
  /** Functions with at least 5 % of the teacher's tokens and less than a fifth of that share in the student's trace. */
  readonly dropped: readonly StepFunction[];
  /** Most used first, at most 20. */
  readonly missing: readonly MissingStep[];
  /** Absent where no result is known to differ. */
  readonly firstResult?: FirstResult;
}

/** One side of a comparison. */
interface Side {
  readonly trace: Trace;
  readonly analysis: Analysis;
}

const leastShare = 0.05;
const droppedBelow = 0.2;
const mostMissing = 20;

function tokensByFunction(analysis: Analysis): Map<StepFunction, number> {
  const tokens = new Map<StepFunction, number>();
  for (const step of analysis.steps) {
    tokens.set(step.function, (tokens.get(step.function) ?? 0) + step.tokens);
  }
  return tokens;
}

/** Numbers of two digits or more, decimals and fractions: short enough to be results, rare enough to be recognised. */
const resultShape = /(?<![\w.])\d{2,}(?:\.\d+)?(?:\/\d+)?(?!\w)|(?<![\w.])\d+(?:\.\d+|\/\d+)(?!\w)/g;

const fraction = /\\[dt]?frac\s*\{\s*(\d+)\s*\}\s*\{\s*(\d+)\s*\}/g;
const thousands = /(?<=\d)(?:,|\{,\})(?=\d{3}(?!\d))/g;

/** Results of a text in one spelling: `\frac{4}{9}` is 4/9, 1,200 is 1200. */
function resultsIn(text: string): Set<string> {
  return new Set(text.replace(fraction, "$1/$2").replace(thousands, "").match(resultShape) ?? []);
}

interface Dependencies {
  /** Results first seen in each step. */
  readonly introduced: readonly ReadonlySet<string>[];
  /** Steps that introduce what each step uses. */
  readonly uses: readonly ReadonlySet<number>[];
}

function dependencies(text: string, analysis: Analysis, question: string): Dependencies {
  const firstSeen = new Map<string, number>([...resultsIn(question)].map((result) => [result, -1]));
  const introduced: Set<string>[] = [];
  const uses: Set<number>[] = [];
  for (const [index, step] of analysis.steps.entries()) {
    const fresh = new Set<string>();
    const used = new Set<number>();
    for (const result of resultsIn(text.slice(step.start, step.end))) {
      const first = firstSeen.get(result);
      if (first === undefined) {
        firstSeen.set(result, index);
        fresh.add(result);
      } else if (first >= 0) {
        used.add(first);
      }
    }
    introduced.push(fresh);
    uses.push(used);
  }
  return { introduced, uses };
}

/** Steps that the first statement of the final answer rests on, by the results that pass from one to the next. */
function ancestors(uses: readonly ReadonlySet<number>[], from: number): Set<number> {
  const found = new Set<number>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const earlier of uses[at] ?? []) {
      if (!found.has(earlier)) {
        found.add(earlier);
        open.push(earlier);
      }
    }
  }
  return found;
}

function missingSteps(teacher: Side, student: Side, diff: TraceDiff): MissingStep[] {
  const { trace, analysis } = teacher;
  const answered = analysis.candidates.find((candidate) => candidate.equalsFinal)?.step;
  if (answered === undefined) {
    return [];
  }
  const { introduced, uses } = dependencies(trace.text, analysis, trace.question);
  const needed = ancestors(uses, answered);
  const alone = new Set(diff.steps.flatMap((row) => (row.kind === "teacher-only" && row.teacher !== undefined ? [row.teacher] : [])));
  const stated = resultsIn(student.trace.text);
  return [...needed]
    .filter((step) => alone.has(step) && step !== answered)
    .map((step) => ({ step, results: [...(introduced[step] ?? [])].filter((result) => !stated.has(result)).slice(0, 6) }))
    .filter(({ results }) => results.length > 0)
    .sort((a, b) => b.results.length - a.results.length || a.step - b.step)
    .slice(0, mostMissing);
}

/** The first matched row whose results differ; else the first step in which the student states an answer that the teacher never states. */
function firstResult(teacher: Side, student: Side, diff: TraceDiff): FirstResult | undefined {
  const differs = resultCheck(sideOf(teacher), sideOf(student));
  for (const [stepRow, row] of diff.steps.entries()) {
    const words = differs(row);
    if (words !== undefined) return { stepRow, words };
  }
  const own = firstOwnAnswer(teacher.analysis, student.analysis);
  const stepRow = own ? diff.steps.findIndex((row) => indicesOf(row, "student").includes(own.step)) : -1;
  return own && stepRow >= 0 ? { stepRow, words: own.words } : undefined;
}

const sideOf = ({ trace, analysis }: Side) => ({ text: trace.text, analysis });

/**
 * The meaning of an alignment. Dependence is a proxy: a step rests on an earlier one when it uses a number or fraction that the earlier one was the
 * first to state and the question does not contain. Linear in the teacher's text.
 */
export function meaningOf(teacher: Side, student: Side, diff: TraceDiff): DiffMeaning {
  const [left, right] = [tokensByFunction(teacher.analysis), tokensByFunction(student.analysis)];
  const functions = stepFunctions
    .map((name) => ({ function: name, teacher: left.get(name) ?? 0, student: right.get(name) ?? 0 }))
    .filter((entry) => entry.teacher + entry.student > 0);
  const share = (tokens: number, total: number): number => (total > 0 ? tokens / total : 0);
  const dropped = functions
    .filter((entry) => {
      const [ours, theirs] = [share(entry.teacher, teacher.analysis.tokens), share(entry.student, student.analysis.tokens)];
      return ours >= leastShare && theirs < droppedBelow * ours;
    })
    .map((entry) => entry.function);
  const first = firstResult(teacher, student, diff);
  return { functions, dropped, missing: missingSteps(teacher, student, diff), ...(first ? { firstResult: first } : {}) };
}
