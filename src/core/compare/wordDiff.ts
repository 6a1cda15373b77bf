/** Word-level changes between two matched passages. */
import type { Span } from "../trace";
import { exactAnchors } from "./align";
import { markDifferences, mostCells } from "./commonWords";
import { type PassageWords, passageWords } from "./passageWords";

/** Share of words that must align in order before single words are marked. */
const leastAligned = 0.35;
/** Words only in one passage and only in the other, as spans in the two texts. */
export interface WordChanges {
  readonly teacherWords: readonly Span[];
  readonly studentWords: readonly Span[];
  /** Share of the words of both passages that align in order, 0 to 1. */
  readonly aligned: number;
}

function marked(text: string, offset: number, spans: readonly Span[], changed: Uint8Array): Span[] {
  const result: { start: number; end: number }[] = [];
  for (const [i, span] of spans.entries()) {
    if (changed[i] !== 1) {
      continue;
    }
    const last = result.at(-1);
    if (last && changed[i - 1] === 1 && !text.slice(last.end - offset, span.start - offset).includes("\n")) {
      last.end = span.end;
    } else {
      result.push({ start: span.start, end: span.end });
    }
  }
  return result;
}

interface Numbered {
  readonly passage: PassageWords;
  /** The words as numbers that both passages share. */
  readonly numbers: readonly number[];
}

function numbered(passage: PassageWords, known: Map<string, number>): Numbered {
  const numbers = passage.words.map((word) => {
    const number = known.get(word) ?? known.size;
    known.set(word, number);
    return number;
  });
  return { passage, numbers };
}

/** The share of words that could align at most, were their order free. */
function mostAligned(a: readonly number[], b: readonly number[]): number {
  const left = new Map<number, number>();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of b) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    common += 1;
  }
  return a.length + b.length === 0 ? 1 : (2 * common) / (a.length + b.length);
}

/** The changed words of two passages that start at `teacherStart` and `studentStart` of their texts; spans are offsets in those texts. */
export function wordChanges(teacher: string, teacherStart: number, student: string, studentStart: number): WordChanges {
  const known = new Map<string, number>();
  const [a, b] = [numbered(passageWords(teacher, teacherStart), known), numbered(passageWords(student, studentStart), known)];
  return changesOf(a, b, teacher, teacherStart, student, studentStart);
}

function changesOf(a: Numbered, b: Numbered, teacher: string, teacherStart: number, student: string, studentStart: number): WordChanges {
  const [left, right] = [a.numbers, b.numbers];
  const changedA = new Uint8Array(left.length);
  const changedB = new Uint8Array(right.length);
  const small = left.length * right.length <= mostCells / 4;
  const anchors = small ? [] : exactAnchors(a.passage.words, b.passage.words);
  let [i, j] = [0, 0];
  for (const [endA, endB] of [...anchors, [left.length, right.length] as const]) {
    markDifferences(left, right, [i, endA], [j, endB], changedA, changedB);
    [i, j] = [endA + 1, endB + 1];
  }
  const total = left.length + right.length;
  const changes = changedA.reduce((sum, flag) => sum + flag, 0) + changedB.reduce((sum, flag) => sum + flag, 0);
  return {
    teacherWords: marked(teacher, teacherStart, a.passage.spans, changedA),
    studentWords: marked(student, studentStart, b.passage.spans, changedB),
    aligned: total === 0 ? 1 : 1 - changes / total,
  };
}

/** {@link wordChanges}, or undefined when fewer than 35 % of the words align in order: then the passages differ as wholes. */
export function wordDiff(teacher: string, teacherStart: number, student: string, studentStart: number): WordChanges | undefined {
  const known = new Map<string, number>();
  const [a, b] = [numbered(passageWords(teacher, teacherStart), known), numbered(passageWords(student, studentStart), known)];
  if (mostAligned(a.numbers, b.numbers) < leastAligned) return undefined;
  const changes = changesOf(a, b, teacher, teacherStart, student, studentStart);
  return changes.aligned >= leastAligned ? changes : undefined;
}
