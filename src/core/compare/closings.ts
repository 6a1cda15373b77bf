/** The steps that close two traces by stating their final answers belong together, whatever their words. */
import type { Analysis } from "../analysis";
import type { Match } from "./align";

/** A closing step is among this many at the end, or its function says that it concludes. */
const lastSteps = 4;

/** The last step that states the final answer, where it closes the trace; undefined when there is none. */
export function closingStep({ steps, candidates }: Analysis): number | undefined {
  const step = candidates.findLast((candidate) => candidate.equalsFinal)?.step;
  if (step === undefined) return undefined;
  return step >= steps.length - lastSteps || steps[step]?.function === "conclude" ? step : undefined;
}

/** True when two steps have no partner yet and stand in order with all matches. */
export const fitsBetween = (matches: readonly Match[], teacher: number, student: number): boolean =>
  matches.every((match) => match.teacher !== teacher && match.student !== student && match.teacher < teacher === match.student < student);
