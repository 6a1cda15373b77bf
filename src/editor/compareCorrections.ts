/** Corrections of alignments, in the workspace's own storage: by the two traces of a pair, the oldest of more than {@link maximum} forgotten. */
import { type KeptCorrections, readCorrections } from "../core/compare/corrections";
import type { Storage } from "./viewStates";

const key = "alignmentCorrections";
/** Pairs whose corrections are remembered. */
export const maximum = 500;

type Stored = readonly (readonly [pair: string, corrections: unknown])[];

/** A table of corrections over a `Memento`. Nothing is ever written beside the user's files. */
export class CompareCorrections {
  constructor(private readonly storage: Storage) {}

  /** Corrections of a pair; undefined when there are none. `teacher` and `student` are addresses of the two traces. */
  get(teacher: string, student: string): KeptCorrections | undefined {
    return readCorrections(this.read().find(([pair]) => pair === pairOf(teacher, student))?.[1]);
  }

  /** Remembers a pair's corrections, or forgets them where there are none left. */
  async set(teacher: string, student: string, corrections: KeptCorrections): Promise<void> {
    const pair = pairOf(teacher, student);
    const others = this.read().filter(([known]) => known !== pair);
    const all: Stored = corrections.corrections.length === 0 ? others : [...others, [pair, corrections]];
    await this.storage.update(key, all.slice(-maximum));
  }

  private read(): Stored {
    const value = this.storage.get(key);
    return Array.isArray(value) ? value.filter(isEntry) : [];
  }
}

const pairOf = (teacher: string, student: string): string => `${teacher} ${student}`;

const isEntry = (entry: unknown): entry is readonly [string, unknown] =>
  Array.isArray(entry) && entry.length === 2 && typeof entry[0] === "string";
