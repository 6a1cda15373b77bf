/** Thinking units: consecutive steps that work toward one candidate answer (MinD, arXiv 2505.19788). */
import type { UnitRole } from "../analysis";
import type { Span } from "../trace";
import type { Writable } from "../writable";
import type { CueClass } from "./cues";
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

/** A unit shorter than this (letters) that states no answer joins a neighbour. */
const tinyUnit = 160;
/** A unit that states no answer is joined with a following one of the same role when it is shorter than this (letters). */
const denseUnit = 800;
/**
 * An attempt that drew a conclusion, though no answer, counts as done when a check or a turn follows, provided it is at least this share of the
 * text and at least / at most this many letters: intermediate results abound in long traces.
 */
const attempt = { share: 0.04, least: 60, most: 700 };

/** Letters that one code unit stands for: a Chinese character says as much as three. Read from the first {@link sampled} units. */
const sampled = 400;
function lettersPerUnit(text: string): number {
  const sample = text.slice(0, sampled);
  const chinese = sample.match(/[\u3400-\u9fff]/g)?.length ?? 0;
  return chinese * 4 > sample.length ? 3 : 1;
}

interface Draft {
  role: UnitRole;
  firstStep: number;
  endStep: number;
  answer: string | undefined;
  /** It drew a conclusion, be it no answer. */
  concluded: boolean;
  /** It starts by naming another approach. */
  readonly turned: boolean;
  /** It starts by naming a mistake. */
  readonly corrects: boolean;
}

/**
 * Forms units over steps. A unit starts at the first step, at a step that verifies, backtracks or changes approach after something was concluded,
 * and at new work after a stated answer. No steps give no units. Linear.
 */
export function formUnits(steps: readonly ProtoStep[], candidates: readonly StatedAnswer[], text: string): ProtoUnit[] {
  if (steps.length === 0) return [];
  const letters = lettersPerUnit(text);
  const drafts = mergeTiny(draftUnits(steps, candidates, letters), steps, letters);
  return drafts.map((draft) => {
    const unit: Writable<ProtoUnit> = {
      start: steps[draft.firstStep]?.start ?? 0,
      end: draft.endStep === steps.length ? text.length : (steps[draft.endStep]?.start ?? text.length),
      role: draft.role,
      firstStep: draft.firstStep,
      endStep: draft.endStep,
    };
    if (draft.answer !== undefined) unit.answer = draft.answer;
    return unit;
  });
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

function draftUnits(steps: readonly ProtoStep[], candidates: readonly StatedAnswer[], letters: number): Draft[] {
  const answerOf = new Map<number, string>();
  for (const candidate of candidates) answerOf.set(candidate.step, candidate.answer);
  const closing = closingStep(steps);
  const drafts: Draft[] = [];
  const long = Math.min(attempt.most, Math.max(attempt.least, letters * attempt.share * (steps.at(-1)?.end ?? 0))) / letters;
  let progress: Progress = { start: 0, concluded: false, answered: false, everAnswered: false };
  let stated: string | undefined;
  steps.forEach((step, i) => {
    const current = drafts.at(-1);
    const closes = i === closing && current !== undefined && (progress.answered || current.role !== "solve");
    const role = !current ? firstRole(step) : closes ? "conclude" : roleOfStart(step, steps[i + 1], current, progress, long);
    if (role) {
      drafts.push({
        role,
        firstStep: i,
        endStep: i + 1,
        answer: undefined,
        concluded: false,
        turned: step.cues.includes("switch"),
        corrects: corrects(step),
      });
      progress = { start: step.start, concluded: false, answered: false, everAnswered: progress.everAnswered };
    } else if (current) current.endStep = i + 1;
    const unit = drafts.at(-1);
    const answer = answerOf.get(i);
    if (unit && answer !== undefined && unit.role === "revise" && !unit.corrects && sayTheSame(answer, stated)) unit.role = "verify";
    if (answer !== undefined) stated = answer;
    if (unit && answer !== undefined) {
      unit.answer = answer;
      progress.answered ||= unit.role !== "verify" || step.function === "conclude";
      progress.everAnswered = true;
    }
    if (step.function !== "conclude" || !isSure(step)) return;
    progress.concluded = true;
    if (unit) unit.concluded = true;
  });
  return drafts;
}

const firstRole = (step: ProtoStep): UnitRole => (step.function === "setup" ? "setup" : "solve");

/**
 * The step where a closing statement starts: the paragraph from which all steps to the end conclude, or what concludes after a check in the last
 * paragraph. −1 when there is none.
 */
function closingStep(steps: readonly ProtoStep[]): number {
  let run = steps.length;
  while (run > 0 && steps[run - 1]?.function === "conclude") run--;
  let first = run;
  while (first < steps.length && steps[first]?.paragraphStart === false) first++;
  if (first < steps.length) return first;
  const before = steps[run - 1]?.function;
  return run < steps.length && (before === "verify" || before === "doubt") ? run : -1;
}

/** The role of the unit that `step` starts; undefined when it continues the current one. A doubt that leads into a check starts it. */
function roleOfStart(step: ProtoStep, next: ProtoStep | undefined, unit: Draft, progress: Progress, long: number): UnitRole | undefined {
  if (unit.role === "setup") return step.function === "setup" ? undefined : "solve";
  const leads = step.function === "doubt" && next?.function === "verify";
  const checks = step.function === "verify" || leads;
  const grown = (leads ? next.start : step.start) - progress.start >= long;
  if (unit.role === "verify" && progress.everAnswered && announcesCheck(step)) return "verify";
  if (unit.role === "verify" && checks && !grown) return undefined;
  if (unit.role === "verify" && progress.everAnswered && step.function === "switch" && isSure(step)) return turnRole(step);
  const done = progress.answered || (progress.concluded && grown);
  if (!done) return grown && isSure(step) && step.function === "switch" ? turnRole(step) : undefined;
  if (!isSure(step)) return undefined;
  if (checks) return onlyAffirms(step) ? undefined : "verify";
  if (step.function === "switch") return turnRole(step);
  if (step.function === "conclude" || !isGenerated(step)) return undefined;
  return progress.answered && step.paragraphStart ? newWorkRole(step) : undefined;
}

const isGenerated = (step: ProtoStep): boolean => step.function !== "tool-call" && step.function !== "observation";

/** Below this confidence a check or a turn starts a unit only where its words say so. */
const sure = 0.5;
const isSure = (step: ProtoStep): boolean => step.confidence >= sure || step.cues.some((cue) => turningCues.has(cue));
const turningCues: ReadonlySet<CueClass> = new Set<CueClass>([
  "wait",
  "verify",
  "backtrack",
  "switch",
  "error",
  "hesitation",
  "doubt",
  "contrast",
]);

/** "Yes, the same" ends what came before it. */
const onlyAffirms = (step: ProtoStep): boolean =>
  step.cues.includes("affirm") && !step.cues.some((cue) => cue === "verify" || cue === "wait" || cue === "contrast");

/** "But let me check again": another check, however short the one before. */
const announcesCheck = (step: ProtoStep): boolean =>
  step.cues.includes("verify") && step.cues.some((cue) => openingCheck.has(cue)) && !onlyAffirms(step);
const openingCheck: ReadonlySet<CueClass> = new Set<CueClass>(["contrast", "wait", "intent", "switch"]);

const corrects = (step: ProtoStep): boolean => step.cues.includes("error") || step.cues.includes("backtrack");

/** Two statements of one answer, by their letters and digits: "30" and "30 degrees". */
function sayTheSame(answer: string, before: string | undefined): boolean {
  if (before === undefined) return false;
  const bare = (words: string): string => words.replaceAll(/[^\p{L}\p{N}./-]+/gu, " ").trim();
  const [a, b] = [bare(answer), bare(before)];
  return a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `);
}

/** Changing approach is an alternative; correcting is a revision. */
const turnRole = (step: ProtoStep): UnitRole => (step.cues.includes("switch") ? "alternative" : "revise");

/** New work after a stated answer: doubt and checks open a verification, other work another attempt. */
function newWorkRole(step: ProtoStep): UnitRole {
  const checks =
    step.function === "doubt" || step.cues.some((cue) => cue === "wait" || cue === "verify" || cue === "doubt" || cue === "lookBack");
  return checks ? "verify" : "alternative";
}

/** Joins a unit that states no answer and is tiny, or goes on in the role of the one before, with its neighbour. */
function mergeTiny(drafts: readonly Draft[], steps: readonly ProtoStep[], letters: number): Draft[] {
  const sizeOf = (draft: Draft): number => letters * ((steps[draft.endStep - 1]?.end ?? 0) - (steps[draft.firstStep]?.start ?? 0));
  const merged: Draft[] = [];
  for (const draft of drafts) {
    const last = merged.at(-1);
    const onlySays = last?.role === "verify" && draft.role === "verify" && sizeOf(last) < tinyUnit;
    const open =
      last !== undefined &&
      (onlySays || (last.role !== "setup" && last.answer === undefined && !(last.role === "solve" && last.concluded)));
    const mendsCheck = draft.role === "revise" && last?.role === "verify";
    if (!open || draft.role === "conclude" || draft.turned || mendsCheck) {
      merged.push(draft);
      continue;
    }
    const tiny = sizeOf(last) < tinyUnit;
    if (!tiny && !(last.role === draft.role && sizeOf(last) < denseUnit)) {
      merged.push(draft);
      continue;
    }
    if (tiny && last.role !== "solve") last.role = draft.role;
    last.endStep = draft.endStep;
    last.answer = draft.answer ?? last.answer;
  }
  return merged;
}
