/** Word-level changes between two matched passages. */
import { diffArrays } from "diff";
import type { Span } from "../trace";
import { exactAnchors } from "./align";
import { passageWords } from "./passageWords";

/** Share of words that must align in order before single words are marked. */
const leastAligned = 0.35;
/** A gap with more cells than this is cut at its unique common words, or marked whole. */
const maxCells = 1_000_000;

/** Words only in one passage and only in the other, as spans in the two texts. */
export interface WordChanges {
  readonly teacherWords: readonly Span[];
  readonly studentWords: readonly Span[];
  /** Share of the words of both passages that align in order, 0 to 1. */
  readonly aligned: number;
}

/** Marks in `changedA` and `changedB` what does not align between two gaps. */
function markGap(
  a: readonly string[],
  b: readonly string[],
  fromA: number,
  fromB: number,
  changedA: Uint8Array,
  changedB: Uint8Array,
): void {
  if (a.length * b.length > maxCells) {
    changedA.fill(1, fromA, fromA + a.length);
    changedB.fill(1, fromB, fromB + b.length);
    return;
  }
  let [i, j] = [fromA, fromB];
  for (const part of diffArrays([...a], [...b])) {
    if (part.removed) {
      changedA.fill(1, i, i + part.value.length);
      i += part.value.length;
    } else if (part.added) {
      changedB.fill(1, j, j + part.value.length);
      j += part.value.length;
    } else {
      i += part.value.length;
      j += part.value.length;
    }
  }
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

/** The changed words of two passages that start at `teacherStart` and `studentStart` of their texts; spans are offsets in those texts. */
export function wordChanges(teacher: string, teacherStart: number, student: string, studentStart: number): WordChanges {
  const a = passageWords(teacher, teacherStart);
  const b = passageWords(student, studentStart);
  const changedA = new Uint8Array(a.words.length);
  const changedB = new Uint8Array(b.words.length);
  const small = a.words.length * b.words.length <= maxCells / 4;
  const anchors = small ? [] : exactAnchors(a.words, b.words);
  let [i, j] = [0, 0];
  for (const [endA, endB] of [...anchors, [a.words.length, b.words.length] as const]) {
    markGap(a.words.slice(i, endA), b.words.slice(j, endB), i, j, changedA, changedB);
    [i, j] = [endA + 1, endB + 1];
  }
  const total = a.words.length + b.words.length;
  const changes = changedA.reduce((sum, flag) => sum + flag, 0) + changedB.reduce((sum, flag) => sum + flag, 0);
  return {
    teacherWords: marked(teacher, teacherStart, a.spans, changedA),
    studentWords: marked(student, studentStart, b.spans, changedB),
    aligned: total === 0 ? 1 : 1 - changes / total,
  };
}

/** {@link wordChanges}, or undefined when fewer than 35 % of the words align in order: then the passages differ as wholes. */
export function wordDiff(teacher: string, teacherStart: number, student: string, studentStart: number): WordChanges | undefined {
  const changes = wordChanges(teacher, teacherStart, student, studentStart);
  return changes.aligned >= leastAligned ? changes : undefined;
}
