/**
 * A person's corrections of an alignment, kept apart from the traces. Steps are named by where they begin in the texts, so that corrections survive another
 * segmentation; they are dropped when a text has changed.
 */
import { hashText } from "../dataset/hash";
import type { Compared } from "./compareTraces";

/** A match set or broken: numbers of two steps, teacher's first. */
export type StepPair = readonly [teacher: number, student: number];

/** One change of a person: a match set, or the matches of one row broken. */
export interface Correction {
  readonly kind: "set" | "break";
  readonly matches: readonly StepPair[];
}

/** Corrections of one pair as they are kept: numbers of steps are offsets of their first code units. */
export interface KeptCorrections {
  /** Hashes of the teacher's and the student's text. */
  readonly texts: readonly [string, string];
  /** In the order in which they were made. */
  readonly corrections: readonly Correction[];
}

const mostCorrections = 1000;

/** Corrections by step, as they are kept. */
export function keepCorrections(corrections: readonly Correction[], teacher: Compared, student: Compared): KeptCorrections {
  const offset = ({ analysis }: Compared, step: number): number => analysis.steps[step]?.start ?? 0;
  return {
    texts: [textKey(teacher), textKey(student)],
    corrections: corrections.map(({ kind, matches }) => ({
      kind,
      matches: matches.map(([t, s]) => [offset(teacher, t), offset(student, s)]),
    })),
  };
}

/** Kept corrections by step of the two analyses as they are now; none when a text is another one. */
export function recallCorrections(kept: KeptCorrections, teacher: Compared, student: Compared): readonly Correction[] {
  if (kept.texts[0] !== textKey(teacher) || kept.texts[1] !== textKey(student)) return [];
  return kept.corrections.flatMap(({ kind, matches }) => {
    const found = matches.flatMap(([t, s]): StepPair[] => {
      const [one, other] = [stepAt(teacher, t), stepAt(student, s)];
      return one < 0 || other < 0 ? [] : [[one, other]];
    });
    return found.length === 0 ? [] : [{ kind, matches: found }];
  });
}

/** Corrections read from a store; undefined when the value is none. */
export function readCorrections(value: unknown): KeptCorrections | undefined {
  if (typeof value !== "object" || value === null || !("texts" in value) || !("corrections" in value)) return undefined;
  const { texts, corrections } = value;
  if (!Array.isArray(texts) || !Array.isArray(corrections)) return undefined;
  const [teacher, student]: readonly unknown[] = texts;
  if (typeof teacher !== "string" || typeof student !== "string") return undefined;
  return {
    texts: [teacher, student],
    corrections: corrections.slice(0, mostCorrections).flatMap((entry: unknown) => readCorrection(entry) ?? []),
  };
}

function readCorrection(value: unknown): Correction | undefined {
  if (typeof value !== "object" || value === null || !("kind" in value) || !("matches" in value)) return undefined;
  const { kind, matches } = value;
  if ((kind !== "set" && kind !== "break") || !Array.isArray(matches)) return undefined;
  const pairs = matches.filter(isStepPair);
  return pairs.length === 0 ? undefined : { kind, matches: pairs };
}

const isStepPair = (value: unknown): value is StepPair =>
  Array.isArray(value) && value.length === 2 && value.every((step) => Number.isSafeInteger(step) && step >= 0);

/** The step that holds an offset; −1 when there is none. */
const stepAt = ({ analysis }: Compared, offset: number): number =>
  analysis.steps.findIndex((step) => step.start <= offset && offset < Math.max(step.end, step.start + 1));

function textKey({ trace }: Compared): string {
  const { low, high } = hashText(trace.text);
  return `${trace.text.length}.${high.toString(36)}.${low.toString(36)}`;
}
