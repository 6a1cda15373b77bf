/** Which steps of two traces belong together: in order along one chain, and moved ones outside it. */
import { exactAnchors, heaviestChain, longestIncreasing, type Match, type RunMatch, similarPairs, type WeightedPair } from "./align";
import { fitsBetween } from "./closings";
import { emptyVector, type Vectors } from "./similarity";
import { growMatches, type StepSide } from "./splits";
import { indicesOf, leastByWords } from "./traceDiff";
import { type Fit, fitOf, type UnitPlan } from "./unitPlan";

/** Least similarity of two steps that do not stand in order in both traces. */
const leastMoved = 0.72;
/** Share of a pair's weight lost when one step opens its trace and the other closes it. */
const distancePenalty = 0.3;
/** A moved step has at least this many content words: short steps repeat by chance. */
const leastMovedWords = 6;

/** Decisions of a person about step pairs: always matched, never matched. */
export interface Pins {
  readonly pinned: readonly (readonly [teacher: number, student: number])[];
  readonly broken: readonly (readonly [teacher: number, student: number])[];
}

/** Matches in order, ascending on both sides, and moved ones. */
export interface StepMatches {
  readonly inOrder: readonly RunMatch[];
  readonly moved: readonly Match[];
}

/** One side: its steps, and the one that closes it by stating the final answer. */
export interface MatchedSide extends StepSide {
  readonly closing: number | undefined;
}

const keyOf = (teacher: number, student: number): string => `${teacher}:${student}`;

/**
 * A pair with its weight in a chain: its similarity above chance, more for a longer step and in units that are likely partners, less for steps at different
 * parts of their traces, as shares or in steps: a trace that goes on in loops still begins as the other does. None where it is not alike enough.
 */
function weigh(pair: Match, vectors: Vectors, { least, share }: Fit): WeightedPair[] {
  if (pair.similarity < least) return [];
  const words = Math.min(vectors.teacher[pair.teacher]?.size ?? 0, vectors.student[pair.student]?.size ?? 0);
  const [teachers, students] = [vectors.teacher.length, vectors.student.length];
  const relative = Math.abs(pair.teacher / teachers - pair.student / students);
  const apart = Math.min(relative, Math.abs(pair.teacher - pair.student) / Math.min(teachers, students));
  return [{ ...pair, weight: (pair.similarity - leastByWords + 0.1) * Math.log2(2 + words) * (1 - distancePenalty * apart) * share }];
}

/** Pinned pairs that stand in order with each other; of crossing ones some do not hold. */
const inOrderOf = ({ pinned }: Pins): Pins["pinned"] => longestIncreasing([...pinned].sort((a, b) => a[0] - b[0] || b[1] - a[1]));

function pinnedAnchors(anchors: readonly (readonly [number, number])[], pins: Pins): (readonly [number, number])[] {
  const broken = new Set(pins.broken.map(([t, s]) => keyOf(t, s)));
  const kept = anchors.filter(([t, s]) => !broken.has(keyOf(t, s)));
  const pinned = inOrderOf(pins);
  const fits = ([t, s]: readonly [number, number]): boolean =>
    pinned.every(([pt, ps]) => (t === pt && s === ps) || (t !== pt && s !== ps && t < pt === s < ps));
  const all = [...pinned, ...kept.filter(fits)];
  const seen = new Set<string>();
  return all.filter(([t, s]) => !seen.has(keyOf(t, s)) && seen.add(keyOf(t, s))).sort((a, b) => a[0] - b[0]);
}

/**
 * Matches the steps of two traces, in the order of `vectors`. Equal steps are matched first, then similar ones between them, then the two that close
 * their traces; a match takes in neighbours where one side splits what the other says in one step. What is left is searched for steps that stand elsewhere.
 * Steps of units that `plan` holds for partners are preferred.
 */
export function matchSteps(first: MatchedSide, second: MatchedSide, vectors: Vectors, pins: Pins, plan: UnitPlan): StepMatches {
  const fits = fitOf(plan, first, second);
  const [teacher, student] = [first.keys, second.keys];
  const broken = new Set(pins.broken.map(([t, s]) => keyOf(t, s)));
  const allowed = (pair: Match): boolean => !broken.has(keyOf(pair.teacher, pair.student));
  const anchors = pinnedAnchors(exactAnchors(teacher, student), pins);
  const pairs: Match[] = [];
  let [i, j] = [0, 0];
  for (const [t, s] of [...anchors, [teacher.length, student.length] as const]) {
    const similar = similarPairs(vectors, { teacher: [i, t], student: [j, s] }, leastByWords).filter(allowed);
    for (const pair of heaviestChain(similar.flatMap((one) => weigh(one, vectors, fits(one)))))
      pairs.push(plainMatch(pair, teacher, student));
    if (t < teacher.length && s < student.length) {
      pairs.push({ teacher: t, student: s, similarity: similarityOf(t, s, teacher, student, vectors) });
    }
    [i, j] = [t + 1, s + 1];
  }
  const [t, s] = [first.closing, second.closing];
  if (t !== undefined && s !== undefined && fitsBetween(pairs, t, s) && !broken.has(keyOf(t, s))) {
    pairs.push({ teacher: t, student: s, similarity: similarityOf(t, s, teacher, student, vectors) });
    pairs.sort((a, b) => a.teacher - b.teacher);
  }
  const pinned = new Set(pins.pinned.map(([t, s]) => keyOf(t, s)));
  const inOrder = growMatches(pairs, { teacher: first, student: second }, vectors, {
    isPinned: (match) => pinned.has(keyOf(match.teacher, match.student)),
    isBroken: (t, s) => broken.has(keyOf(t, s)),
  });
  return { inOrder, moved: findMoved(teacher, student, vectors, inOrder, allowed) };
}

/** Only steps that say the same have similarity 1. */
function plainMatch(pair: WeightedPair, teachers: readonly string[], students: readonly string[]): Match {
  const same = teachers[pair.teacher] === students[pair.student];
  return { teacher: pair.teacher, student: pair.student, similarity: same ? 1 : Math.min(0.99, pair.similarity) };
}

function similarityOf(t: number, s: number, teacher: readonly string[], student: readonly string[], vectors: Vectors): number {
  if (teacher[t] === student[s]) {
    return 1;
  }
  const [pair] = similarPairs(vectors, { teacher: [t, t + 1], student: [s, s + 1] }, 0);
  return Math.min(0.99, pair?.similarity ?? 0);
}

function findMoved(
  teacher: readonly string[],
  student: readonly string[],
  vectors: Vectors,
  inOrder: readonly RunMatch[],
  allowed: (pair: Match) => boolean,
): Match[] {
  const takenTeacher = new Set(inOrder.flatMap((match) => indicesOf(match, "teacher")));
  const takenStudent = new Set(inOrder.flatMap((match) => indicesOf(match, "student")));
  const whole = { teacher: [0, teacher.length] as const, student: [0, student.length] as const };
  if (takenTeacher.size === teacher.length || takenStudent.size === student.length) {
    return [];
  }
  const long = (pair: Match): boolean =>
    Math.min(vectors.teacher[pair.teacher]?.size ?? 0, vectors.student[pair.student]?.size ?? 0) >= leastMovedWords;
  const candidates = similarPairs(without(vectors, takenTeacher, takenStudent), whole, leastMoved)
    .filter((pair) => long(pair) && allowed(pair))
    .sort((a, b) => b.similarity - a.similarity || a.teacher - b.teacher || a.student - b.student);
  const moved: Match[] = [];
  for (const pair of candidates) {
    if (!takenTeacher.has(pair.teacher) && !takenStudent.has(pair.student)) {
      takenTeacher.add(pair.teacher);
      takenStudent.add(pair.student);
      moved.push({ ...pair, similarity: teacher[pair.teacher] === student[pair.student] ? 1 : Math.min(0.99, pair.similarity) });
    }
  }
  return moved;
}

/** The same vectors with those of matched steps emptied, so that they propose nothing. */
function without(vectors: Vectors, teacher: ReadonlySet<number>, student: ReadonlySet<number>): Vectors {
  return {
    ...vectors,
    teacher: vectors.teacher.map((vector, i) => (teacher.has(i) ? emptyVector : vector)),
    student: vectors.student.map((vector, i) => (student.has(i) ? emptyVector : vector)),
  };
}
