import type { Flag } from "../analysis";
import { earlierPassage, type FlagContext, flagOn, wordsOfStep, wordsOfUnit } from "./context";
import { knownGroundFlags } from "./knownGroundSteps";
import { clipped } from "./phrasing";
import { type Recalculated, recalculated } from "./recalculation";
import type { FlagRule } from "./rule";
import { sharedSpans } from "./shared";
import { type Answers, readAnswers } from "./unitAnswers";

/** Steps that carry a check on after its first step. */
const carriesOn: ReadonlySet<string> = new Set(["verify", "derive", "recall", "conclude"]);

/** Classes of phrases that announce a check or its outcome. */
const announces: ReadonlySet<string> = new Set(["check", "again", "assure"]);

/** 1 for every step in which a phrase announces a check. */
const announcedChecks = ({ steps, stepWords, phrases }: FlagContext): Uint8Array => {
  const announced = new Uint8Array(steps.length);
  let step = 0;
  for (const { cls, first } of phrases) {
    while (step < steps.length - 1 && (stepWords[step + 1] ?? 0) <= first) step++;
    if (announces.has(cls)) announced[step] = 1;
  }
  return announced;
};

/** 1 for every step that belongs to a check: it verifies, or follows a verifying step of its unit without turning elsewhere. */
const checkSteps = (context: FlagContext, announced: Uint8Array): Uint8Array => {
  const checks = announced.slice();
  context.steps.forEach((step, index) => {
    if (step.function === "setup" || step.function === "plan" || step.function === "observation") checks[index] = 0;
    else if (step.function === "verify" || step.cues.includes("verify")) checks[index] = 1;
    else if (
      index > 0 &&
      checks[index - 1] === 1 &&
      context.unitOfStep[index] === context.unitOfStep[index - 1] &&
      carriesOn.has(step.function)
    )
      checks[index] = 1;
  });
  return checks;
};

/** Roles of units whose new answer comes from going over an old one. */
const reworks: ReadonlySet<string> = new Set(["verify", "revise"]);

const spoiled: ReadonlySet<string> = new Set(["error", "backtrack"]);

const stepFlag = (context: FlagContext, index: number, found: Recalculated): Flag | undefined => {
  const step = context.steps[index];
  const before = context.steps[found.step];
  if (!step || !before) return undefined;
  const shared = sharedSpans(context.words, wordsOfStep(context, index), context.words, wordsOfStep(context, found.step));
  return flagOn("reverify", "step", index, step, {
    words: `re-verifies step ${found.step + 1} · same result ${found.result}`,
    detail: `a check that works out a result of step ${found.step + 1} again; ${Math.round(found.share * 100)} % of its numbers stand in the steps it goes over, threshold ${Math.round(context.thresholds.reverifyOverlap * 100)} %`,
    earlier: earlierPassage(context.text, "step", found.step, before),
    similarity: found.share,
    answer: found.result,
    here: shared.here,
    there: shared.there,
  });
};

/**
 * Index of the first unit after one that states an answer: before it, going over a calculation is part of solving. A solution given in steps is looked
 * at from the start, and so is a trace that states no answer: it may have one in other words.
 */
const firstAfterAnswer = ({ trace, units }: FlagContext): number => {
  if (trace.givenSteps && trace.givenSteps.length > 0) return 0;
  return units.findIndex((unit) => unit.answer !== undefined) + 1;
};

const stepFlags = (context: FlagContext, checks: Uint8Array, changes: Uint8Array): Flag[] => {
  const flags: Flag[] = [];
  const from = firstAfterAnswer(context);
  context.steps.forEach((step, index) => {
    const unit = context.unitOfStep[index] ?? 0;
    if (unit < from) return;
    const productive = (changes[unit] === 1 && reworks.has(context.units[unit]?.role ?? "")) || step.cues.some((cue) => spoiled.has(cue));
    if (checks[index] === 1 && !productive && context.looped[index] === 0) {
      const found = recalculated(context, index);
      const flag = found ? stepFlag(context, index, found) : undefined;
      if (flag) flags.push(flag);
    }
  });
  return flags;
};

/** True when a step of the unit finds an error or turns back: such a check did something. */
const findsFault = ({ units, steps }: FlagContext, unit: number): boolean => {
  const { firstStep = 0, endStep = 0 } = units[unit] ?? {};
  return steps.slice(firstStep, endStep).some((step) => step.cues.some((cue) => spoiled.has(cue)));
};

/** The step of another approach that says it came to the answer known before. */
const outcomeFlag = (context: FlagContext, { sameAs, kept }: Answers, unit: number, index: number): Flag | undefined => {
  const step = context.steps[index];
  if (step?.function !== "verify" || !step.cues.includes("affirm") || step.cues.some((cue) => spoiled.has(cue))) return undefined;
  const first = (context.units[unit]?.answer === undefined ? kept[unit] : sameAs[unit]) ?? -1;
  const earlier = context.units[first];
  if (!earlier || context.looped[index] === 1) return undefined;
  const answer = clipped(earlier.answer ?? "");
  return flagOn("reverify", "step", index, step, {
    words: `confirms unit ${first + 1} · same answer ${answer}`,
    detail: `says that another approach comes to the answer that unit ${first + 1} gave first: ${answer}`,
    earlier: earlierPassage(context.text, "unit", first, earlier),
    answer,
  });
};

/** "Same result": flags on the steps of other approaches that confirm an answer. */
const outcomeFlags = (context: FlagContext, answers: Answers, marked: ReadonlySet<number>): Flag[] => {
  const flags: Flag[] = [];
  context.units.forEach((unit, index) => {
    if (unit.role !== "alternative" || answers.changes[index] === 1) return;
    for (let step = unit.firstStep + 1; step < unit.endStep; step++) {
      const flag = marked.has(step) ? undefined : outcomeFlag(context, answers, index, step);
      if (flag) flags.push(flag);
    }
  });
  return flags;
};

/** True when a unit says that it checks, or calculates: an edge case thought through in words alone is no second verification. */
const goesOver = ({ units, equations }: FlagContext, unit: number, announced: Uint8Array): boolean => {
  const { firstStep = 0, endStep = 0 } = units[unit] ?? {};
  if (announced.subarray(firstStep, endStep).includes(1)) return true;
  return (equations.firstOfStep[endStep] ?? 0) > (equations.firstOfStep[firstStep] ?? 0);
};

const unitFlags = (context: FlagContext, announced: Uint8Array, checks: Uint8Array, { sameAs, kept, changes }: Answers): Flag[] => {
  const flags: Flag[] = [];
  context.units.forEach((unit, index) => {
    const states = unit.answer !== undefined;
    const first = (states ? sameAs[index] : kept[index]) ?? -1;
    const earlier = context.units[first];
    if (!earlier || changes[index] === 1 || unit.role === "conclude" || unit.role === "setup") return;
    if (context.loopedUnits[index] === 1) return;
    if (!states && (unit.role !== "verify" || findsFault(context, index) || !goesOver(context, index, announced))) return;
    const checking = unit.role === "verify" || checks.subarray(unit.firstStep, Math.min(unit.firstStep + 2, unit.endStep)).includes(1);
    if (!checking) return;
    const answer = clipped(earlier.answer ?? unit.answer ?? "");
    const shared = sharedSpans(context.words, wordsOfUnit(context, index), context.words, wordsOfUnit(context, first));
    flags.push(
      flagOn("reverify", "unit", index, unit, {
        words: `re-verifies unit ${first + 1} · ${states ? "same answer" : "the answer stays"} ${answer}`,
        detail: states
          ? `a check that ends in the answer unit ${first + 1} gave first: ${answer}`
          : `a check after unit ${first + 1} gave ${answer}; it finds no fault, and the answer stated next is the same`,
        earlier: earlierPassage(context.text, "unit", first, earlier),
        answer,
        here: shared.here,
        there: shared.there,
      }),
    );
  });
  return flags;
};

/** Words and signs of a line that is no step to mark by itself where its whole check is marked. */
const shortLine = 12;

/** The flags on steps without those on single lines of a calculation ("3 + 4 = 7") in a unit that is marked as a whole. */
const withoutLines = (context: FlagContext, onSteps: readonly Flag[], onUnits: readonly Flag[]): Flag[] => {
  const units = new Set(onUnits.map((flag) => flag.index));
  return onSteps.filter(({ index }) => {
    const { start, end } = wordsOfStep(context, index);
    return end - start > shortLine || !units.has(context.unitOfStep[index] ?? -1);
  });
};

/** Verification that leaves the answer as it was. */
export const reverify: FlagRule = {
  id: "reverify",
  title: "Verifies again, nothing changes",
  description:
    "A check of something already stated that comes to the same result: a verify cue, and an equation or an answer that stands earlier. A check that changes the answer is productive and never marked. In a solution whose record gives the steps, also a step that says itself that it goes over known ground.",
  redundant: true,
  integrity: false,
  find: (context) => {
    const announced = announcedChecks(context);
    const checks = checkSteps(context, announced);
    const answers = readAnswers(context);
    const onSteps = stepFlags(context, checks, answers.changes);
    const marked = new Set(onSteps.map((flag) => flag.index));
    const outcomes = outcomeFlags(context, answers, marked);
    const onUnits = unitFlags(context, announced, checks, answers);
    return [...withoutLines(context, [...onSteps, ...outcomes], onUnits), ...knownGroundFlags(context, marked), ...onUnits];
  },
};
