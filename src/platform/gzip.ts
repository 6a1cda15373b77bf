/** gzip by Node's zlib, with places to begin again: zlib gives none out, so they are found in the packed bytes and tried out. */
import * as zlib from "node:zlib";
import { type Candidate, findCandidate } from "../core/container/deflatePoints";
import { fromWholeByte } from "../core/container/emptyBlocks";
import type { Restart, RestartPoint, Unpacker, UnpackerOutput } from "../core/container/unpacker";
import type { Packing } from "./packing";
import { zlibUnpacker } from "./zlibUnpacker";

/** Bytes that zlib hands over at a time. */
const pieceBytes = 1 << 20;
/** How far deflate data refers back. */
const windowBytes = 1 << 15;
/** After the data of a member: checksum and length. */
const trailerBytes = 8;
/** Packed bytes that zlib works on while the next ones are searched. */
const leadBytes = 1 << 17;
/** Packed bytes that a candidate is tried out on: beyond the end of a block that is not compressed; codes of a block's own decide all that follows them. */
const trialBytes: Readonly<Record<Candidate["kind"], number>> = { member: 16 << 10, stored: 80 << 10, dynamic: 16 << 10 };
/** Fewer where much comes out of little, so that no more than this does. */
const mostTrialOutput = 1 << 20;
/** So much must come out, or all there is. */
const leastTrialOutput = 1 << 10;
/** Packed bytes that are searched at a time: blocks are shorter, but for those of the slowest compressors. */
const searchBytes = 1 << 18;
/** Candidates that are tried out before more is unpacked. */
const mostTrials = 8;
/** Unpacked bytes until the next search when one was in vain; twice as many each time. */
const firstWaitBytes = 1 << 20;

const flush = { finishFlush: zlib.constants.Z_SYNC_FLUSH };
/** A second buffer would be made for nothing when the first one is exactly full. */
const spareBytes = 64;

/** Unpacks the rest of a gzip file from a restart point. */
const restartGzip: Restart = (point, packed, length) => {
  const chunkSize = Math.max(length + spareBytes, windowBytes);
  if (!point.window) return zlib.gunzipSync(packed, { ...flush, chunkSize });
  const data = fromWholeByte(packed, point.bit);
  const { buffer, engine } = unpackedBlocks(data, point.window, chunkSize);
  const rest = data.subarray(engine.bytesWritten + trailerBytes);
  if (buffer.length >= length || rest.length === 0 || rest[0] === 0) return buffer;
  return Buffer.concat([buffer, zlib.gunzipSync(rest, { ...flush, chunkSize: chunkSize - buffer.length })]);
};

interface Unpacked {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** The blocks of a member up to its end, and how many bytes they are. */
function unpackedBlocks(data: Uint8Array, window: Uint8Array, chunkSize: number): Unpacked {
  const unpacked: unknown = zlib.inflateRawSync(data, { ...flush, chunkSize, dictionary: window, info: true });
  if (isUnpacked(unpacked)) return unpacked;
  throw new Error("zlib tells nothing of what it unpacked");
}

function isUnpacked(value: unknown): value is Unpacked {
  if (typeof value !== "object" || value === null || !("buffer" in value) || !("engine" in value)) return false;
  const { buffer, engine } = value;
  return buffer instanceof Uint8Array && typeof engine === "object" && engine !== null && "bytesWritten" in engine;
}

class GzipUnpacker implements Unpacker {
  readonly #output: UnpackerOutput;
  readonly #zlib: Unpacker;
  readonly #recent = new RecentBytes();
  /** What came out while a candidate is tried out. */
  #held: Uint8Array[] | undefined;
  /** Bytes that went in and came out, and that had come out at the last restart point. */
  #packed = 0;
  #unpacked = 0;
  #marked = 0;
  /** Nothing is searched before so much has come out. */
  #searchAt: number;
  #wait = firstWaitBytes;

  constructor(output: UnpackerOutput) {
    this.#output = output;
    this.#searchAt = output.spacingAfter(0);
    this.#zlib = zlibUnpacker(zlib.createGunzip({ chunkSize: pieceBytes }), (bytes) => this.#take(bytes));
  }

  async push(bytes: Uint8Array): Promise<void> {
    const at = this.#unpacked < this.#searchAt ? 0 : await this.#search(bytes);
    if (at < bytes.length) await this.#feed(bytes, at, bytes.length);
  }

  end(): Promise<void> {
    return this.#zlib.end();
  }

  close(): void {
    this.#zlib.close();
  }

  /** Unpacks until a restart point is found; gives how far that went. */
  async #search(bytes: Uint8Array): Promise<number> {
    const marked = this.#marked;
    let at = 0;
    let lead = this.#lessOf(leadBytes);
    for (let trials = 0; trials < mostTrials && this.#marked === marked; trials++) {
      const next = await this.#seek(bytes, at, lead);
      if (next === at) break;
      at = next;
      lead = 0;
    }
    const found = this.#marked > marked;
    this.#searchAt = found ? this.#marked + this.#output.spacingAfter(this.#marked) : this.#unpacked + this.#wait;
    this.#wait = found ? firstWaitBytes : this.#wait * 2;
    return at;
  }

  #lessOf(bytes: number): number {
    const ratio = this.#unpacked / Math.max(1, this.#packed);
    return Math.max(1 << 10, Math.min(bytes, Math.floor(mostTrialOutput / ratio)));
  }

  #take(bytes: Uint8Array): void {
    this.#unpacked += bytes.length;
    if (this.#held) {
      this.#held.push(bytes);
      return;
    }
    this.#recent.add(bytes);
    this.#output.take(bytes);
  }

  async #feed(bytes: Uint8Array, from: number, to: number): Promise<void> {
    this.#packed += to - from;
    await this.#zlib.push(bytes.subarray(from, to));
  }

  /** Unpacks up to a candidate and tries it out; gives how far that went, which is nowhere when there is none. */
  async #seek(bytes: Uint8Array, from: number, lead: number): Promise<number> {
    const start = from + lead;
    const to = Math.min(start + searchBytes, bytes.length - this.#lessOf(trialBytes.stored) - 1);
    if (start >= to) return from;
    const base = this.#packed - from;
    const fed = lead > 0 ? this.#feed(bytes, from, start) : undefined;
    const candidate = findCandidate(bytes, start, to);
    await fed;
    const cut = candidate ? candidate.byte + (candidate.bit > 0 ? 1 : 0) : to;
    await this.#feed(bytes, start, cut);
    if (!candidate) return cut;
    const end = cut + this.#lessOf(trialBytes[candidate.kind]);
    await this.#try(candidate, base + candidate.byte, bytes, cut, end);
    return end;
  }

  /** Unpacks on to `end`, and the same from the candidate alone: a restart point when it comes out the same. */
  async #try({ byte, bit, kind }: Candidate, packed: number, bytes: Uint8Array, cut: number, end: number): Promise<void> {
    const point: RestartPoint = kind === "member" ? { packed, bit } : { packed, bit, window: this.#recent.bytes() };
    const held: Uint8Array[] = [];
    this.#held = held;
    const before = this.#unpacked;
    try {
      const fed = this.#feed(bytes, cut, end);
      const trial = trialOf(point, bytes.subarray(byte, end));
      await fed;
      if (
        trial &&
        this.#unpacked > before &&
        trial.length >= Math.min(leastTrialOutput, this.#unpacked - before) &&
        beginWith(held, trial)
      ) {
        this.#marked = before;
        this.#output.mark(point);
      }
    } finally {
      this.#held = undefined;
      for (const piece of held) {
        this.#recent.add(piece);
        this.#output.take(piece);
      }
    }
  }
}

/** gzip, any number of members. */
export const gzip: Packing = { name: "gzip", unpacker: (output) => new GzipUnpacker(output), restart: restartGzip };

function trialOf(point: RestartPoint, packed: Uint8Array): Uint8Array | undefined {
  try {
    return restartGzip(point, packed, mostTrialOutput);
  } catch {
    return undefined;
  }
}

/** The pieces one after another begin with these bytes. */
function beginWith(pieces: readonly Uint8Array[], bytes: Uint8Array): boolean {
  let at = 0;
  for (const piece of pieces) {
    const length = Math.min(piece.length, bytes.length - at);
    if (Buffer.compare(piece.subarray(0, length), bytes.subarray(at, at + length)) !== 0) return false;
    at += length;
  }
  return at === bytes.length;
}

/** The last bytes of a stream, as many as deflate data can refer back to. */
class RecentBytes {
  #pieces: Uint8Array[] = [];
  #length = 0;

  /** The bytes must not change. */
  add(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
    this.#length += bytes.length;
    for (let [first] = this.#pieces; first && this.#length - first.length >= windowBytes; [first] = this.#pieces) {
      this.#pieces.shift();
      this.#length -= first.length;
    }
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#pieces).subarray(-windowBytes);
  }
}
