/** Matches that grow by neighbours without a partner: what one side says in one step, the other may say in several. */
import type { Match, RunMatch } from "./align";
import { containedIn, cosine, joined, similarity, type Vectors } from "./similarity";
import { addsTo, isPartOf, StepFigures } from "./stepFigures";

/** One side of two aligned traces, as its steps. */
export interface StepSide {
  /** Keys of the steps' texts: equal keys say the same. */
  readonly keys: readonly string[];
  /** Unit of each step. A match never grows over the border of a unit. */
  readonly units: readonly number[];
}

/** What must not grow, and what must not be taken in. */
export interface GrowthLimits {
  isPinned(match: Match): boolean;
  isBroken(teacher: number, student: number): boolean;
}

type Name = "teacher" | "student";

/** Least share of a neighbour's words that the single step must have, and least share of the single step's words that it must add to the run. */
const leastContained = 0.5;
const leastGain = 0.1;
/** Share of the cosine that must be left: what the neighbour says besides may not drown what it repeats. */
const keptShare = 0.95;
/** A run that is less like the single step than this is no split, however well its parts fit. */
const leastWhole = 0.5;
/** Content words that a neighbour must have to be judged by them. */
const leastWords = 3;
/** A neighbour beyond one of at most this many content words may be reached over it. */
const fillerWords = 2;
/** Steps that one step may be split into. */
const mostParts = 12;
/** Numbers that a single step must have to be known by them in several. */
const leastFigures = 4;
/** Steps that may be reached over at a time on the way to one that belongs by its numbers, and their content words at most. */
const mostBridged = 3;
const bridgeWords = 20;

/** One side's run, and the single step of the other side that it answers. */
interface Growing {
  readonly whole: number;
  readonly many: Name;
  from: number;
  end: number;
}

/**
 * Matches with their runs: each matched pair takes in neighbours of one side, free and of the same unit, that repeat more of the other side's step than is
 * matched already, or that complete its text. Matches stay in order; linear in the steps.
 */
export function growMatches(
  matches: readonly Match[],
  sides: Readonly<Record<Name, StepSide>>,
  vectors: Vectors,
  limits: GrowthLimits,
): RunMatch[] {
  const taken = { teacher: new Set(matches.map(({ teacher }) => teacher)), student: new Set(matches.map(({ student }) => student)) };
  const grower = new Grower(sides, vectors, limits, taken);
  return matches.map((match) => grower.grow(match));
}

class Grower {
  private readonly figures: Readonly<Record<Name, StepFigures>>;

  constructor(
    private readonly sides: Readonly<Record<Name, StepSide>>,
    private readonly vectors: Vectors,
    private readonly limits: GrowthLimits,
    private readonly taken: Readonly<Record<Name, Set<number>>>,
  ) {
    this.figures = { teacher: new StepFigures(sides.teacher.keys), student: new StepFigures(sides.student.keys) };
  }

  grow(match: Match): RunMatch {
    if (this.sides.teacher.keys[match.teacher] === this.sides.student.keys[match.student] || this.limits.isPinned(match)) return match;
    const split = this.run({ whole: match.teacher, many: "student", from: match.student, end: match.student + 1 });
    const merged = this.run({ whole: match.student, many: "teacher", from: match.teacher, end: match.teacher + 1 });
    const [best] = [split, merged]
      .filter((run) => run.end > run.from + 1)
      .map((run) => ({ ...run, likeness: this.likeness(run) }))
      .sort((one, other) => other.likeness - one.likeness);
    if (!best || best.likeness < leastWhole) return match;
    for (let at = best.from; at < best.end; at += 1) this.taken[best.many].add(at);
    const alike = this.isWhole(best) ? 1 : Math.min(0.99, Math.max(match.similarity, best.likeness));
    return best.many === "student"
      ? { teacher: match.teacher, student: best.from, studentEnd: best.end, similarity: alike }
      : { teacher: best.from, student: match.student, teacherEnd: best.end, similarity: alike };
  }

  private run(growing: Growing): Growing {
    while (growing.end - growing.from < mostParts && (this.takeIn(growing, 1) || this.takeIn(growing, -1)));
    return growing;
  }

  /** Takes in the next neighbour on one side of the run, or one beyond fillers. False when none belongs. */
  private takeIn(growing: Growing, by: 1 | -1): boolean {
    let filler = true;
    for (let steps = 1; steps <= mostBridged + 1; steps += 1) {
      const [from, end] = by > 0 ? [growing.from, growing.end + steps] : [growing.from - steps, growing.end];
      const next = by > 0 ? end - 1 : from;
      if (!this.isFree(growing, next)) return false;
      if ((filler && steps <= 2 && this.belongs(growing, next, { from, end })) || this.calculates(growing, next)) {
        [growing.from, growing.end] = [from, end];
        return true;
      }
      filler &&= (this.vectors[growing.many][next]?.size ?? 0) <= fillerWords;
      if (!filler && !this.isBridge(growing, next)) return false;
    }
    return false;
  }

  /** Does a neighbour carry on the single step's calculation? */
  private calculates({ whole, many, from, end }: Growing, next: number): boolean {
    const figures = this.figures[many === "student" ? "teacher" : "student"].of(whole);
    const equation = this.sides[many].keys[next]?.includes("=") ?? false;
    return figures.size >= leastFigures && addsTo(this.figures[many].ofRun(from, end), this.figures[many].of(next), figures, equation);
  }

  private isBridge({ whole, many }: Growing, at: number): boolean {
    const figures = this.figures[many === "student" ? "teacher" : "student"].of(whole);
    return (
      (this.vectors[many][at]?.size ?? 0) <= bridgeWords && figures.size >= leastFigures && isPartOf(this.figures[many].of(at), figures)
    );
  }

  private isFree({ whole, many, from }: Growing, at: number): boolean {
    const { units } = this.sides[many];
    if (at < 0 || at >= units.length || units[at] !== units[from] || this.taken[many].has(at)) return false;
    return many === "student" ? !this.limits.isBroken(whole, at) : !this.limits.isBroken(at, whole);
  }

  private belongs(growing: Growing, next: number, grown: { readonly from: number; readonly end: number }): boolean {
    if (this.isWhole({ ...growing, ...grown })) return true;
    const { many } = growing;
    const part = this.vectors[many][next];
    const whole = this.wholeOf(growing);
    if (!part || part.size < leastWords || containedIn(part, whole) < leastContained) return false;
    const [before, after] = [joined(this.vectors, many, growing.from, growing.end), joined(this.vectors, many, grown.from, grown.end)];
    return containedIn(whole, after) >= containedIn(whole, before) + leastGain && cosine(after, whole) >= keptShare * cosine(before, whole);
  }

  private wholeOf({ whole, many }: Growing) {
    return joined(this.vectors, many === "student" ? "teacher" : "student", whole, whole + 1);
  }

  private likeness(growing: Growing): number {
    return similarity(joined(this.vectors, growing.many, growing.from, growing.end), this.wholeOf(growing));
  }

  /** Do the parts, one after the other, say exactly what the single step says? */
  private isWhole({ whole, many, from, end }: Growing): boolean {
    const other = this.sides[many === "student" ? "teacher" : "student"].keys[whole] ?? "";
    let at = 0;
    for (let part = from; part < end; part += 1) {
      const key = this.sides[many].keys[part] ?? "";
      if (!other.startsWith(key, at)) return false;
      at += key.length;
      if (other[at] === " ") at += 1;
    }
    return at === other.length && other !== "";
  }
}
