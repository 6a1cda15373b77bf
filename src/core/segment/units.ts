/** Thinking units: consecutive steps that work toward one candidate answer (MinD, arXiv 2505.19788). */
import type { UnitRole } from "../analysis";
import type { Span } from "../trace";
import type { ProtoStep } from "./steps";

/** What units need to know of a stated answer: its place and its words. */
export interface StatedAnswer extends Span {
  /** Index of the step that states it. */
  readonly step: number;
  readonly answer: string;
}

/** A unit before tokens and flags are known. Units tile the steps and the text. */
export interface ProtoUnit extends Span {
  readonly role: UnitRole;
  readonly firstStep: number;
  readonly endStep: number;
  /** The last answer it states, as written. */
  readonly answer?: string;
}

/** A unit shorter than this (code units) that states no answer joins a neighbour. */
const tinyUnit = 160;
/** A unit that states no answer is joined with a following one of the same role when it is shorter than this (code units). */
const denseUnit = 800;
/**
 * An attempt that drew a conclusion, though no answer, counts as done when a check or a turn follows, provided it is at least this share of the
 * text and at least / at most this many code units: intermediate results abound in long traces.
 */
const attempt = { share: 0.04, least: 60, most: 700 };

interface Draft {
  role: UnitRole;
  firstStep: number;
  endStep: number;
  answer: string | undefined;
}

/**
 * Forms units over steps. A unit starts at the first step, at a step that verifies, backtracks or changes approach after something was concluded,
 * and at new work after a stated answer. No steps give no units. Linear.
 */
export function formUnits(steps: readonly ProtoStep[], candidates: readonly StatedAnswer[], text: string): ProtoUnit[] {
  if (steps.length === 0) return [];
  const drafts = mergeTiny(draftUnits(steps, candidates), steps);
  return drafts.map((draft) => ({
    start: steps[draft.firstStep]?.start ?? 0,
    end: draft.endStep === steps.length ? text.length : (steps[draft.endStep]?.start ?? text.length),
    role: draft.role,
    firstStep: draft.firstStep,
    endStep: draft.endStep,
    ...(draft.answer === undefined ? {} : { answer: draft.answer }),
  }));
}

/** What has happened since the current unit began. */
interface Progress {
  /** Offset where it began. */
  readonly start: number;
  /** A conclusion was drawn that is no answer to the question. */
  concluded: boolean;
  /** A candidate answer was stated. */
  answered: boolean;
  /** A candidate answer was stated in this unit or an earlier one. */
  everAnswered: boolean;
}

function draftUnits(steps: readonly ProtoStep[], candidates: readonly StatedAnswer[]): Draft[] {
  const answerOf = new Map<number, string>();
  for (const candidate of candidates) answerOf.set(candidate.step, candidate.answer);
  const closing = closingStep(steps);
  const drafts: Draft[] = [];
  const long = Math.min(attempt.most, Math.max(attempt.least, attempt.share * (steps.at(-1)?.end ?? 0)));
  let progress: Progress = { start: 0, concluded: false, answered: false, everAnswered: false };
  steps.forEach((step, i) => {
    const current = drafts.at(-1);
    const closes = i === closing && current !== undefined && (progress.answered || current.role !== "solve");
    const role = !current ? firstRole(step) : closes ? "conclude" : roleOfStart(step, current, progress, long);
    if (role) {
      drafts.push({ role, firstStep: i, endStep: i + 1, answer: undefined });
      progress = { start: step.start, concluded: false, answered: false, everAnswered: progress.everAnswered };
    } else if (current) current.endStep = i + 1;
    const unit = drafts.at(-1);
    const answer = answerOf.get(i);
    if (unit && answer !== undefined) {
      unit.answer = answer;
      progress.answered = true;
      progress.everAnswered = true;
    }
    if (step.function === "conclude") progress.concluded = true;
  });
  return drafts;
}

const firstRole = (step: ProtoStep): UnitRole => (step.function === "setup" ? "setup" : "solve");

/** The step where a closing statement starts: the paragraph from which all steps to the end conclude. −1 when there is none. */
function closingStep(steps: readonly ProtoStep[]): number {
  let first = steps.length;
  while (first > 0 && steps[first - 1]?.function === "conclude") first--;
  while (first < steps.length && steps[first]?.paragraphStart === false) first++;
  return first < steps.length ? first : -1;
}

/** The role of the unit that `step` starts; undefined when it continues the current one. */
function roleOfStart(step: ProtoStep, unit: Draft, progress: Progress, long: number): UnitRole | undefined {
  if (unit.role === "setup") return step.function === "setup" ? undefined : "solve";
  const grown = step.start - progress.start >= long;
  if (unit.role === "verify" && step.function === "verify" && !grown) return undefined;
  if (unit.role === "verify" && progress.everAnswered && step.function === "switch" && step.cues.includes("switch")) return "alternative";
  const done = progress.answered || (progress.concluded && grown);
  if (!done) return undefined;
  if (step.function === "verify") return "verify";
  if (step.function === "switch") return turnRole(step);
  if (step.function === "conclude" || !isGenerated(step)) return undefined;
  return progress.answered && step.paragraphStart ? newWorkRole(step) : undefined;
}

const isGenerated = (step: ProtoStep): boolean => step.function !== "tool-call" && step.function !== "observation";

/** Changing approach is an alternative; correcting is a revision. */
const turnRole = (step: ProtoStep): UnitRole => (step.cues.includes("switch") ? "alternative" : "revise");

/** New work after a stated answer: doubt and checks open a verification, other work another attempt. */
function newWorkRole(step: ProtoStep): UnitRole {
  const checks =
    step.function === "doubt" || step.cues.some((cue) => cue === "wait" || cue === "verify" || cue === "doubt" || cue === "lookBack");
  return checks ? "verify" : "alternative";
}

/** Joins a unit that states no answer and is tiny, or goes on in the role of the one before, with its neighbour. */
function mergeTiny(drafts: readonly Draft[], steps: readonly ProtoStep[]): Draft[] {
  const sizeOf = (draft: Draft): number => (steps[draft.endStep - 1]?.end ?? 0) - (steps[draft.firstStep]?.start ?? 0);
  const merged: Draft[] = [];
  for (const draft of drafts) {
    const last = merged.at(-1);
    const open = last !== undefined && last.role !== "setup" && last.answer === undefined;
    if (!open || draft.role === "conclude") {
      merged.push({ ...draft });
      continue;
    }
    const tiny = sizeOf(last) < tinyUnit;
    if (!tiny && !(last.role === draft.role && sizeOf(last) < denseUnit)) {
      merged.push({ ...draft });
      continue;
    }
    if (tiny && last.role !== "solve") last.role = draft.role;
    last.endStep = draft.endStep;
    last.answer = draft.answer;
  }
  return merged;
}
