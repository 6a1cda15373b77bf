/** Which thinking units of two traces belong together, judged by their matched steps, their words and their roles. */
import type { Step, Unit } from "../analysis";
import { heaviestChain, type Match, type RunMatch } from "./align";
import type { StepMatches } from "./matchSteps";
import { similarity, type Vectors } from "./similarity";
import { growUnits } from "./splitUnits";
import { indicesOf } from "./traceDiff";

/** Least similarity of two units in order, and of two that moved. */
const leastInOrder = 0.18;
const leastMoved = 0.55;
/** Less similar units still belong together when this share of their tokens lies in steps matched between them. */
const leastSupport = 0.03;
/** A match counts at least this much: steps may be matched by what they do, or by hand, and not by their words. */
const leastWeight = 0.3;
/** Beyond this many pairs only units that share a matched step are compared. */
const maxDense = 10_000;

/** One side of a comparison as units and steps. */
export interface Units {
  readonly units: readonly Unit[];
  readonly steps: readonly Step[];
}

const keyOf = (teacher: number, student: number): number => teacher * 1_000_000 + student;

/** Tokens of matched steps shared by a pair of units, weighted by similarity, over the tokens of both. */
function stepSupport(teacher: Units, student: Units, matches: readonly RunMatch[]): Map<number, number> {
  const support = new Map<number, number>();
  for (const match of matches) {
    const left = teacher.steps[match.teacher];
    const right = student.steps[match.student];
    if (left && right) {
      const key = keyOf(left.unit, right.unit);
      const tokens = tokensIn(teacher, indicesOf(match, "teacher")) + tokensIn(student, indicesOf(match, "student"));
      support.set(key, (support.get(key) ?? 0) + Math.max(leastWeight, match.similarity) * tokens);
    }
  }
  for (const [key, tokens] of support) {
    const total = (teacher.units[Math.floor(key / 1_000_000)]?.tokens ?? 0) + (student.units[key % 1_000_000]?.tokens ?? 0);
    support.set(key, total > 0 ? Math.min(1, tokens / total) : 0);
  }
  return support;
}

const tokensIn = ({ steps }: Units, indices: readonly number[]): number =>
  indices.reduce((sum, index) => sum + (steps[index]?.tokens ?? 0), 0);

function candidatePairs(teacher: Units, student: Units, vectors: Vectors, support: ReadonlyMap<number, number>): Match[] {
  const pairs: Match[] = [];
  const add = (t: number, s: number): void => {
    const [left, right] = [vectors.teacher[t], vectors.student[s]];
    const words = left && right ? similarity(left, right) : 0;
    const shared = support.get(keyOf(t, s)) ?? 0;
    pairs.push({ teacher: t, student: s, similarity: Math.min(0.99, Math.max(shared, 0.7 * words)) });
  };
  if (teacher.units.length * student.units.length > maxDense) {
    for (const key of support.keys()) {
      add(Math.floor(key / 1_000_000), key % 1_000_000);
    }
    return pairs;
  }
  for (let t = 0; t < teacher.units.length; t += 1) {
    for (let s = 0; s < student.units.length; s += 1) {
      add(t, s);
    }
  }
  return pairs;
}

/** Matches of units in order, ascending on both sides, and moved ones. */
export interface UnitMatches {
  readonly inOrder: readonly RunMatch[];
  readonly moved: readonly Match[];
}

/**
 * Matches units: in order along the heaviest chain, then moved ones. A pair weighs by its similarity and size; the same role helps, steps
 * already matched between the two help more. A matched unit takes in neighbours most of whose steps are matched with its partner's. The similarity of two
 * units whose texts are equal is 1.
 */
export function matchUnits(
  teacher: Units,
  student: Units,
  vectors: Vectors,
  steps: StepMatches,
  same: (t: number, s: number) => boolean,
): UnitMatches {
  const support = stepSupport(teacher, student, [...steps.inOrder, ...steps.moved]);
  const pairs = candidatePairs(teacher, student, vectors, support).map((pair) =>
    same(pair.teacher, pair.student) ? { ...pair, similarity: 1 } : pair,
  );
  const weigh = (pair: Match): number => {
    const [left, right] = [teacher.units[pair.teacher], student.units[pair.student]];
    const size = Math.log2(2 + Math.min(left?.tokens ?? 0, right?.tokens ?? 0));
    const role = left?.role === right?.role ? 0.1 : 0;
    const shared = support.get(keyOf(pair.teacher, pair.student)) ?? 0;
    return (pair.similarity + 2 * shared + role) * size;
  };
  const inOrder = heaviestChain(
    pairs
      .filter((pair) => pair.similarity >= leastInOrder || (support.get(keyOf(pair.teacher, pair.student)) ?? 0) >= leastSupport)
      .map((pair) => ({ ...pair, weight: weigh(pair) })),
  );
  const grown = growUnits(inOrder.map(plainMatch), teacher, student, steps.inOrder);
  const takenTeacher = new Set(grown.flatMap((match) => indicesOf(match, "teacher")));
  const takenStudent = new Set(grown.flatMap((match) => indicesOf(match, "student")));
  const moved: Match[] = [];
  const rest = pairs
    .filter((pair) => pair.similarity >= leastMoved)
    .sort((a, b) => b.similarity - a.similarity || a.teacher - b.teacher || a.student - b.student);
  for (const pair of rest) {
    if (!takenTeacher.has(pair.teacher) && !takenStudent.has(pair.student)) {
      takenTeacher.add(pair.teacher);
      takenStudent.add(pair.student);
      moved.push(pair);
    }
  }
  return { inOrder: grown, moved };
}

const plainMatch = ({ teacher, student, similarity }: Match): Match => ({ teacher, student, similarity });
