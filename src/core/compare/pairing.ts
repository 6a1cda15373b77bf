/**
 * Which trace of one side belongs to which of the other: joined by record id, question text, position or a key of the caller's, with a
 * report of what did not join.
 */

/** Instructions that evaluation prompts put around a question; two files of the same set often differ in nothing else. */
const promptWrappers: readonly RegExp[] = [
  /(?:please )?(?:reason|think) step by step[^.\n]{0,20}(?:,| and)[^\n]{0,30}put your final answer (?:within|in|inside) (?:\\boxed\{[^}\n]{0,20}\}|a box)\.?/g,
  /(?:please )?put your (?:final )?answer (?:within|in|inside) (?:\\boxed\{[^}\n]{0,20}\}|a box)\.?/g,
  /return your final response within \\boxed\{[^}\n]{0,20}\}\.?/g,
  /let's think step by step\.?/g,
  /^(?:question|problem|q)\s*:/g,
  /^(?:问题|题目)\s*[::]/g,
  /请(?:一步一步|逐步)[^。\n]{0,30}\\boxed\{[^}\n]{0,20}\}[^。\n]{0,10}。?/g,
];

/** What does not change what is asked: maths delimiters, spacing commands, emphasis, white space. */
const typography = /\\[()[\]]|\$+|\\(?:[,;:! ]|left\b|right\b|displaystyle\b|qquad\b|quad\b)|\*\*|[\s ]+/g;

/**
 * A question's text reduced to what is asked, for joining: compatibility forms unified, case, white space, maths delimiters, emphasis and the
 * usual "reason step by step" instructions removed. Two texts that differ in a number or operator stay different. Empty text gives "".
 */
export function normalizeQuestion(text: string): string {
  let folded = text.normalize("NFKC").toLowerCase().trim();
  for (const wrapper of promptWrappers) {
    folded = folded.replace(wrapper, " ");
  }
  return folded
    .replaceAll("\\dfrac", "\\frac")
    .replaceAll("\\tfrac", "\\frac")
    .replace(typography, "")
    .replace(/[.?!。?!]+$/, "");
}

/** What pairing needs to know of a trace. */
export interface PairItem {
  readonly id: string;
  /** Normalised question or a hash of it; empty when there is none. */
  readonly question: string;
  /** 0-based record in its file. */
  readonly index: number;
  readonly rollout: number;
  /** A key given by the caller, such as the value of a field. */
  readonly key?: string;
}

/** How two sides are joined. `auto` takes the key that joins most, in the order id, question, index. */
export const pairKeys = ["auto", "id", "question", "index", "key"] as const;
export type PairKey = (typeof pairKeys)[number];

/** Pairs, as positions in the two lists given, and what did not join. */
export interface Pairing {
  /** The key used; never `auto`. */
  readonly by: Exclude<PairKey, "auto">;
  /** Positions in the teacher's and the student's list, in the teacher's order. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly teacherAlone: readonly number[];
  readonly studentAlone: readonly number[];
  /** Keys that stand on both sides with unequal numbers of traces: the surplus is among those alone. */
  readonly unequalGroups: number;
  /** One sentence for the user: "48 pairs by question; 4 of the teacher's and none of the student's traces did not join". */
  readonly report: string;
}

const keyOf: Record<Exclude<PairKey, "auto">, (item: PairItem) => string> = {
  id: (item) => item.id,
  question: (item) => item.question,
  index: (item) => String(item.index),
  key: (item) => item.key ?? "",
};

function grouped(items: readonly PairItem[], by: Exclude<PairKey, "auto">): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [position, item] of items.entries()) {
    const key = keyOf[by](item);
    if (key === "") {
      continue;
    }
    const group = groups.get(key);
    if (group) {
      group.push(position);
    } else {
      groups.set(key, [position]);
    }
  }
  for (const group of groups.values()) {
    group.sort((a, b) => (items[a]?.rollout ?? 0) - (items[b]?.rollout ?? 0) || a - b);
  }
  return groups;
}

function count(n: number): string {
  return n === 0 ? "none" : String(n);
}

function joinBy(teacher: readonly PairItem[], student: readonly PairItem[], by: Exclude<PairKey, "auto">): Pairing {
  const teacherGroups = grouped(teacher, by);
  const studentGroups = grouped(student, by);
  const pairs: (readonly [number, number])[] = [];
  let unequalGroups = 0;
  for (const [key, left] of teacherGroups) {
    const right = studentGroups.get(key);
    if (!right) {
      continue;
    }
    unequalGroups += left.length === right.length ? 0 : 1;
    for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
      pairs.push([left[i] ?? 0, right[i] ?? 0]);
    }
  }
  pairs.sort((a, b) => a[0] - b[0]);
  const usedLeft = new Set(pairs.map((pair) => pair[0]));
  const usedRight = new Set(pairs.map((pair) => pair[1]));
  const teacherAlone = [...teacher.keys()].filter((position) => !usedLeft.has(position));
  const studentAlone = [...student.keys()].filter((position) => !usedRight.has(position));
  const report = `${pairs.length} pairs by ${by === "key" ? "the given field" : by}; ${count(teacherAlone.length)} of the teacher's and ${count(studentAlone.length)} of the student's traces did not join`;
  return { by, pairs, teacherAlone, studentAlone, unequalGroups, report };
}

/**
 * Joins two sides. Items with the same key are paired in order of rollout; surplus rollouts, and items with an empty key, stay alone.
 * Linear in the number of items.
 */
export function pairTraces(teacher: readonly PairItem[], student: readonly PairItem[], by: PairKey = "auto"): Pairing {
  if (by !== "auto") {
    return joinBy(teacher, student, by);
  }
  const byId = joinBy(teacher, student, "id");
  const byQuestion = joinBy(teacher, student, "question");
  const best = byQuestion.pairs.length > byId.pairs.length ? byQuestion : byId;
  if (best.pairs.length > 0) {
    return best;
  }
  return joinBy(teacher, student, "index");
}
