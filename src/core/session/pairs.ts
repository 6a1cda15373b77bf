import { equivalent } from "../answer/equivalent";
import { type PairItem, type Pairing, pairTraces } from "../compare/pairing";
import { matches, parseQuery, type RowFacts } from "../dataset/query";
import { factsOf, searchText } from "./facts";
import type { TraceFile } from "./traceFile";
import type { PairPage, PairRequest, PairRow, Side, TraceRef } from "./types";

/** Pairs of a page, so that a message stays small. */
export const pairsAPage = 1000;

/** A slot of one of the files. */
interface Place {
  readonly file: TraceFile;
  readonly slot: number;
}

/** Slots of a side in the file's order. */
function placesOf(file: TraceFile, side: Side): Place[] {
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

const itemOf = ({ file: { columns }, slot }: Place): PairItem => ({
  id: columns.id(slot),
  question: columns.questionKey(slot),
  index: columns.record(slot),
  rollout: columns.rollout(slot),
});

const refOf = ({ file, slot }: Place): TraceRef => ({
  file: file.file,
  record: file.columns.record(slot),
  rollout: file.columns.rollout(slot),
});

/** Do the two final answers agree? Undefined when one is missing or not known yet. */
function agreement(teacher: Place, student: Place): boolean | undefined {
  const one = teacher.file.columns.answer(teacher.slot);
  const other = student.file.columns.answer(student.slot);
  return one === undefined || other === undefined ? undefined : equivalent(one, other).equal;
}

function rowOf(teacher: Place, student: Place): PairRow {
  const figures = ({ file: { columns }, slot }: Place) => {
    const verdict = columns.verdict(slot);
    return { verdict, tokens: verdict === undefined ? undefined : columns.tokens(slot) };
  };
  const one = figures(teacher);
  const other = figures(student);
  const agree = agreement(teacher, student);
  return {
    teacher: refOf(teacher),
    student: refOf(student),
    id: teacher.file.columns.id(teacher.slot),
    question: teacher.file.columns.question(teacher.slot) || student.file.columns.question(student.slot),
    ...(one.verdict === undefined ? {} : { teacherVerdict: one.verdict }),
    ...(other.verdict === undefined ? {} : { studentVerdict: other.verdict }),
    ...(one.tokens === undefined ? {} : { teacherTokens: one.tokens }),
    ...(other.tokens === undefined ? {} : { studentTokens: other.tokens }),
    ...(agree === undefined ? {} : { agree }),
  };
}

/** What a query may ask of a pair; names that are about one trace are asked of the student, then of the teacher. */
function pairFacts(teacher: Place, student: Place): RowFacts {
  const own: Readonly<Record<string, () => ReturnType<RowFacts["value"]>>> = {
    agree: () => {
      const agree = agreement(teacher, student);
      return agree === undefined ? "unknown" : String(agree);
    },
    ratio: () => {
      const tokens = teacher.file.columns.tokens(teacher.slot);
      return tokens > 0 && student.file.columns.analysed(student.slot) ? student.file.columns.tokens(student.slot) / tokens : undefined;
    },
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

/** Joins of sides, kept as long as no more traces are known. */
export class PairStore {
  readonly #known = new Map<string, { stamp: string; teacher: Place[]; student: Place[]; pairing: Pairing }>();

  /** The pairs that match a request. Pauses when asked to; traces that are not read yet are in no pair. */
  async page(request: PairRequest, teacherFile: TraceFile, studentFile: TraceFile, breathe: () => Promise<void>): Promise<PairPage> {
    const { teacher, student, pairing } = this.#join(request, teacherFile, studentFile);
    const query = parseQuery(request.query, { matchCase: false, regex: false });
    const start = request.start ?? 0;
    const count = Math.min(request.count ?? pairsAPage, pairsAPage);
    const pairs: PairRow[] = [];
    let matching = 0;
    for (const [left, right] of pairing.pairs) {
      await breathe();
      const [one, other] = [teacher[left], student[right]];
      if (!one || !other) continue;
      const text = () => `${searchText(one.file, one.slot)}\n${searchText(other.file, other.slot)}`;
      if (!matches(query, pairFacts(one, other), text)) continue;
      if (matching >= start && pairs.length < count) pairs.push(rowOf(one, other));
      matching += 1;
    }
    return {
      pairs,
      matching,
      total: pairing.pairs.length,
      unpairedTeacher: pairing.teacherAlone.length,
      unpairedStudent: pairing.studentAlone.length,
      key: pairing.by === "key" ? "id" : pairing.by,
      complete: settled(teacherFile) && settled(studentFile),
    };
  }

  #join(request: PairRequest, teacherFile: TraceFile, studentFile: TraceFile) {
    const key = JSON.stringify([request.teacher, request.student, request.key]);
    const stamp = [teacherFile, studentFile].map((file) => `${file.generation}:${file.columns.count}`).join(" ");
    const known = this.#known.get(key);
    if (known?.stamp === stamp) return known;
    const teacher = placesOf(teacherFile, request.teacher);
    const student = placesOf(studentFile, request.student);
    const pairing = pairTraces(teacher.map(itemOf), student.map(itemOf), request.key);
    const made = { stamp, teacher, student, pairing };
    this.#known.clear();
    this.#known.set(key, made);
    return made;
  }
}

/** True when everything of a file is read and analysed. */
const settled = (file: TraceFile): boolean => file.records.done && file.analysed >= file.records.count;
