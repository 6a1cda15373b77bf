/** What the analysis says once the reader has marked some of its flags as not redundant. */
import { type Analysis, type Flag, redundancyRules } from "../../src/core/analysis";
import type { TraceRef } from "../../src/protocol/engine";
import type { Dismissal } from "../../src/protocol/host";

/** True when both name the same trace. */
export const sameRef = (a: TraceRef | undefined, b: TraceRef | undefined): boolean =>
  a !== undefined && b !== undefined && a.file === b.file && a.record === b.record && a.rollout === b.rollout;

/** True when the flag is one that was dismissed. */
export const isDismissed = (flag: Flag, dismissals: readonly Dismissal[]): boolean =>
  dismissals.some((entry) => entry.rule === flag.rule && entry.level === flag.level && entry.index === flag.index);

/**
 * The analysis with the dismissed flags' effect on redundancy taken back. The flags stay in the list, so that they can be shown and undone. A
 * step or unit stays redundant while another redundancy flag stands on it; a step inside a flagged unit keeps its own mark only.
 */
export function applyDismissals(analysis: Analysis, dismissals: readonly Dismissal[]): Analysis {
  if (dismissals.length === 0) return analysis;
  const standing = { step: new Set<number>(), unit: new Set<number>() };
  const dropped = { step: new Set<number>(), unit: new Set<number>() };
  for (const flag of analysis.flags) {
    if (!redundancyRules.includes(flag.rule)) continue;
    (isDismissed(flag, dismissals) ? dropped : standing)[flag.level].add(flag.index);
  }
  const stays = (level: "step" | "unit", index: number, redundant: boolean): boolean =>
    redundant && (standing[level].has(index) || !dropped[level].has(index));
  const steps = analysis.steps.map((step, index) => ({ ...step, redundant: stays("step", index, step.redundant) }));
  const units = analysis.units.map((unit, index) => ({ ...unit, redundant: stays("unit", index, unit.redundant) }));
  const redundantTokens = steps.reduce((sum, step) => sum + (step.redundant || units[step.unit]?.redundant ? step.tokens : 0), 0);
  return {
    ...analysis,
    steps,
    units,
    measures: {
      ...analysis.measures,
      redundantUnits: units.filter((unit) => unit.redundant).length,
      redundantShare: analysis.tokens > 0 ? redundantTokens / analysis.tokens : 0,
    },
  };
}

/** The list of dismissals with this flag added, or taken out when it is already in. */
export function toggleDismissal(all: readonly Dismissal[], ref: TraceRef, flag: Flag): Dismissal[] {
  const same = (entry: Dismissal): boolean =>
    sameRef(entry.ref, ref) && entry.rule === flag.rule && entry.level === flag.level && entry.index === flag.index;
  return all.some(same) ? all.filter((entry) => !same(entry)) : [...all, { ref, rule: flag.rule, level: flag.level, index: flag.index }];
}
