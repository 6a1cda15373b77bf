/** Zstandard by Node's zlib, by fzstd where that is older than Node 22.15. Every frame is a place to begin again. */
import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { Decompress, decompress } from "fzstd";
import type { Restart, Unpacker, UnpackerFactory, UnpackerOutput } from "../core/container/unpacker";
import { ZstdFrames } from "../core/container/zstdFrames";
import type { Packing } from "./packing";
import { truncated, zlibUnpacker } from "./zlibUnpacker";

/** Bytes handed over at a time. */
const pieceBytes = 1 << 20;

type Take = UnpackerOutput["take"];
/** Makes an unpacker of one frame. */
type FrameUnpacker = (take: Take) => Unpacker;

/** zlib's own Zstandard, which is several times faster. */
const nativeFrame: FrameUnpacker = (take) => {
  const create: unknown = Reflect.get(zlib, "createZstdDecompress");
  const stream: unknown = typeof create === "function" ? Reflect.apply(create, zlib, [{ chunkSize: pieceBytes }]) : undefined;
  return isTransform(stream) ? zlibUnpacker(stream, take) : portableFrame(take);
};

const isTransform = (stream: unknown): stream is Transform =>
  typeof stream === "object" && stream !== null && "write" in stream && "on" in stream;

/** In JavaScript: reads larger windows than zlib does. */
const portableFrame: FrameUnpacker = (take) => {
  const stream = new Decompress((bytes) => take(bytes));
  return {
    push: async (bytes) => void stream.push(bytes),
    end: async () => {
      try {
        stream.push(new Uint8Array(0), true);
      } catch {
        throw truncated();
      }
    },
    close: () => {},
  };
};

class ZstdUnpacker implements Unpacker {
  readonly #frames = new ZstdFrames();
  readonly #output: UnpackerOutput;
  readonly #make: FrameUnpacker;
  #frame: Unpacker | undefined;
  /** Data of a frame has begun that is not at its end. */
  #open = false;
  #packed = 0;
  #unpacked = 0;
  #marked = 0;

  constructor(output: UnpackerOutput, make: FrameUnpacker) {
    this.#output = output;
    this.#make = make;
  }

  async push(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      if (!this.#open) this.#begin();
      const { end, content, last } = this.#frames.next(bytes, at);
      this.#packed += end - at;
      await this.#unpack(bytes.subarray(at, end), content, last);
      at = end;
    }
  }

  async end(): Promise<void> {
    if (this.#open) throw truncated();
  }

  close(): void {
    this.#frame?.close();
  }

  #begin(): void {
    this.#open = true;
    if (this.#unpacked - this.#marked < this.#output.spacingAfter(this.#marked)) return;
    this.#marked = this.#unpacked;
    this.#output.mark({ packed: this.#packed, bit: 0 });
  }

  async #unpack(bytes: Uint8Array, content: boolean, last: boolean): Promise<void> {
    if (content) {
      this.#frame ??= this.#make((piece) => this.#take(piece));
      await this.#frame.push(bytes);
    }
    if (!last) return;
    await this.#frame?.end();
    this.#frame?.close();
    this.#frame = undefined;
    this.#open = false;
  }

  #take(bytes: Uint8Array): void {
    this.#unpacked += bytes.length;
    this.#output.take(bytes);
  }
}

/** Unpacks the frames in these bytes. */
const restartZstd: Restart = (_, packed) => {
  const frames = new ZstdFrames();
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < packed.length; ) {
    const { end, content } = frames.next(packed, at);
    if (content) pieces.push(unpackedFrame(packed.subarray(at, end)));
    at = end;
  }
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
};

function unpackedFrame(frame: Uint8Array): Uint8Array {
  const native: unknown = Reflect.get(zlib, "zstdDecompressSync");
  if (typeof native !== "function") return decompress(frame);
  try {
    const bytes: unknown = Reflect.apply(native, zlib, [frame, { chunkSize: pieceBytes }]);
    if (bytes instanceof Uint8Array) return bytes;
  } catch {
    // fzstd reads what zlib does not.
  }
  return decompress(frame);
}

const unpacker =
  (make: FrameUnpacker): UnpackerFactory =>
  (output) =>
    new ZstdUnpacker(output, make);

/** Zstandard. */
export const zstd: Packing = {
  name: "Zstandard",
  unpacker: unpacker(nativeFrame),
  second: unpacker(portableFrame),
  restart: restartZstd,
};
