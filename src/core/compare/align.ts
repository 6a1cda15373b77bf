/**
 * Alignment of two sequences: exact matches as anchors (patience), then, in the gaps between them, the chain of pairs with the greatest total
 * weight. That chain is Needleman–Wunsch with free gaps, computed over the pairs that share telling words only, so that time stays near-linear
 * for long texts that have nothing in common.
 */
import { similarity, type Vector, type Vectors } from "./similarity";

/** A matched pair of positions and its similarity, 0 to 1. */
export interface Match {
  readonly teacher: number;
  readonly student: number;
  readonly similarity: number;
}

/** A match that may hold several neighbours on one side; ends are half-open. */
export interface RunMatch extends Match {
  readonly teacherEnd?: number;
  readonly studentEnd?: number;
}

/** A pair with the weight it adds to a chain. */
export interface WeightedPair extends Match {
  readonly weight: number;
}

/** Longest increasing subsequence by student position of pairs ascending in teacher position. O(n log n). */
export function longestIncreasing(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const tails: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (const [index, pair] of pairs.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < pair[1]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    before[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  }
  const chain: (readonly [number, number])[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair) {
      chain.push(pair);
    }
  }
  return chain.reverse();
}

function positions(keys: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [position, key] of keys.entries()) {
    const list = places.get(key);
    if (list) {
      list.push(position);
    } else {
      places.set(key, [position]);
    }
  }
  return places;
}

/**
 * Equal items in order: those unique on both sides as the frame, then equal neighbours of the frame from both ends of each gap. Empty keys never
 * match. Ascending in both positions.
 */
export function exactAnchors(teacher: readonly string[], student: readonly string[]): (readonly [number, number])[] {
  const left = positions(teacher);
  const right = positions(student);
  const unique: (readonly [number, number])[] = [];
  for (const [key, places] of left) {
    const others = right.get(key);
    if (key !== "" && places.length === 1 && others?.length === 1) {
      unique.push([places[0] ?? 0, others[0] ?? 0]);
    }
  }
  unique.sort((a, b) => a[0] - b[0]);
  const frame = [[-1, -1] as const, ...longestIncreasing(unique), [teacher.length, student.length] as const];
  const anchors: (readonly [number, number])[] = [];
  for (const [index, end] of frame.entries()) {
    const start = frame[index - 1];
    if (start) {
      anchors.push(...equalEnds(teacher, student, start, end));
    }
    if (index > 0 && index < frame.length - 1) {
      anchors.push(end);
    }
  }
  return anchors;
}

function equalEnds(
  teacher: readonly string[],
  student: readonly string[],
  start: readonly [number, number],
  end: readonly [number, number],
): (readonly [number, number])[] {
  const head: (readonly [number, number])[] = [];
  let [i, j] = [start[0] + 1, start[1] + 1];
  while (i < end[0] && j < end[1] && teacher[i] === student[j] && teacher[i] !== "") {
    head.push([i, j]);
    i += 1;
    j += 1;
  }
  const tail: (readonly [number, number])[] = [];
  let [k, l] = [end[0] - 1, end[1] - 1];
  while (k >= i && l >= j && teacher[k] === student[l] && teacher[k] !== "") {
    tail.push([k, l]);
    k -= 1;
    l -= 1;
  }
  return [...head, ...tail.reverse()];
}

/** Pairs kept for each teacher item in a gap, best first. */
const pairsKept = 8;

/**
 * Pairs of a gap (`[from, to)` on both sides) with similarity at least `least`. Terms in more than an eighth of all passages do not propose pairs;
 * they still count in the similarity.
 */
export function similarPairs(
  vectors: Vectors,
  gap: { readonly teacher: readonly [number, number]; readonly student: readonly [number, number] },
  least: number,
): Match[] {
  const [fromTeacher, toTeacher] = gap.teacher;
  const [fromStudent, toStudent] = gap.student;
  if (fromTeacher >= toTeacher || fromStudent >= toStudent) {
    return [];
  }
  const small = (toTeacher - fromTeacher) * (toStudent - fromStudent) <= 4096;
  const postings = small ? undefined : index(vectors, fromStudent, toStudent);
  const found: Match[] = [];
  for (let teacher = fromTeacher; teacher < toTeacher; teacher += 1) {
    const vector = vectors.teacher[teacher];
    if (!vector || vector.size === 0) {
      continue;
    }
    const students = postings ? proposed(vector, postings) : range(fromStudent, toStudent);
    const scored = students
      .map((student) => ({ teacher, student, similarity: similarity(vector, vectors.student[student] ?? vector) }))
      .filter((pair) => pair.similarity >= least)
      .sort((a, b) => b.similarity - a.similarity || a.student - b.student);
    found.push(...scored.slice(0, pairsKept));
  }
  return found;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function index(vectors: Vectors, from: number, to: number): Map<number, number[]> {
  const limit = Math.max(6, (vectors.teacher.length + vectors.student.length) / 8);
  const postings = new Map<number, number[]>();
  for (let student = from; student < to; student += 1) {
    for (const term of vectors.student[student]?.terms ?? []) {
      if ((vectors.frequency[term] ?? 0) > limit) {
        continue;
      }
      const list = postings.get(term);
      if (list) {
        list.push(student);
      } else {
        postings.set(term, [student]);
      }
    }
  }
  return postings;
}

/** Students that share the most telling weight with a vector, at most 12. Terms are read rarest first until 400 postings are seen. */
function proposed(vector: Vector, postings: ReadonlyMap<number, readonly number[]>): number[] {
  const terms = [...vector.terms.entries()]
    .flatMap(([i, term]) => {
      const list = postings.get(term);
      return list ? [{ list, weight: vector.weights[i] ?? 0 }] : [];
    })
    .sort((a, b) => a.list.length - b.list.length);
  const scores = new Map<number, number>();
  let seen = 0;
  for (const { list, weight } of terms) {
    seen += list.length;
    if (seen > 400) {
      break;
    }
    for (const student of list) {
      scores.set(student, (scores.get(student) ?? 0) + weight);
    }
  }
  return [...scores]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, 12)
    .map(([student]) => student);
}

/**
 * The chain of pairs, strictly ascending on both sides, with the greatest total weight. O(p log p) for p pairs; ties go to the pairs met first
 * in order of teacher, then student.
 */
export function heaviestChain(pairs: readonly WeightedPair[]): WeightedPair[] {
  const sorted = [...pairs].sort((a, b) => a.teacher - b.teacher || b.student - a.student);
  const width = sorted.reduce((most, pair) => Math.max(most, pair.student + 1), 0);
  const best = new Int32Array(width + 1).fill(-1);
  const totals = new Float64Array(sorted.length);
  const before = new Int32Array(sorted.length).fill(-1);
  let top = -1;
  for (const [at, pair] of sorted.entries()) {
    let previous = -1;
    for (let slot = pair.student; slot > 0; slot -= slot & -slot) {
      const candidate = best[slot] ?? -1;
      if (candidate >= 0 && (previous < 0 || (totals[candidate] ?? 0) > (totals[previous] ?? 0))) {
        previous = candidate;
      }
    }
    before[at] = previous;
    totals[at] = (previous < 0 ? 0 : (totals[previous] ?? 0)) + pair.weight;
    for (let slot = pair.student + 1; slot <= width; slot += slot & -slot) {
      const held = best[slot] ?? -1;
      if (held < 0 || (totals[at] ?? 0) > (totals[held] ?? 0)) {
        best[slot] = at;
      }
    }
    if (top < 0 || (totals[at] ?? 0) > (totals[top] ?? 0)) {
      top = at;
    }
  }
  const chain: WeightedPair[] = [];
  for (let at = top; at >= 0; at = before[at] ?? -1) {
    const pair = sorted[at];
    if (pair) {
      chain.push(pair);
    }
  }
  return chain.reverse();
}
