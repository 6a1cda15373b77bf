import type { Measures, StepFunction, UnitRole } from "../analysis";

/** Units that leave an approach: those that try another one, and those that begin with a switch; also per 1,000 tokens. */
export function countSwitches(
  units: readonly { readonly role: UnitRole; readonly firstStep: number }[],
  steps: readonly { readonly function: StepFunction }[],
  tokens: number,
): Pick<Measures, "switches" | "switchesPer1k"> {
  const switches = units.filter(({ role, firstStep }) => role === "alternative" || steps[firstStep]?.function === "switch").length;
  return { switches, switchesPer1k: tokens > 0 ? (switches * 1000) / tokens : 0 };
}
