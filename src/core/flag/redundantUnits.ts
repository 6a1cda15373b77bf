import type { Flag } from "../analysis";
import type { FlagContext } from "./context";

/** Which steps and units redundancy marks. */
export interface Redundant {
  readonly steps: Uint8Array;
  readonly units: Uint8Array;
}

/** True for a unit that states an answer which is not the one stated before it: it moved the trace on. */
const movesOn = (context: FlagContext, unit: number): boolean => {
  const answer = context.units[unit]?.answer;
  if (answer === undefined) return false;
  for (let before = unit - 1; before >= 0; before--) {
    const earlier = context.units[before]?.answer;
    if (earlier !== undefined) return !context.sameAnswer(earlier, answer);
  }
  return true;
};

/**
 * The redundant steps and units. A step is redundant when a flag of a redundancy rule stands on it or it lies in a loop after the first period. A unit
 * is redundant when such a flag stands on it, or when more than `unitShare` of its tokens lie in redundant steps and its answer is unchanged. The
 * closing `conclude` unit never is.
 */
export const findRedundant = (
  context: FlagContext,
  flags: readonly Flag[],
  rules: ReadonlySet<string>,
  stepTokens: readonly number[],
): Redundant => {
  const steps = rules.has("loop") ? context.looped.slice() : new Uint8Array(context.steps.length);
  const units = new Uint8Array(context.units.length);
  for (const flag of flags) if (rules.has(flag.rule)) (flag.level === "step" ? steps : units)[flag.index] = 1;
  const last = context.units.length - 1;
  context.units.forEach((unit, index) => {
    if (unit.role === "conclude" && index === last) {
      units[index] = 0;
      return;
    }
    if (units[index] === 1) return;
    let all = 0;
    let marked = 0;
    for (let step = unit.firstStep; step < unit.endStep; step++) {
      const tokens = stepTokens[step] ?? 0;
      all += tokens;
      if (steps[step] === 1) marked += tokens;
    }
    if (all > 0 && marked > all * context.thresholds.unitShare && !movesOn(context, index)) units[index] = 1;
  });
  return { steps, units };
};
