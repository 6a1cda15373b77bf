/** The analysis with a reader's labels in place of its own. */
import type { Analysis } from "../analysis";
import { functionShares } from "../measure/shares";
import { countSwitches } from "../measure/switches";
import type { Labels } from "./anchor";

/**
 * Functions and roles as the reader set them, with confidence 1, and the measures that are counted from them: shares of functions and switches. Flags stand as
 * they were raised. The same analysis when no label holds.
 */
export function applyLabels(analysis: Analysis, labels: Labels): Analysis {
  if (labels.steps.size === 0 && labels.units.size === 0) return analysis;
  const steps = analysis.steps.map((step, index) => {
    const given = labels.steps.get(index);
    return given ? { ...step, function: given.label, confidence: 1 } : step;
  });
  const units = analysis.units.map((unit, index) => ({ ...unit, role: labels.units.get(index)?.label ?? unit.role }));
  return {
    ...analysis,
    steps,
    units,
    measures: {
      ...analysis.measures,
      ...countSwitches(units, steps, analysis.tokens),
      functionShares: functionShares(steps, analysis.tokens),
    },
  };
}
