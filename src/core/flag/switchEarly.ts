import type { Flag } from "../analysis";
import type { FlagContext } from "./context";
import type { FlagRule } from "./rule";

/** True for an approach that ends without an answer because the next unit turns elsewhere. */
const abandoned = (context: FlagContext, unit: number): boolean => {
  const current = context.units[unit];
  if (!current || current.answer !== undefined || current.role === "setup" || current.role === "conclude" || current.role === "verify")
    return false;
  return context.units[unit + 1]?.role === "alternative";
};

const flagOf = (context: FlagContext, first: number, end: number): Flag => {
  const unit = context.units[first];
  const count = end - first;
  return {
    rule: "switch-early",
    level: "unit",
    index: first,
    start: unit?.start ?? 0,
    end: unit?.end ?? 0,
    evidence: {
      words: `leaves ${count} approaches without an answer · units ${first + 1}–${end}`,
      detail: `${count} units in a row end in a switch before any answer is stated, threshold ${context.thresholds.switchesInRow}`,
      count,
    },
  };
};

/** Approaches left before they reached an answer, several in a row (underthinking, arXiv 2501.18585). One flag a row, on its first unit. */
export const switchEarly: FlagRule = {
  id: "switch-early",
  title: "Switches before an answer",
  description: "Several approaches in a row are left before any of them states an answer: underthinking. Shown on the first of them.",
  redundant: false,
  integrity: false,
  find: (context) => {
    const flags: Flag[] = [];
    let first = 0;
    for (let unit = 0; unit <= context.units.length; unit++) {
      if (unit < context.units.length && abandoned(context, unit)) continue;
      if (unit - first >= context.thresholds.switchesInRow) flags.push(flagOf(context, first, unit));
      first = unit + 1;
    }
    return flags;
  },
};
