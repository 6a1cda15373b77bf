import type { ByteSource, PieceOfLines } from "../bytes/byteSource";
import { grouped } from "../bytes/grouped";
import type { ByteCache } from "../session/byteCache";
import type { ByteStore } from "./byteStore";
import type { Intake } from "./inflow";
import { Pieces } from "./pieces";
import { readStretches, type Stretch, tableOf } from "./stretches";
import type { Restart, RestartPoint } from "./unpacker";

/** A stretch without a restart point that grows larger than this is kept as it is. Unpacking so much takes a tenth of a second. */
const mostStretchBytes = 32 << 20;
/** Restart points lie so far apart up to {@link farBytes}, in unpacked bytes: unpacking so much takes some 30 ms. */
const nearSpacing = 8 << 20;
/** And beyond it, so that the windows of a huge file stay small. */
const farSpacing = 16 << 20;
const farBytes = 2 * 2 ** 30;
/** What unpacks to less is unpacked anew as quickly as its restart points are found. */
const leastKeptBytes = 1 << 20;

/** What a {@link RestartStore} works with. */
export interface RestartTools {
  /** The packed file. */
  readonly packed: ByteSource;
  /** Keeps windows, and what cannot be unpacked from a restart point. What an earlier store left there is taken over. */
  readonly kept: ByteStore;
  readonly restart: Restart;
  /** Makes windows small, and large again. Throws when they are not what they were. */
  readonly packWindow: (bytes: Uint8Array) => Uint8Array;
  readonly unpackWindow: (bytes: Uint8Array) => Uint8Array;
  /** Finds newlines; absent where nothing finds them faster than `indexOf`. The result is only valid until the next call. */
  readonly linesOf?: (bytes: Uint8Array) => PieceOfLines | undefined;
  /** Unpacked stretches used last, of all files. */
  readonly recent: ByteCache<object, Pieces>;
  /** As {@link RestartStore.spacingAfter}, unless that will do. */
  readonly spacing?: number;
}

/**
 * The unpacked content of a packed file without a copy of it: stretches of some megabytes, each unpacked from its restart point when it is read. The last stretch
 * stays in memory while bytes are appended; a stretch that goes on too long without a restart point is kept.
 */
export class RestartStore implements Intake {
  size = 0;
  /** All of the file is known from an earlier time. */
  complete = false;
  /** End of the bytes that were read so far. */
  readTo = 0;
  /** A stretch could not be unpacked any more: the packed file has changed. */
  broken = false;
  readonly #tools: RestartTools;
  #stretches: Stretch[] = [];
  /** The last stretch, unless it is kept. */
  #open: Pieces | undefined;
  #packedSize: number;
  /** The packed file changed under its restart points before: everything is kept. */
  #distrusted = false;

  constructor(tools: RestartTools) {
    this.#tools = tools;
    this.#packedSize = tools.packed.size();
    const known = readStretches(tools.kept, this.#packedSize);
    if (!known) {
      if (tools.kept.size > 0) tools.kept.clear();
      this.#startOver();
      return;
    }
    this.#stretches = known.stretches;
    this.size = known.size;
    this.complete = true;
  }

  /** Why not all was unpacked, for people. */
  get full(): string {
    return `Only the first ${grouped(this.size)} bytes of the unpacked file are shown: ${this.#tools.kept.full}.`;
  }

  /** The bytes must not change. */
  append(bytes: Uint8Array): boolean {
    const last = this.#last();
    const room = this.#distrusted ? 0 : mostStretchBytes;
    if (last.keptAt === undefined && this.size + bytes.length - last.start > room && !this.#keepLast()) return false;
    if (last.keptAt === undefined) this.#open?.add(bytes);
    else if (!this.#tools.kept.append(bytes)) return false;
    this.size += bytes.length;
    return true;
  }

  mark({ packed, bit, window }: RestartPoint): void {
    if (this.#distrusted) return;
    const packedWindow = window && this.#tools.packWindow(window);
    const windowAt = this.#tools.kept.size;
    if (packedWindow && !this.#tools.kept.append(packedWindow)) return;
    this.#closeLast(this.readTo < this.size || this.#stretches.length === 1);
    this.#stretches.push({
      start: this.size,
      packed,
      bit,
      ...(packedWindow ? { window: { at: windowAt, bytes: packedWindow.length } } : {}),
      keptAt: undefined,
    });
    this.#open = new Pieces();
  }

  spacingAfter(unpacked: number): number {
    return this.#tools.spacing ?? (unpacked < farBytes ? nearSpacing : farSpacing);
  }

  /** Bytes `[offset, offset + length)`, fewer at the end. The result is only valid until the next read. */
  read(offset: number, length: number): Uint8Array {
    const end = Math.min(offset + length, this.size);
    if (offset >= end) return new Uint8Array(0);
    this.readTo = Math.max(this.readTo, end);
    const first = this.#numberOf(offset);
    if (end <= this.#endOf(first)) return this.#readIn(first, offset, end);
    const bytes = new Uint8Array(end - offset);
    let at = offset;
    for (let number = first; at < end; number++) {
      const piece = this.#readIn(number, at, Math.min(end, this.#endOf(number)));
      bytes.set(piece, at - offset);
      at += piece.length;
      if (at < Math.min(end, this.#endOf(number))) return bytes.subarray(0, at - offset);
    }
    return bytes;
  }

  /** As `ByteSource.readLines`. */
  readLines(offset: number, length: number): PieceOfLines | undefined {
    if (offset >= this.size) return undefined;
    const number = this.#numberOf(offset);
    const end = Math.min(offset + length, this.#endOf(number));
    this.readTo = Math.max(this.readTo, end);
    const { start, keptAt } = this.#stretches[number]!;
    if (keptAt !== undefined) return this.#tools.kept.readLines?.(keptAt + offset - start, end - offset);
    const pieces = this.#tools.linesOf && this.#piecesOf(number);
    return pieces && this.#tools.linesOf?.(pieces.some(offset - start, end - start));
  }

  /**
   * No more bytes come. `packedSize`: of the file that was unpacked. `whole`: nothing was wrong with it; else its last stretch cannot be unpacked anew, and is kept.
   */
  finish(packedSize: number, whole: boolean): void {
    this.#packedSize = packedSize;
    if (!whole) {
      if (this.#last().keptAt === undefined) this.#keepLast();
      return;
    }
    this.#closeLast(true);
    if (this.#tools.kept.append(tableOf(this.#stretches, this.size, this.#tools.kept.size)) && this.size >= leastKeptBytes)
      this.#tools.kept.finish();
  }

  clear(): void {
    this.#forget();
    // What was kept from an earlier time may be what is wrong.
    this.#distrusted = this.broken && !this.complete;
    this.broken = false;
    this.complete = false;
    this.#tools.kept.clear();
    this.#startOver();
  }

  close(): void {
    this.#forget();
    this.size = 0;
    this.#startOver();
    this.#tools.kept.close();
  }

  #startOver(): void {
    this.size = 0;
    this.readTo = 0;
    this.#open = new Pieces();
    this.#stretches = [{ start: 0, packed: 0, bit: 0, keptAt: undefined }];
  }

  #forget(): void {
    for (const stretch of this.#stretches) this.#tools.recent.delete(stretch);
  }

  #last(): Stretch {
    return this.#stretches.at(-1)!;
  }

  #endOf(number: number): number {
    return this.#stretches[number + 1]?.start ?? this.size;
  }

  #numberOf(offset: number): number {
    let low = 0;
    let high = this.#stretches.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#stretches[middle]!.start <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Fewer bytes when the packed file is not what it was. */
  #readIn(number: number, from: number, to: number): Uint8Array {
    const stretch = this.#stretches[number]!;
    if (stretch.keptAt !== undefined) return this.#tools.kept.read(stretch.keptAt + from - stretch.start, to - from);
    const pieces = this.#piecesOf(number);
    return pieces?.read(from - stretch.start, to - stretch.start) ?? new Uint8Array(0);
  }

  #piecesOf(number: number): Pieces | undefined {
    if (this.#open && number === this.#stretches.length - 1) return this.#open;
    return this.#tools.recent.get(this.#stretches[number]!) ?? this.#unpacked(number);
  }

  /** Undefined when the packed file is not what it was. */
  #unpacked(number: number): Pieces | undefined {
    const stretch = this.#stretches[number]!;
    const length = this.#endOf(number) - stretch.start;
    const next = this.#stretches[number + 1];
    const packedEnd = next ? next.packed + (next.bit > 0 ? 1 : 0) : this.#packedSize;
    try {
      const bytes = this.#tools.restart(
        this.#pointOf(stretch),
        this.#tools.packed.read(stretch.packed, packedEnd - stretch.packed),
        length,
      );
      if (bytes.length === length) {
        const pieces = new Pieces();
        pieces.add(bytes);
        this.#tools.recent.set(stretch, pieces, length);
        return pieces;
      }
    } catch {
      // As when other bytes come out.
    }
    this.broken = true;
    return undefined;
  }

  #pointOf({ packed, bit, window }: Stretch): RestartPoint {
    if (!window) return { packed, bit };
    return { packed, bit, window: this.#tools.unpackWindow(this.#tools.kept.read(window.at, window.bytes)) };
  }

  /** From now on the last stretch is kept. False when there is no room. */
  #keepLast(): boolean {
    const { kept } = this.#tools;
    const keptAt = kept.size;
    for (const piece of this.#open?.all() ?? []) if (!kept.append(piece)) return false;
    this.#last().keptAt = keptAt;
    this.#open = undefined;
    return true;
  }

  /** `remember`: it may be read soon; what is not remembered is unpacked again. */
  #closeLast(remember: boolean): void {
    if (this.#open && remember) this.#tools.recent.set(this.#last(), this.#open, this.#open.length);
    this.#open = undefined;
  }
}
