/** What the analysis says once the reader has marked some of its flags as not redundant. */
import { type Analysis, redundancyRules } from "../../src/core/analysis";
import type { TraceRef } from "../../src/protocol/engine";

/** True when both name the same trace. */
export const sameRef = (a: TraceRef | undefined, b: TraceRef | undefined): boolean =>
  a !== undefined && b !== undefined && a.file === b.file && a.record === b.record && a.rollout === b.rollout;

/**
 * The analysis with the dismissed flags' effect on redundancy taken back. The flags stay in the list, so that they can be shown and undone. A
 * step or unit stays redundant while another redundancy flag stands on it; a step inside a flagged unit keeps its own mark only.
 */
export function applyDismissals(analysis: Analysis, dismissed: Pick<ReadonlyMap<number, unknown>, "has" | "size">): Analysis {
  if (dismissed.size === 0) return analysis;
  const standing = { step: new Set<number>(), unit: new Set<number>() };
  const dropped = { step: new Set<number>(), unit: new Set<number>() };
  for (const [at, flag] of analysis.flags.entries()) {
    if (!redundancyRules.includes(flag.rule)) continue;
    (dismissed.has(at) ? dropped : standing)[flag.level].add(flag.index);
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
