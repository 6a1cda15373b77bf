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
/** Units of one role in a row are merged when there are more than one for this many code units. */
const densestUnit = 600;

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
  concluded: boolean;
  worked: boolean;
  answered: boolean;
}

function draftUnits(steps: readonly ProtoStep[], candidates: readonly StatedAnswer[]): Draft[] {
  const answerOf = new Map<number, string>();
  for (const candidate of candidates) answerOf.set(candidate.step, candidate.answer);
  const drafts: Draft[] = [];
  let progress: Progress = { concluded: false, worked: false, answered: false };
  let previousAnswer = "";
  steps.forEach((step, i) => {
    const current = drafts.at(-1);
    const role = current ? roleOfStart(step, steps[i - 1], current, progress) : firstRole(step);
    if (role) {
      drafts.push({ role, firstStep: i, endStep: i + 1, answer: undefined });
      progress = { concluded: false, worked: false, answered: false };
    } else if (current) current.endStep = i + 1;
    const unit = drafts.at(-1);
    const answer = answerOf.get(i);
    if (answer !== undefined && unit) {
      unit.answer = answer;
      if (answer !== previousAnswer && unit.role === "conclude" && progress.worked) unit.role = "solve";
      previousAnswer = answer;
      progress.answered = true;
    }
    if (step.function === "conclude" || answer !== undefined) {
      progress.concluded = true;
    }
    if (step.function === "derive" || step.function === "verify" || step.function === "recall") progress.worked = true;
  });
  return drafts;
}

const firstRole = (step: ProtoStep): UnitRole => (step.function === "setup" ? "setup" : "solve");

/** The role of the unit that `step` starts; undefined when it continues the current one. */
function roleOfStart(
  step: ProtoStep,
  before: ProtoStep | undefined,
  unit: Draft,
  progress: Progress,
): UnitRole | undefined {
  if (unit.role === "setup") return step.function === "setup" || step.function === "doubt" ? undefined : "solve";
  const something = progress.concluded || progress.answered;
  switch (step.function) {
    case "verify":
      if (unit.role === "verify" && !progress.answered) return undefined;
      return something ? "verify" : undefined;
    case "switch":
      if (before?.function === "switch") return undefined;
      return something ? (step.cues.includes("switch") ? "alternative" : "revise") : undefined;
    case "conclude":
      return undefined;
    case "plan":
    case "derive":
    case "setup":
    case "recall":
    case "doubt":
      return progress.answered && unit.answer !== undefined && step.paragraphStart ? afterAnswer(step) : undefined;
    default:
      return undefined;
  }
}

/** New work after a stated answer: doubt opens a check, other work another attempt. */
function afterAnswer(step: ProtoStep): UnitRole {
  return step.function === "doubt" || step.cues.includes("wait") ? "verify" : "alternative";
}

function mergeTiny(drafts: readonly Draft[], steps: readonly ProtoStep[]): Draft[] {
  const sizeOf = (draft: Draft): number => (steps[draft.endStep - 1]?.end ?? 0) - (steps[draft.firstStep]?.start ?? 0);
  const merged: Draft[] = [];
  for (const draft of drafts) {
    const last = merged.at(-1);
    const joins =
      last &&
      last.role !== "setup" &&
      ((sizeOf(last) < tinyUnit && last.answer === undefined) ||
        (last.role === draft.role && sizeOf(last) < densestUnit && last.answer === undefined));
    if (!last || !joins) {
      merged.push({ ...draft });
      continue;
    }
    if (sizeOf(last) < tinyUnit) last.role = draft.role;
    last.endStep = draft.endStep;
    last.answer = draft.answer ?? last.answer;
  }
  const tail = merged.at(-1);
  if (tail && merged.length > 1) labelEnding(tail, steps);
  return merged;
}

/** A last unit that only states the answer is a conclusion. */
function labelEnding(tail: Draft, steps: readonly ProtoStep[]): void {
  const own = steps.slice(tail.firstStep, tail.endStep);
  if (own.every((step) => step.function === "conclude" || step.function === "recall")) tail.role = "conclude";
}
