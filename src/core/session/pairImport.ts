/** Reads records ahead of the analysis: pairs are joined by what a record says, not by what is found in it. */
import { Ticker } from "./ticker";
import type { TraceFile } from "./traceFile";

interface Files {
  readonly teacher: TraceFile;
  readonly student: TraceFile;
  breathe(): Promise<void>;
}

/** Remembers how far each file is read. */
export class PairImporter {
  readonly #next = new WeakMap<TraceFile, { readonly generation: number; readonly record: number }>();

  /** Reads records of both files from front to back, those of a file only as far as it is indexed, for `ms` milliseconds at most. */
  async importFor({ teacher, student, breathe }: Files, ms: number): Promise<void> {
    const ticker = new Ticker(ms);
    for (const file of new Set([teacher, student])) {
      if (!file.hasTraces) continue;
      let record = this.#nextOf(file);
      for (; record < file.records.count && !ticker.over(); record += 1) {
        file.importOnly(record);
        await breathe();
      }
      this.#next.set(file, { generation: file.generation, record });
    }
  }

  /** True when every record of both files is read. */
  isDone({ teacher, student }: Files): boolean {
    return [teacher, student].every((file) => file.records.done && (!file.hasTraces || this.#nextOf(file) >= file.records.count));
  }

  #nextOf(file: TraceFile): number {
    const next = this.#next.get(file);
    return next?.generation === file.generation ? next.record : 0;
  }
}
