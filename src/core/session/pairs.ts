/** The pairs of two sides: joined, filtered, counted, exported. */
import { type PairItem, type Pairing, pairTraces } from "../compare/pairing";
import { matches, parseQuery } from "../dataset/query";
import { searchText } from "./facts";
import { commonFields, FieldValues, fieldKey, fieldOf } from "./pairFields";
import { alignPair, PairFigures } from "./pairFigures";
import { PairImporter } from "./pairImport";
import { itemOf, loneOf, type Place, type PlacePair, pairFacts, placesOf, rowOf } from "./pairPlaces";
import { summaryOf } from "./pairSummary";
import { Ticker } from "./ticker";
import type { TraceFile } from "./traceFile";
import type { PairLines, PairPage, PairRequest, PairRow, PairSummary } from "./types";

/** Pairs of a page, so that a message stays small. */
export const pairsAPage = 1000;
/** Time that one request may spend on reading records that are not read yet, in milliseconds. */
const importMs = 250;
/** Time that one request may spend on aligning pairs, in milliseconds. */
const alignMs = 400;
const linesMs = 200;
/** Traces without a partner that are named. */
const loneNamed = 200;
/** Characters of lines in one message, about. */
const linesLength = 2_000_000;

/** The two files of a request, and how to let other requests through. */
export interface PairFiles {
  readonly teacher: TraceFile;
  readonly student: TraceFile;
  breathe(): Promise<void>;
}

interface Joined {
  readonly stamp: string;
  readonly teacher: readonly Place[];
  readonly student: readonly Place[];
  readonly pairing: Pairing;
}

/** Joins of sides, kept as long as no more traces are known. Joining needs the records read, not analysed: each request reads on for a while. */
export class PairStore {
  readonly #known = new Map<string, Joined>();
  readonly #figures = new PairFigures();
  readonly #importer = new PairImporter();
  readonly #fields = new FieldValues();

  /** The pairs that match a request. */
  async page(request: PairRequest, files: PairFiles): Promise<PairPage> {
    await this.#importer.importFor(files, importMs);
    const joined = await this.#join(request, files);
    const wantsAlignment = request.align === true || asksAlignment(request.query);
    const aligned = wantsAlignment ? await this.#align(joined, files.breathe) : 0;
    const start = request.start ?? 0;
    const count = Math.min(request.count ?? pairsAPage, pairsAPage);
    const pairs: PairRow[] = [];
    let matching = 0;
    for (const pair of await this.#matching(request.query, joined, files)) {
      if (matching >= start && pairs.length < count) {
        await files.breathe();
        pairs.push(rowOf(pair));
      }
      matching += 1;
    }
    const { pairing } = joined;
    return {
      pairs,
      matching,
      total: pairing.pairs.length,
      unpairedTeacher: pairing.teacherAlone.length,
      unpairedStudent: pairing.studentAlone.length,
      alone: {
        teacher: loneOf(joined.teacher, pairing.teacherAlone, loneNamed),
        student: loneOf(joined.student, pairing.studentAlone, loneNamed),
      },
      key: pairing.by === "key" ? fieldKey(fieldOf(request.key) ?? "") : pairing.by,
      fields: commonFields(files.teacher, files.student),
      joined: this.#importer.isDone(files),
      aligned,
      complete: isSettled(files) && (!wantsAlignment || aligned === pairing.pairs.length),
    };
  }

  /** What the pairs that match say together. */
  async summary(request: PairRequest, files: PairFiles): Promise<PairSummary> {
    const pairs = await this.#matching(request.query, await this.#join(request, files), files);
    return summaryOf(pairs, isSettled(files), files.breathe);
  }

  /** Aligned pairs as lines of JSON from `start` on, as many as the time allows. */
  async lines(request: PairRequest, start: number, files: PairFiles): Promise<PairLines> {
    await this.#importer.importFor(files, Number.POSITIVE_INFINITY);
    const pairs = await this.#matching(request.query, await this.#join(request, files), files);
    const ticker = new Ticker(linesMs);
    const lines: string[] = [];
    let length = 0;
    let next = start;
    while (next < pairs.length && length < linesLength && (next === start || !ticker.over())) {
      await files.breathe();
      const line = lineOf(pairs[next]);
      if (line !== undefined) lines.push(line);
      length += line?.length ?? 0;
      next += 1;
    }
    return { lines, total: pairs.length, ...(next < pairs.length ? { next } : {}) };
  }

  async #matching(text: string, { teacher, student, pairing }: Joined, files: PairFiles): Promise<PlacePair[]> {
    const query = parseQuery(text, { matchCase: false, regex: false });
    const all = query.conditions.length === 0;
    const found: PlacePair[] = [];
    for (const [left, right] of pairing.pairs) {
      const [one, other] = [teacher[left], student[right]];
      if (!one || !other) continue;
      const pair = this.#pair(one, other);
      if (!all) await files.breathe();
      const words = () => `${searchText(one.file, one.slot)}\n${searchText(other.file, other.slot)}`;
      if (all || matches(query, pairFacts(pair), words)) found.push(pair);
    }
    return found;
  }

  /** A pair whose divergence is looked up when it is asked for. */
  #pair(teacher: Place, student: Place): PlacePair {
    const figures = this.#figures;
    return {
      teacher,
      student,
      get divergence() {
        const share = figures.get(teacher, student);
        return Number.isNaN(share) ? undefined : share;
      },
      get agree() {
        return figures.agreement(teacher, student);
      },
    };
  }

  /** Aligns pairs for a while; gives how many are aligned then. */
  async #align({ teacher, student, pairing }: Joined, breathe: () => Promise<void>): Promise<number> {
    const ticker = new Ticker(alignMs);
    let aligned = 0;
    for (const [left, right] of pairing.pairs) {
      const [one, other] = [teacher[left], student[right]];
      if (!one || !other) continue;
      if (this.#figures.get(one, other) === undefined) {
        if (ticker.over()) continue;
        await breathe();
        this.#figures.find(one, other);
      }
      aligned += 1;
    }
    return aligned;
  }

  async #join(request: PairRequest, files: PairFiles): Promise<Joined> {
    const key = JSON.stringify([request.teacher, request.student, request.key]);
    const stamp = [files.teacher, files.student].map((file) => `${file.generation}:${file.columns.count}`).join(" ");
    const known = this.#known.get(key);
    if (known?.stamp === stamp) return known;
    const teacher = placesOf(files.teacher, request.teacher);
    const student = placesOf(files.student, request.student);
    const field = fieldOf(request.key);
    const items = async (places: readonly Place[]): Promise<readonly PairItem[]> => {
      if (field === undefined) return places.map((place) => itemOf(place));
      const keys = await this.#fields.of(places, field, files.breathe);
      return places.map((place, index) => itemOf(place, keys[index]));
    };
    const by =
      request.key === "auto" || request.key === "id" || request.key === "question" || request.key === "index" ? request.key : "key";
    const made = { stamp, teacher, student, pairing: pairTraces(await items(teacher), await items(student), by) };
    this.#known.clear();
    this.#known.set(key, made);
    return made;
  }
}

const asksAlignment = (query: string): boolean =>
  parseQuery(query, { matchCase: false, regex: false }).conditions.some(({ name }) => name === "divergence");

/** True when everything of both files is read and analysed. */
const isSettled = ({ teacher, student }: PairFiles): boolean =>
  [teacher, student].every((file) => file.records.done && file.analysed >= file.records.count);

function lineOf(pair: PlacePair | undefined): string | undefined {
  const aligned = pair && alignPair(pair.teacher, pair.student);
  if (!aligned) return undefined;
  const { teacher, student, diff } = aligned;
  const { file } = pair.teacher;
  const { diffJson } = file.analyst.now;
  return JSON.stringify(diffJson({ file: file.fileName, ...teacher }, { file: pair.student.file.fileName, ...student }, diff));
}
