import type { Arrival, ByteSource } from "../bytes/byteSource";

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
  readonly store: ByteStore;
  /** Lets other work through. */
  readonly pause: () => Promise<void>;
}

/** Packed bytes a read. */
const readBytes = 1 << 20;
/** Smaller reads at the beginning, so that the first records are there at once. */
const firstReadBytes = 1 << 16;

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
    void this.#unpack();
  }

  size(): number {
    return this.#unpacking.store.size;
  }

  read(offset: number, length: number): Uint8Array {
    return this.#unpacking.store.read(offset, length);
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
    let full = false;
    const unpacker = this.#unpacking.unpacker((bytes) => {
      if (!current() || full) return;
      full = !this.#unpacking.store.append(bytes);
      this.#wake();
    });
    this.#unpacker = unpacker;
    try {
      while (current() && !full && this.bytesRead < this.bytesTotal) {
        const bytes = this.#packed.read(this.bytesRead, this.bytesRead < readBytes ? firstReadBytes : readBytes).slice();
        if (bytes.length === 0) break;
        await unpacker.push(bytes);
        await this.#unpacking.pause();
        if (current()) this.bytesRead += bytes.length;
      }
      if (current() && !full) await unpacker.end();
    } catch (thrown) {
      if (current()) this.#notice(this.#damage(thrown));
    }
    if (!current()) return;
    if (full) this.#notice(this.#unpacking.store.full);
    this.#stop();
    this.done = true;
    this.#wake();
  }

  #damage(thrown: unknown): string {
    const where = `after ${this.size()} unpacked bytes`;
    if (thrown instanceof Error && "code" in thrown && thrown.code === "truncated")
      return `The ${this.packing} data ends in the middle, ${where}: the file was cut off. What stands before is shown.`;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return `The ${this.packing} data is damaged ${where} (${reason}). What stands before is shown.`;
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
