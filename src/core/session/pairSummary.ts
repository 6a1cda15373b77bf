/** What all pairs of two sides say together. */
import { countTransitions, mcnemarExact, measureSteps, type PairedMeasure } from "../compare/paired";
import type { Place, PlacePair } from "./pairPlaces";
import type { PairSummary } from "./types";

/** Resamples times values that one interval may take. */
const mostDraws = 2_000_000;
const mostRounds = 1000;
const leastRounds = 200;

const verdictOf = ({ file, slot }: Place): boolean | undefined =>
  ({ correct: true, wrong: false, unknown: undefined })[file.columns.verdict(slot) ?? "unknown"];

const isAnalysed = ({ file, slot }: Place): boolean => file.columns.verdict(slot) !== undefined;

/** Summary of pairs; those with a side that is not analysed count as matching only. `breathe` is called between measures. */
export async function summaryOf(pairs: readonly PlacePair[], complete: boolean, breathe: () => Promise<void>): Promise<PairSummary> {
  const known = pairs.filter(({ teacher, student }) => isAnalysed(teacher) && isAnalysed(student));
  const rounds = Math.min(mostRounds, Math.max(leastRounds, Math.floor(mostDraws / Math.max(1, known.length))));
  const measure = async (value: (place: Place) => number): Promise<PairedMeasure | undefined> => {
    const steps = measureSteps(
      known.map(({ teacher, student }) => [value(teacher), value(student)]),
      rounds,
    );
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      await breathe();
    }
  };
  const tokens = await measure(({ file, slot }) => file.columns.tokens(slot));
  const units = await measure(({ file, slot }) => file.columns.units(slot));
  const verify = await measure(({ file, slot }) => file.columns.verifyShare(slot));
  const transitions = countTransitions(known.map(({ teacher, student }) => [verdictOf(teacher), verdictOf(student)]));
  const agreements = await agreementsOf(known, breathe);
  return {
    matching: pairs.length,
    analysed: known.length,
    ...(tokens ? { tokens } : {}),
    ...(units ? { units } : {}),
    ...(verify ? { verify } : {}),
    transitions,
    ...(transitions.unknown < known.length ? { mcnemar: mcnemarExact(transitions["right→wrong"], transitions["wrong→right"]) } : {}),
    ...agreements,
    complete,
  };
}

async function agreementsOf(
  pairs: readonly PlacePair[],
  breathe: () => Promise<void>,
): Promise<{ readonly answered: number; readonly agreeing: number }> {
  let answered = 0;
  let agreeing = 0;
  for (const { agree } of pairs) {
    await breathe();
    if (agree === undefined) continue;
    answered += 1;
    agreeing += agree ? 1 : 0;
  }
  return { answered, agreeing };
}
