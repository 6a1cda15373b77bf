import type { Notice } from "../trace";
import type { Change, Container, ReadProgress, RecordProvider, RecordText } from "./recordProvider";

/** A record of many pieces is no longer than this, in UTF-16 code units: one text must hold it. */
const maxUnits = 256 << 20;

/**
 * All records of a file as one: a list of them. For files whose records are pieces of one trace. The record is there once the whole file is
 * read; until then there is none.
 */
export class WholeRecord implements RecordProvider {
  readonly #pieces: RecordProvider;

  constructor(pieces: RecordProvider) {
    this.#pieces = pieces;
  }

  get name(): string {
    return this.#pieces.name;
  }
  get count(): number {
    return this.#pieces.done && this.#pieces.count > 0 ? 1 : 0;
  }
  get done(): boolean {
    return this.#pieces.done;
  }
  get container(): Container {
    return this.#pieces.container;
  }
  get packing(): string | undefined {
    return this.#pieces.packing;
  }
  get progress(): ReadProgress {
    return this.#pieces.progress;
  }
  get bytesIndexed(): number {
    return this.#pieces.bytesIndexed;
  }
  get notices(): readonly string[] {
    return this.#pieces.notices;
  }
  get lastUnfinished(): boolean {
    return this.#pieces.lastUnfinished;
  }
  indexMore(maxBytes: number): boolean {
    return this.#pieces.indexMore(maxBytes);
  }
  arrival(): Promise<void> | undefined {
    return this.#pieces.arrival();
  }
  range(): { readonly start: number; readonly end: number } {
    const { count } = this.#pieces;
    return count === 0 ? { start: 0, end: 0 } : { start: this.#pieces.range(0).start, end: this.#pieces.range(count - 1).end };
  }
  line(): number {
    return this.#pieces.line(0);
  }
  hasLines(): boolean {
    return this.#pieces.hasLines(0);
  }
  key(): undefined {
    return undefined;
  }
  part(): string | undefined {
    return this.#pieces.part(0);
  }

  read(_record: number, maxBytes = maxUnits): RecordText {
    const most = Math.min(maxBytes, maxUnits);
    const texts: string[] = [];
    const notices: Notice[] = [];
    let units = 2;
    for (let piece = 0; piece < this.#pieces.count; piece++) {
      const read = this.#pieces.read(piece, Math.max(0, most - units));
      units += read.text.length + 2;
      texts.push(read.text);
      for (const notice of read.notices) if (!notices.some(({ message }) => message === notice.message)) notices.push(notice);
      if (read.truncated || units > most) return { text: `[${texts.join(",\n")}`.slice(0, most), truncated: true, notices };
    }
    return { text: `[${texts.join(",\n")}]`, truncated: false, notices };
  }

  around(): { readonly before?: string; readonly after?: string } {
    return {};
  }

  /** Any change makes it another record. */
  refresh(): Change {
    return this.#pieces.refresh() === "same" ? "same" : "replaced";
  }

  close(): void {
    this.#pieces.close();
  }
}
