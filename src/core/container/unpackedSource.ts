import { type Arrival, type ByteSource, copyOf, type PieceOfLines } from "../bytes/byteSource";
import { grouped } from "../bytes/grouped";
import { Inflow } from "./inflow";
import type { RestartStore } from "./restartStore";
import type { Unpacker, UnpackerFactory } from "./unpacker";

/** How a file is unpacked. */
export interface Unpacking {
  /** Name for people: "gzip". */
  readonly packing: string;
  readonly unpacker: UnpackerFactory;
  /** Takes over, from the file's beginning, when the first meets what it cannot read; the first is asked again unless told. */
  readonly second?: UnpackerFactory;
  readonly store: RestartStore;
  /** Lets other work through. */
  readonly pause: () => Promise<void>;
}

/** Packed bytes a read. */
const readBytes = 1 << 20;
/** Smaller reads at the beginning, so that the first records are there at once. */
const firstReadBytes = 1 << 16;
const beginningBytes = 1 << 18;

/** Unpacked bytes that wait to be taken in; more make the unpacker wait. */
const queuedBytes = 8 << 20;
/** Where the packed bytes are damaged. */
const smallReadBytes = 32;

/** `ratio`: unpacked bytes a packed one. */
function lengthOfRead(at: number, smallFrom: number, ratio: number): number {
  if (at >= smallFrom && at < smallFrom + readBytes) return smallReadBytes;
  const usual = at < beginningBytes ? firstReadBytes : Math.min(readBytes, Math.max(firstReadBytes, Math.floor(queuedBytes / ratio)));
  return Math.min(at < smallFrom ? smallFrom - at : readBytes, usual);
}

/** Bytes that are unpacked before somebody reads up to them: they stay in memory until then. */
const aheadBytes = 16 << 20;
const cutOff = "cut off";

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/**
 * A packed file as plain bytes. It is unpacked once, front to back, in the background, as far ahead of its reader as memory allows; the store then unpacks again
 * what is read at random. A damaged or cut-off file gives what could be unpacked, and a notice. A packed file that changes is unpacked anew, as soon as it was
 * unpacked once.
 */
export class UnpackedSource implements ByteSource, Arrival {
  readonly name: string;
  readonly packing: string;
  readonly arrival: Arrival = this;
  done = false;
  bytesRead = 0;
  bytesTotal: number;
  notices: readonly string[] = [];
  readonly #packed: ByteSource;
  readonly #unpacking: Unpacking;
  #unpacker: Unpacker | undefined;
  #waiting: (() => void)[] = [];
  #goOn: (() => void) | undefined;
  #run = 0;

  constructor(packed: ByteSource, unpacking: Unpacking) {
    this.name = packed.name;
    this.packing = unpacking.packing;
    this.bytesTotal = packed.size();
    this.#packed = packed;
    this.#unpacking = unpacking;
    if (unpacking.store.complete) {
      this.done = true;
      this.bytesRead = this.bytesTotal;
    } else void this.#unpack();
  }

  size(): number {
    return this.#unpacking.store.size;
  }

  read(offset: number, length: number): Uint8Array {
    const bytes = this.#unpacking.store.read(offset, length);
    this.#continue();
    return bytes;
  }

  readLines(offset: number, length: number): PieceOfLines | undefined {
    const lines = this.#unpacking.store.readLines(offset, length);
    this.#continue();
    return lines;
  }

  more(): Promise<void> {
    return this.done ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  changed(): boolean {
    return this.done && (this.#unpacking.store.broken || this.#packed.size() !== this.bytesTotal);
  }

  restart(): void {
    this.#stop();
    this.#unpacking.store.clear();
    this.notices = [];
    this.done = false;
    this.bytesRead = 0;
    void this.#unpack();
  }

  close(): void {
    this.#stop();
    this.done = true;
    this.#wake();
    this.#unpacking.store.close();
    this.#packed.close();
  }

  async #unpack(): Promise<void> {
    this.#run += 1;
    const run = this.#run;
    const current = (): boolean => run === this.#run;
    this.bytesTotal = this.#packed.size();
    const { store, pause, unpacker, second = unpacker } = this.#unpacking;
    const inflow = new Inflow(store, pause, () => this.#wake(), current);
    let problem = await this.#pass(unpacker, inflow, current, Number.POSITIVE_INFINITY);
    if (problem !== undefined && problem !== cutOff && current()) {
      inflow.skip(this.size());
      problem = await this.#pass(second, inflow, current, this.bytesRead);
    }
    if (!current()) return;
    store.finish(this.bytesTotal, problem === undefined && !inflow.full);
    if (inflow.full) this.#notice(store.full);
    else if (problem !== undefined) this.#notice(this.#damage(problem));
    this.#stop();
    this.done = true;
    this.#wake();
  }

  /**
   * Unpacks the file from its beginning; gives what is wrong with it. What an unpacker has made of a piece that turns out to be damaged is lost, so a second pass
   * goes in small pieces through the one that starts at `smallFrom`, where the first met the damage.
   */
  async #pass(make: UnpackerFactory, inflow: Inflow, current: () => boolean, smallFrom: number): Promise<string | undefined> {
    this.#unpacker?.close();
    const unpacker = make(inflow);
    this.#unpacker = unpacker;
    let at = 0;
    try {
      while (current() && !inflow.full && at < this.bytesTotal) {
        const bytes = copyOf(this.#packed.read(at, lengthOfRead(at, smallFrom, this.size() / Math.max(1, at))));
        if (bytes.length === 0) break;
        await unpacker.push(bytes);
        await inflow.settled(queuedBytes);
        await this.#room(current);
        at += bytes.length;
        if (current()) this.bytesRead = Math.max(this.bytesRead, at);
      }
      if (current() && !inflow.full) await unpacker.end();
      return undefined;
    } catch (thrown) {
      return thrown instanceof Error && "code" in thrown && thrown.code === "truncated" ? cutOff : messageOf(thrown);
    } finally {
      await inflow.settled(0);
    }
  }

  /** Resolves when enough of what is unpacked was read. */
  async #room(current: () => boolean): Promise<void> {
    while (current() && this.size() - this.#unpacking.store.readTo > aheadBytes)
      await new Promise<void>((resolve) => {
        this.#goOn = resolve;
      });
  }

  #continue(): void {
    this.#goOn?.();
    this.#goOn = undefined;
  }

  #damage(problem: string): string {
    const where = `after ${grouped(this.size())} unpacked bytes`;
    if (problem === cutOff)
      return `The ${this.packing} data ends in the middle, ${where}: the file was cut off. What stands before is shown.`;
    return `The ${this.packing} data is damaged ${where} (${problem}). What stands before is shown.`;
  }

  #notice(message: string): void {
    this.notices = [...this.notices, message];
  }

  #stop(): void {
    this.#run += 1;
    this.#continue();
    this.#unpacker?.close();
    this.#unpacker = undefined;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
