/** A first guess at which thinking units belong together, by their words, roles and places: steps are matched with regard to it. */
import type { Unit } from "../analysis";
import { heaviestChain, type Match, type WeightedPair } from "./align";
import { emptyVector, similarity, type Vectors } from "./similarity";
import type { StepSide } from "./splits";
import { leastByWords } from "./traceDiff";

/** Least similarity of two units that may belong together. */
const leastAlike = 0.2;
/** What the same role adds to a similarity. */
const roleBonus = 0.15;
/** Share of a pair's weight lost when one unit opens its trace and the other closes it. */
const distancePenalty = 0.4;
/** Beyond this many pairs of units nothing is guessed. */
const maxDense = 10_000;

/** Likely partners, teacher's unit first; ascending on both sides. */
export type UnitPlan = readonly (readonly [teacher: number, student: number])[];

/** The guess; empty where there are too many units. */
export function planUnits(teacher: readonly Unit[], student: readonly Unit[], vectors: Vectors): UnitPlan {
  if (teacher.length * student.length > maxDense) return [];
  const pairs: WeightedPair[] = [];
  for (const [t, left] of teacher.entries()) {
    for (const [s, right] of student.entries()) {
      const alike = similarity(vectors.teacher[t] ?? emptyVector, vectors.student[s] ?? emptyVector);
      if (alike < leastAlike) continue;
      const apart = Math.abs(t / teacher.length - s / student.length);
      const size = Math.log2(2 + Math.min(left.tokens, right.tokens));
      const weight = (alike + (left.role === right.role ? roleBonus : 0)) * size * (1 - distancePenalty * apart);
      pairs.push({ teacher: t, student: s, similarity: alike, weight });
    }
  }
  return heaviestChain(pairs).map((pair) => [pair.teacher, pair.student] as const);
}

/** How two steps fit the guess: their least similarity, 0 to 1, and the factor of their weight. */
export interface Fit {
  readonly least: number;
  readonly share: number;
}

/** Both units are each other's likely partner; at most one of the two has a partner; each has another one. */
const inPlan: Fit = { least: leastByWords, share: 1.5 };
const besidePlan: Fit = { least: 0.38, share: 0.8 };
const againstPlan: Fit = { least: 0.45, share: 0.5 };

/** The fit of any pair of steps. Without a guess all fit alike. */
export function fitOf(plan: UnitPlan, teacher: StepSide, student: StepSide): (pair: Match) => Fit {
  if (plan.length === 0) return () => inPlan;
  const partner = new Map(plan);
  const taken = new Set(plan.map(([, unit]) => unit));
  return (pair) => {
    const [t, s] = [teacher.units[pair.teacher] ?? -1, student.units[pair.student] ?? -1];
    const own = partner.get(t);
    if (own === s) return inPlan;
    return own !== undefined && taken.has(s) ? againstPlan : besidePlan;
  };
}
