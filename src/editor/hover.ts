/** What a hover over a trace's text says. */
import type { Analysis, Flag } from "../core/analysis";

/** Flags of the step and unit at an offset, steps first. */
export function flagsAt(analysis: Analysis, offset: number): readonly Flag[] {
  const here = analysis.flags.filter((flag) => offset >= flag.start && offset < flag.end);
  return [...here.filter((flag) => flag.level === "step"), ...here.filter((flag) => flag.level === "unit")];
}

/** `step 19 re-verifies step 16 · same result 0 (detail)`, one flag a line. */
export const hoverText = (flags: readonly Flag[]): string =>
  flags.map((flag) => `${flag.level} ${flag.index + 1} ${flag.evidence.words} (${flag.evidence.detail})`).join("\n\n");
