import { type Arrival, type ByteSource, copyOf, type PieceOfLines } from "../bytes/byteSource";
import { grouped } from "../bytes/grouped";

/** Unpacks a stream of bytes. Both promises reject when the packed bytes are damaged; what came out before is handed over all the same. */
export interface Unpacker {
  /** Takes packed bytes in, which stay unchanged until the promise resolves. */
  push(bytes: Uint8Array): Promise<void>;
  /** The packed bytes end here. Rejects with an error whose `code` is "truncated" when more had to come. */
  end(): Promise<void>;
  close(): void;
}

/** Makes an unpacker that hands over what comes out. */
export type UnpackerFactory = (take: (bytes: Uint8Array) => void) => Unpacker;

/** Where unpacked bytes are kept. */
export interface ByteStore {
  readonly size: number;
  /** False when there is no room: nothing of these bytes was kept. */
  append(bytes: Uint8Array): boolean;
  /** As {@link ByteSource.read}. */
  read(offset: number, length: number): Uint8Array;
  /** As {@link ByteSource.readLines}. */
  readLines?(offset: number, length: number): PieceOfLines | undefined;
  /** All bytes of the file are there, from an earlier time. */
  readonly complete?: boolean;
  /** All bytes were appended, and nothing was wrong with them. */
  finish?(): void;
  /** Forgets everything. */
  clear(): void;
  close(): void;
  /** Why there is no room, for people. */
  readonly full: string;
}

/** How a file is unpacked. */
export interface Unpacking {
  /** Name for people: "gzip". */
  readonly packing: string;
  readonly unpacker: UnpackerFactory;
  /** Takes over, from the file's beginning, when the first meets what it cannot read; the first is asked again unless told. */
  readonly second?: UnpackerFactory;
  readonly store: ByteStore;
  /** Lets other work through. */
  readonly pause: () => Promise<void>;
}

/** Packed bytes a read. */
const readBytes = 1 << 20;
/** Smaller reads at the beginning, so that the first records are there at once. */
const firstReadBytes = 1 << 16;

/** Where the packed bytes are damaged. */
const smallReadBytes = 32;

function lengthOfRead(at: number, smallFrom: number): number {
  if (at >= smallFrom && at < smallFrom + readBytes) return smallReadBytes;
  return Math.min(at < smallFrom ? smallFrom - at : readBytes, at < readBytes ? firstReadBytes : readBytes);
}

/** Unpacked bytes that wait to be kept; more make the unpacker wait. */
const queuedBytes = 8 << 20;
const cutOff = "cut off";

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Keeps unpacked bytes in turns of their own, so that the unpacker goes on in its thread meanwhile. */
class Inflow {
  full = false;
  readonly #unpacking: Unpacking;
  readonly #kept: () => void;
  readonly #current: () => boolean;
  #queue: Uint8Array[] = [];
  #skipped = 0;
  #bytes = 0;
  #draining: Promise<void> | undefined;

  constructor(unpacking: Unpacking, kept: () => void, current: () => boolean) {
    this.#unpacking = unpacking;
    this.#kept = kept;
    this.#current = current;
  }

  /** Leaves out the next bytes, which are kept already. */
  skip(bytes: number): void {
    this.#skipped = bytes;
  }

  add(all: Uint8Array): void {
    const bytes = all.subarray(Math.min(this.#skipped, all.length));
    this.#skipped -= all.length - bytes.length;
    if (bytes.length === 0) return;
    this.#queue.push(bytes);
    this.#bytes += bytes.length;
    this.#draining ??= this.#drain();
  }

  /** Resolves when no more than `bytes` wait. */
  async settled(bytes: number): Promise<void> {
    while (this.#bytes > bytes) await this.#unpacking.pause();
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#unpacking.pause();
      const bytes = this.#queue.shift();
      if (!bytes) break;
      this.#bytes -= bytes.length;
      if (this.full || !this.#current()) continue;
      this.full = !this.#unpacking.store.append(bytes);
      this.#kept();
    }
    this.#draining = undefined;
  }
}

/**
 * A packed file as plain bytes. It is unpacked once, front to back, in the background, into a store that is then read at random. A damaged or cut-off
 * file gives what could be unpacked, and a notice. A packed file that changes is unpacked anew, as soon as it was unpacked once.
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
    return this.#unpacking.store.read(offset, length);
  }

  readLines(offset: number, length: number): PieceOfLines | undefined {
    return this.#unpacking.store.readLines?.(offset, length);
  }

  more(): Promise<void> {
    return this.done ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  changed(): boolean {
    return this.done && this.#packed.size() !== this.bytesTotal;
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
    const inflow = new Inflow(this.#unpacking, () => this.#wake(), current);
    const { unpacker, second = unpacker } = this.#unpacking;
    let problem = await this.#pass(unpacker, inflow, current, Number.POSITIVE_INFINITY);
    if (problem !== undefined && problem !== cutOff && current()) {
      inflow.skip(this.size());
      problem = await this.#pass(second, inflow, current, this.bytesRead);
    }
    if (!current()) return;
    if (inflow.full) this.#notice(this.#unpacking.store.full);
    else if (problem !== undefined) this.#notice(this.#damage(problem));
    else this.#unpacking.store.finish?.();
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
    const unpacker = make((bytes) => inflow.add(bytes));
    this.#unpacker = unpacker;
    let at = 0;
    try {
      while (current() && !inflow.full && at < this.bytesTotal) {
        const bytes = copyOf(this.#packed.read(at, lengthOfRead(at, smallFrom)));
        if (bytes.length === 0) break;
        await unpacker.push(bytes);
        await inflow.settled(queuedBytes);
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
    this.#unpacker?.close();
    this.#unpacker = undefined;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
