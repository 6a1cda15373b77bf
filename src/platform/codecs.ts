/** Unpacking with Node's zlib, and with fzstd where zlib has no Zstandard. */
import * as zlib from "node:zlib";
import { decompress } from "fzstd";
import type { Codecs } from "../core/container/codecs";

/** Largest block that is unpacked as a whole. */
const mostBlockBytes = 1 << 30;

/** What the core needs of zlib for archives and Parquet files. */
export const codecs: Codecs = {
  deflate: (bytes) => zlib.inflateRawSync(bytes, { maxOutputLength: mostBlockBytes }),
  gzip: (bytes) => zlib.gunzipSync(bytes, { maxOutputLength: mostBlockBytes }),
  zstd: (bytes, size) => decompress(bytes, size > 0 && size <= mostBlockBytes ? new Uint8Array(size) : undefined),
  brotli: (bytes) => zlib.brotliDecompressSync(bytes, { maxOutputLength: mostBlockBytes }),
};
