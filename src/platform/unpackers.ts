/** Unpacking with Node's zlib, and with fzstd where zlib has no Zstandard. */
import * as zlib from "node:zlib";
import { Decompress as ZstdStream, decompress as zstdBlock } from "fzstd";
import type { Codecs } from "../core/container/codecs";
import type { Unpacker, UnpackerFactory } from "../core/container/unpackedSource";

/** Bytes handed over at a time. */
const pieceBytes = 1 << 20;
/** Largest block that is unpacked as a whole. */
const mostBlockBytes = 1 << 30;

/** What the core needs of zlib for archives and Parquet files. */
export const codecs: Codecs = {
  deflate: (bytes) => zlib.inflateRawSync(bytes, { maxOutputLength: mostBlockBytes }),
  gzip: (bytes) => zlib.gunzipSync(bytes, { maxOutputLength: mostBlockBytes }),
  zstd: (bytes, size) => zstdBlock(bytes, size > 0 && size <= mostBlockBytes ? new Uint8Array(size) : undefined),
  brotli: (bytes) => zlib.brotliDecompressSync(bytes, { maxOutputLength: mostBlockBytes }),
};

const truncated = (): Error => Object.assign(new Error("unexpected end of data"), { code: "truncated" });

/** A transform of zlib, fed piece by piece so that all that can be unpacked comes out before an error does. */
function zlibUnpacker(stream: zlib.Gunzip, take: (bytes: Uint8Array) => void): Unpacker {
  let failure: Error | undefined;
  let over = false;
  const ended = new Promise<void>((resolve) => {
    for (const event of ["end", "close"])
      stream.on(event, () => {
        over = true;
        resolve();
      });
  });
  stream.on("data", take);
  stream.on("error", (error) => {
    failure ??= error;
  });
  const check = (): void => {
    if (!failure) return;
    const code: unknown = Reflect.get(failure, "code");
    throw code === "Z_BUF_ERROR" || code === "ZSTD_error_srcSize_wrong" ? truncated() : failure;
  };
  return {
    push: async (bytes) => {
      check();
      // What follows the last member is no gzip: zlib ends then, and never answers the write.
      if (over) return;
      await Promise.race([ended, new Promise((resolve) => stream.write(bytes, resolve))]);
      check();
    },
    end: async () => {
      check();
      if (!over) stream.end();
      await ended;
      check();
    },
    close: () => stream.destroy(),
  };
}

/** Unpacks gzip, any number of members. */
export const gzipUnpacker: UnpackerFactory = (take) => zlibUnpacker(zlib.createGunzip({ chunkSize: pieceBytes }), take);

/** zlib's own Zstandard, which Node has from 22.15 on and is several times faster. */
function nativeZstd(): zlib.Gunzip | undefined {
  const create: unknown = Reflect.get(zlib, "createZstdDecompress");
  if (typeof create !== "function") return undefined;
  const stream: unknown = Reflect.apply(create, zlib, [{ chunkSize: pieceBytes }]);
  return isTransform(stream) ? stream : undefined;
}

const isTransform = (stream: unknown): stream is zlib.Gunzip =>
  typeof stream === "object" && stream !== null && "write" in stream && "on" in stream;

/** Unpacks Zstandard: the first frame where zlib does it, all of them elsewhere. {@link portableZstd} reads what zlib does not. */
export const zstdUnpacker: UnpackerFactory = (take) => {
  const native = nativeZstd();
  return native ? zlibUnpacker(native, take) : portableZstd(take);
};

/** Zstandard in JavaScript. */
export const portableZstd: UnpackerFactory = (take) => {
  const stream = new ZstdStream((bytes) => take(bytes));
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

/** Turns UTF-16 into UTF-8. */
export const utf16Unpacker =
  (label: "utf-16le" | "utf-16be"): UnpackerFactory =>
  (take) => {
    const decoder = new TextDecoder(label);
    const encoder = new TextEncoder();
    const give = (text: string): void => {
      if (text !== "") take(encoder.encode(text));
    };
    return {
      push: async (bytes) => give(decoder.decode(bytes, { stream: true })),
      end: async () => give(decoder.decode()),
      close: () => {},
    };
  };
