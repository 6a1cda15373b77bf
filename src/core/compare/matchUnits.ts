/**
 * Which thinking units of two traces belong together. Matched steps decide: the units that hold the two steps of a match face each other, so that a unit may
 * face several. Units without a step matched in order are judged by their words and roles, in the gaps that the others leave.
 */
import type { Step, Unit } from "../analysis";
import { heaviestChain, type Match, type RunMatch } from "./align";
import type { StepMatches } from "./matchSteps";
import { similarity, type Vectors } from "./similarity";
import { indicesOf } from "./traceDiff";

/** Least similarity of two units in order that share no step, and of two that moved. */
const leastInOrder = 0.18;
const leastMoved = 0.55;
/** Share of the likeness of their words that two units without a matched step have. */
const wordsShare = 0.7;
/** A match counts at least this much: steps may be matched by what they do, or by hand, and not by their words. */
const leastWeight = 0.3;
/** Beyond this many pairs units without a matched step are not compared. */
const maxDense = 10_000;

/** One side of a comparison as units and steps. */
export interface Units {
  readonly units: readonly Unit[];
  readonly steps: readonly Step[];
}

/** Matches of units in order and moved ones. */
export interface UnitMatches {
  /** Ascending on both sides; a unit that faces several stands in as many neighbouring matches. */
  readonly inOrder: readonly Match[];
  readonly moved: readonly Match[];
}

const keyOf = (teacher: number, student: number): number => teacher * 1_000_000 + student;

/** How alike two units are, 0 to 1. */
class Likeness {
  private readonly support: ReadonlyMap<number, number>;

  constructor(
    private readonly teacher: Units,
    private readonly student: Units,
    private readonly vectors: Vectors,
    steps: StepMatches,
    private readonly same: (t: number, s: number) => boolean,
  ) {
    this.support = stepSupport(teacher, student, [...steps.inOrder, ...steps.moved]);
  }

  of(t: number, s: number): Match {
    if (this.same(t, s)) return { teacher: t, student: s, similarity: 1 };
    const [left, right] = [this.vectors.teacher[t], this.vectors.student[s]];
    const words = left && right ? similarity(left, right) : 0;
    const alike = Math.max(this.support.get(keyOf(t, s)) ?? 0, wordsShare * words);
    return { teacher: t, student: s, similarity: Math.min(0.99, alike) };
  }

  weigh(pair: Match): number {
    const [left, right] = [this.teacher.units[pair.teacher], this.student.units[pair.student]];
    const role = left?.role === right?.role ? 0.1 : 0;
    return (pair.similarity + role) * Math.log2(2 + Math.min(left?.tokens ?? 0, right?.tokens ?? 0));
  }
}

/** Tokens of matched steps shared by a pair of units, weighted by similarity, over the tokens of both. */
function stepSupport(teacher: Units, student: Units, matches: readonly RunMatch[]): Map<number, number> {
  const support = new Map<number, number>();
  for (const match of matches) {
    const [left, right] = [teacher.steps[match.teacher], student.steps[match.student]];
    if (!left || !right) continue;
    const key = keyOf(left.unit, right.unit);
    const tokens = tokensIn(teacher, indicesOf(match, "teacher")) + tokensIn(student, indicesOf(match, "student"));
    support.set(key, (support.get(key) ?? 0) + Math.max(leastWeight, match.similarity) * tokens);
  }
  for (const [key, tokens] of support) {
    const total = (teacher.units[Math.floor(key / 1_000_000)]?.tokens ?? 0) + (student.units[key % 1_000_000]?.tokens ?? 0);
    support.set(key, total > 0 ? Math.min(1, tokens / total) : 0);
  }
  return support;
}

const tokensIn = ({ steps }: Units, indices: readonly number[]): number =>
  indices.reduce((sum, index) => sum + (steps[index]?.tokens ?? 0), 0);

/** The pairs of units that hold the steps matched in order, each once, ascending on both sides. */
function unitPath(teacher: Units, student: Units, matches: readonly RunMatch[]): (readonly [number, number])[] {
  const path: (readonly [number, number])[] = [];
  for (const match of matches) {
    const [left, right] = [teacher.steps[match.teacher]?.unit, student.steps[match.student]?.unit];
    if (left === undefined || right === undefined) continue;
    const last = path.at(-1);
    if (last?.[0] !== left || last[1] !== right) path.push([left, right]);
  }
  return path;
}

/** The gap of the path in which each unit stands that is not on it; undefined for those that are. */
function gapsOf(count: number, onPath: readonly number[]): (number | undefined)[] {
  const taken = new Set(onPath);
  let gap = 0;
  return Array.from({ length: count }, (_, unit) => {
    while (gap < onPath.length && (onPath[gap] ?? 0) < unit) gap += 1;
    return taken.has(unit) ? undefined : gap;
  });
}

/** Pairs of units that stand in the same gap. */
function pairsInGaps(teacher: readonly (number | undefined)[], student: readonly (number | undefined)[]): (readonly [number, number])[] {
  const byGap = new Map<number, number[]>();
  for (const [unit, gap] of student.entries()) {
    if (gap !== undefined) byGap.set(gap, [...(byGap.get(gap) ?? []), unit]);
  }
  return teacher.flatMap((gap, t) => (gap === undefined ? [] : (byGap.get(gap) ?? []).map((s) => [t, s] as const)));
}

/**
 * Matches units: those that hold steps matched in order, then by their words those left between them, then moved ones. The similarity of two units whose texts
 * are equal is 1.
 */
export function matchUnits(
  teacher: Units,
  student: Units,
  vectors: Vectors,
  steps: StepMatches,
  same: (t: number, s: number) => boolean,
): UnitMatches {
  const likeness = new Likeness(teacher, student, vectors, steps, same);
  const path = unitPath(teacher, student, steps.inOrder);
  const [freeTeacher, freeStudent] = [
    gapsOf(
      teacher.units.length,
      path.map(([t]) => t),
    ),
    gapsOf(
      student.units.length,
      path.map(([, s]) => s),
    ),
  ];
  const dense = freeTeacher.length * freeStudent.length <= maxDense;
  const inGaps = dense ? pairsInGaps(freeTeacher, freeStudent).map(([t, s]) => likeness.of(t, s)) : [];
  const between = heaviestChain(
    inGaps.filter((pair) => pair.similarity >= leastInOrder).map((pair) => ({ ...pair, weight: likeness.weigh(pair) })),
  ).map(({ teacher, student, similarity }): Match => ({ teacher, student, similarity }));
  const inOrder = [...path.map(([t, s]) => likeness.of(t, s)), ...between].sort((a, b) => a.teacher - b.teacher || a.student - b.student);
  return { inOrder, moved: dense ? movedUnits(teacher, student, inOrder, likeness) : [] };
}

/** The units left, the most alike first. */
function movedUnits(teacher: Units, student: Units, inOrder: readonly Match[], likeness: Likeness): Match[] {
  const taken = { teacher: new Set(inOrder.map((match) => match.teacher)), student: new Set(inOrder.map((match) => match.student)) };
  const left = [...teacher.units.keys()].filter((unit) => !taken.teacher.has(unit));
  const right = [...student.units.keys()].filter((unit) => !taken.student.has(unit));
  const candidates = left
    .flatMap((t) => right.map((s) => likeness.of(t, s)))
    .filter((pair) => pair.similarity >= leastMoved)
    .sort((a, b) => b.similarity - a.similarity || a.teacher - b.teacher || a.student - b.student);
  const moved: Match[] = [];
  for (const pair of candidates) {
    if (taken.teacher.has(pair.teacher) || taken.student.has(pair.student)) continue;
    taken.teacher.add(pair.teacher);
    taken.student.add(pair.student);
    moved.push(pair);
  }
  return moved;
}
