/** The traces of two sides as pairs of slots, and what their columns say of a pair. */
import type { PairItem } from "../compare/pairing";
import type { RowFacts } from "../dataset/query";
import { factsOf } from "./facts";
import type { TraceFile } from "./traceFile";
import type { LoneTrace, PairRow, Side, TraceRef } from "./types";

/** A slot of one of the files. */
export interface Place {
  readonly file: TraceFile;
  readonly slot: number;
}

/** Two slots that are compared. */
export interface PlacePair {
  readonly teacher: Place;
  readonly student: Place;
  /** What is known of their alignment. */
  readonly divergence: number | undefined;
  /** Do the two final answers agree? Undefined when one is missing or not known yet. */
  readonly agree: boolean | undefined;
}

/** Slots of a side in the file's order. */
export function placesOf(file: TraceFile, side: Side): Place[] {
  const { columns } = file;
  const name = side.model === undefined ? undefined : columns.nameId(side.model);
  const places: Place[] = [];
  for (let slot = 0; slot < columns.count; slot++) {
    if (columns.kind(slot) !== "trace") continue;
    if (name !== undefined && !columns.isOf(slot, name)) continue;
    if (side.rollout !== undefined && columns.rollout(slot) !== side.rollout) continue;
    places.push({ file, slot });
  }
  return places.sort((a, b) => columns.record(a.slot) - columns.record(b.slot) || columns.rollout(a.slot) - columns.rollout(b.slot));
}

/** What joining needs to know of a slot; `key` is the value of the field that joins, where one does. */
export const itemOf = ({ file: { columns }, slot }: Place, key?: string): PairItem => ({
  id: columns.id(slot),
  question: columns.questionKey(slot),
  index: columns.record(slot),
  rollout: columns.rollout(slot),
  ...(key === undefined ? {} : { key }),
});

const refOf = ({ file, slot }: Place): TraceRef => ({
  file: file.file,
  record: file.columns.record(slot),
  rollout: file.columns.rollout(slot),
});

/** The first `most` of the places at some positions, as they are named to the user. */
export const loneOf = (places: readonly Place[], positions: readonly number[], most: number): LoneTrace[] =>
  positions.slice(0, most).flatMap((position) => {
    const place = places[position];
    if (!place) return [];
    const ref = refOf(place);
    return [{ ref, id: place.file.columns.id(place.slot), line: place.file.records.line(ref.record) }];
  });

/** The pair as a row of the list; figures that are not known yet are left out. */
export function rowOf(pair: PlacePair): PairRow {
  const { teacher, student, divergence, agree } = pair;
  const [one, other] = [figuresOf(teacher), figuresOf(student)];
  return {
    teacher: refOf(teacher),
    student: refOf(student),
    id: teacher.file.columns.id(teacher.slot),
    question: teacher.file.columns.question(teacher.slot) || student.file.columns.question(student.slot),
    ...(one
      ? { teacherVerdict: one.verdict, teacherTokens: one.tokens, teacherUnits: one.units }
      : { teacherEstimate: teacher.file.columns.tokens(teacher.slot) }),
    ...(other
      ? { studentVerdict: other.verdict, studentTokens: other.tokens, studentUnits: other.units }
      : { studentEstimate: student.file.columns.tokens(student.slot) }),
    ...(agree === undefined ? {} : { agree }),
    ...(divergence === undefined ? {} : { divergence }),
  };
}

function figuresOf({ file: { columns }, slot }: Place) {
  const verdict = columns.verdict(slot);
  return verdict === undefined ? undefined : { verdict, tokens: columns.tokens(slot), units: columns.units(slot) };
}

/** What a query may ask of a pair; names that are about one trace are asked of the student, then of the teacher. */
export function pairFacts(pair: PlacePair): RowFacts {
  const { teacher, student } = pair;
  const own: Readonly<Record<string, () => ReturnType<RowFacts["value"]>>> = {
    agree: () => String(pair.agree ?? "unknown"),
    ratio: () => {
      const tokens = teacher.file.columns.tokens(teacher.slot);
      const known = teacher.file.columns.analysed(teacher.slot) && student.file.columns.analysed(student.slot);
      return tokens > 0 && known ? student.file.columns.tokens(student.slot) / tokens : undefined;
    },
    divergence: () => (pair.divergence === undefined ? undefined : pair.divergence * 100),
    teacher: () => teacher.file.columns.verdict(teacher.slot),
    student: () => student.file.columns.verdict(student.slot),
    pair: () => `${nameOf(teacher)}/${nameOf(student)}`,
    model: () => `${nameOf(teacher)} ${nameOf(student)}`,
    flag: () => [...teacher.file.columns.rules(teacher.slot), ...student.file.columns.rules(student.slot)],
  };
  return {
    value: (name) =>
      Object.hasOwn(own, name)
        ? own[name]?.()
        : (factsOf(student.file, student.slot).value(name) ?? factsOf(teacher.file, teacher.slot).value(name)),
  };
}

const nameOf = ({ file: { columns }, slot }: Place): string => columns.model(slot) || columns.variant(slot);
