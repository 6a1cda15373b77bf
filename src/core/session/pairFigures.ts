/** What only an alignment tells of a pair, kept for the pairs that were asked for. */
import type { Compared } from "../compare/compareTraces";
import type { TraceDiff } from "../compare/traceDiff";
import type { Place } from "./pairPlaces";

/** Pairs kept: one number each. */
const kept = 200_000;

/** An aligned pair. */
export interface AlignedPair {
  readonly teacher: Compared;
  readonly student: Compared;
  readonly diff: TraceDiff;
}

/** Analyses and aligns two traces; undefined when one of them cannot be. */
export function alignPair(teacher: Place, student: Place): AlignedPair | undefined {
  try {
    const [one, other] = [analysed(teacher), analysed(student)];
    return one && other && { teacher: one, student: other, diff: teacher.file.analyst.now.compareTraces(one, other) };
  } catch {
    return undefined;
  }
}

const analysed = ({ file, slot }: Place): Compared | undefined => file.analyse(file.columns.record(slot), file.columns.rollout(slot));

/** Share of the teacher's tokens before the first divergence: 1 when the two never part, 0 when nothing of them matches. */
export function divergenceShare(diff: TraceDiff): number {
  if (diff.divergence) return diff.divergence.teacherShare;
  return diff.totals.stepsMatched[0] > 0 ? 1 : 0;
}

/** Divergences by pair, the oldest forgotten first. NaN: the pair cannot be aligned. Agreements by the two answers. */
export class PairFigures {
  readonly #known = new Map<string, number>();
  readonly #agreements = new Map<string, boolean>();

  /** Do the two final answers agree? Undefined when one is missing or not known yet. */
  agreement(teacher: Place, student: Place): boolean | undefined {
    const one = teacher.file.columns.answer(teacher.slot);
    const other = student.file.columns.answer(student.slot);
    if (one === undefined || other === undefined) return undefined;
    if (one === other) return true;
    const key = `${one}\u0000${other}`;
    const known = this.#agreements.get(key) ?? teacher.file.analyst.now.equivalent(one, other).equal;
    if (this.#agreements.size >= kept) this.#agreements.clear();
    this.#agreements.set(key, known);
    return known;
  }

  /** The share, NaN when there is none to be had, undefined when the pair is not aligned yet. */
  get(teacher: Place, student: Place): number | undefined {
    return this.#known.get(keyOf(teacher, student));
  }

  /** Aligns a pair if it is not. */
  find(teacher: Place, student: Place): void {
    const key = keyOf(teacher, student);
    if (this.#known.has(key)) return;
    const aligned = alignPair(teacher, student);
    this.#known.set(key, aligned ? divergenceShare(aligned.diff) : Number.NaN);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > kept && oldest !== undefined) this.#known.delete(oldest);
  }
}

const placeKey = ({ file, slot }: Place): string => `${file.file}.${file.generation}.${slot}`;
const keyOf = (teacher: Place, student: Place): string => `${placeKey(teacher)} ${placeKey(student)}`;
