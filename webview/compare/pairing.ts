/** Which traces are compared, and the list of all pairs of two sides. */
import type { FileInfo, PairPage, PairRow, Side, TraceRef } from "../../src/protocol/engine";
import type { HostRequests } from "../../src/protocol/host";

export interface Sides {
  readonly teacher: Side;
  readonly student: Side;
}

/** Columns the pair list can be sorted by; `file` is the file's own order. */
export type PairSort = "file" | "teacher" | "student" | "id" | "question" | "teacherTokens" | "studentTokens" | "ratio" | "agree";

const teacherNames = /teacher|chosen|original|forward|before|reference|gold/i;
const studentNames = /student|rejected|modified|backward|after|distill/i;

/** Sides to begin with: names that say so, else the first two models, else the first two rollouts; undefined when there is nothing to compare with. */
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

/** Do a pair's references name this row? */
export const isPair = (row: PairRow, pair: { readonly teacher: TraceRef; readonly student: TraceRef } | undefined): boolean =>
  pair !== undefined && sameTrace(row.teacher, pair.teacher) && sameTrace(row.student, pair.student);

/** Student tokens over teacher tokens. */
export const pairRatio = (row: PairRow): number | undefined =>
  row.studentTokens === undefined || !row.teacherTokens ? undefined : row.studentTokens / row.teacherTokens;

const verdictOrder = { correct: 0, wrong: 1, unknown: 2 } as const;

const sortValues: Readonly<Record<Exclude<PairSort, "file">, (row: PairRow) => string | number | undefined>> = {
  teacher: (row) => row.teacherVerdict && verdictOrder[row.teacherVerdict],
  student: (row) => row.studentVerdict && verdictOrder[row.studentVerdict],
  id: (row) => row.id,
  question: (row) => row.question,
  teacherTokens: (row) => row.teacherTokens,
  studentTokens: (row) => row.studentTokens,
  ratio: pairRatio,
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

const refreshMs = 1200;

/** Fetches the pairs of two sides, again while background work goes on. Answers to old requests are dropped. */
export class PairLoader {
  page: PairPage | undefined;
  error: string | undefined;
  private serial = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly changed: () => void) {}

  /** Asks for the pairs; keeps the old ones until the new ones are there. */
  async load(host: HostRequests, sides: Sides, query: string): Promise<void> {
    clearTimeout(this.timer);
    const serial = ++this.serial;
    try {
      const page = await host.pairs({ ...sides, key: "auto", query });
      if (serial !== this.serial) return;
      this.page = page;
      this.error = undefined;
      if (!page.complete) this.timer = setTimeout(() => void this.load(host, sides, query), refreshMs);
    } catch (error) {
      if (serial !== this.serial) return;
      this.error = error instanceof Error ? error.message : String(error);
    }
    this.changed();
  }

  dispose(): void {
    this.serial++;
    clearTimeout(this.timer);
  }
}
