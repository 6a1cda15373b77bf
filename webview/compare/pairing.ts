/** Which traces are compared, and the order of pairs. Pure. */
import type { Comparison, FileInfo, PairRow, Side, TraceDocument, TraceRef } from "../../src/protocol/engine";

export interface Sides {
  readonly teacher: Side;
  readonly student: Side;
}

/** Columns the pair list can be sorted by; `file` is the file's own order. */
export type PairSort =
  | "file"
  | "teacher"
  | "student"
  | "id"
  | "question"
  | "teacherTokens"
  | "studentTokens"
  | "ratio"
  | "unitsDelta"
  | "divergence"
  | "agree";

/** Two traces that are compared. */
export interface PairRefs {
  readonly teacher: TraceRef;
  readonly student: TraceRef;
}

const teacherNames = /teacher|chosen|original|forward|before|reference|gold/i;
const studentNames = /student|rejected|modified|backward|after|distill/i;

/**
 * Sides to begin with: names that say so, else the two models that stand first in the file, else the first two rollouts; undefined when there is
 * nothing to compare with.
 */
export function defaultSides(info: FileInfo, file = 0): Sides | undefined {
  const names = info.models.map((model) => model.name);
  const teacher = names.find((name) => teacherNames.test(name)) ?? names.find((name) => !studentNames.test(name)) ?? names[0];
  const others = names.filter((name) => name !== teacher);
  const student = others.find((name) => studentNames.test(name)) ?? others[0];
  if (teacher !== undefined && student !== undefined) return { teacher: { file, model: teacher }, student: { file, model: student } };
  const model = teacher === undefined ? {} : { model: teacher };
  if (info.traces > info.records - info.malformed && info.traces > 1)
    return { teacher: { file, ...model, rollout: 0 }, student: { file, ...model, rollout: 1 } };
  return undefined;
}

/** Are two references the same trace? */
export const sameTrace = (a: TraceRef | undefined, b: TraceRef | undefined): boolean =>
  a !== undefined && b !== undefined && a.file === b.file && a.record === b.record && a.rollout === b.rollout;

/** Are two pairs the same traces on the same sides? */
export const isPair = (row: PairRefs | undefined, pair: PairRefs | undefined): boolean =>
  row !== undefined && sameTrace(row.teacher, pair?.teacher) && sameTrace(row.student, pair?.student);

const nameOf = ({ trace }: TraceDocument): string | undefined => trace.model ?? trace.variant;

/** Does a trace belong to a side? */
const isOnSide = ({ ref, trace }: TraceDocument, side: Side): boolean =>
  ref.file === side.file &&
  (side.model === undefined || side.model === trace.model || side.model === trace.variant) &&
  (side.rollout === undefined || side.rollout === ref.rollout);

/** The sides that a pair belongs to: those given where they fit, else its two models, else its two rollouts. */
export function sidesOfPair(pair: Pick<Comparison, "teacher" | "student">, sides: Sides | undefined): Sides {
  const { teacher, student } = pair;
  if (sides && isOnSide(teacher, sides.teacher) && isOnSide(student, sides.student)) return sides;
  const rollouts = teacher.ref.file === student.ref.file && nameOf(teacher) === nameOf(student);
  const side = (document: TraceDocument): Side => {
    const model = nameOf(document);
    return {
      file: document.ref.file,
      ...(model === undefined ? {} : { model }),
      ...(rollouts && teacher.ref.rollout !== student.ref.rollout ? { rollout: document.ref.rollout } : {}),
    };
  };
  return { teacher: side(teacher), student: side(student) };
}

/**
 * The pair of an open trace with the student it is best compared with: the student's side as it was chosen, else a model whose name says that it is a
 * student, else the next model of the file, else another rollout. The open trace is the teacher. Undefined when its question has no other trace.
 */
export function pairWithStudent(
  document: TraceDocument,
  info: Pick<FileInfo, "models"> | undefined,
  sides: Sides | undefined,
): PairRefs | undefined {
  const own = nameOf(document);
  const models = info?.models.map(({ name }) => name) ?? [];
  const chosen = sides?.teacher.model === own ? sides?.student.model : sides?.student.model === own ? sides?.teacher.model : undefined;
  const rank = (model: string | undefined): number => {
    if (model === undefined || model === own) return models.length + 2;
    if (model === chosen) return -2;
    return studentNames.test(model) ? -1 : models.indexOf(model);
  };
  const others = document.siblings.filter(({ ref }) => !sameTrace(ref, document.ref));
  const [student] = [...others].sort((a, b) => rank(a.model) - rank(b.model));
  return student && { teacher: document.ref, student: student.ref };
}

/** Student tokens over teacher tokens. */
export const pairRatio = (row: PairRow): number | undefined =>
  row.studentTokens === undefined || !row.teacherTokens ? undefined : row.studentTokens / row.teacherTokens;

const verdictOrder = { correct: 0, wrong: 1, unknown: 2 } as const;

const sortValues: Readonly<Record<Exclude<PairSort, "file">, (row: PairRow) => string | number | undefined>> = {
  teacher: (row) => row.teacherVerdict && verdictOrder[row.teacherVerdict],
  student: (row) => row.studentVerdict && verdictOrder[row.studentVerdict],
  id: (row) => row.id,
  question: (row) => row.question,
  teacherTokens: (row) => row.teacherTokens ?? row.teacherEstimate,
  studentTokens: (row) => row.studentTokens ?? row.studentEstimate,
  ratio: pairRatio,
  unitsDelta: (row) => (row.teacherUnits === undefined || row.studentUnits === undefined ? undefined : row.studentUnits - row.teacherUnits),
  divergence: (row) => row.divergence,
  agree: (row) => (row.agree === undefined ? undefined : Number(row.agree)),
};

const compareText = new Intl.Collator("en", { numeric: true });

/** Pairs in another order; rows without a value come last either way. Equal rows keep the file's order. */
export function sortPairs(pairs: readonly PairRow[], sort: PairSort, descending: boolean): readonly PairRow[] {
  if (sort === "file") return descending ? [...pairs].reverse() : pairs;
  const value = sortValues[sort];
  const direction = descending ? -1 : 1;
  return [...pairs].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    const order = typeof x === "string" || typeof y === "string" ? compareText.compare(String(x), String(y)) : x - y;
    return order * direction;
  });
}
