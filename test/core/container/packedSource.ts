import { deflateSync, inflateSync } from "node:zlib";
import { type ByteSource, memorySource } from "../../../src/core/bytes/byteSource";
import type { ByteStore } from "../../../src/core/container/byteStore";
import type { Pieces } from "../../../src/core/container/pieces";
import { RestartStore } from "../../../src/core/container/restartStore";
import { UnpackedSource } from "../../../src/core/container/unpackedSource";
import { ByteCache } from "../../../src/core/session/byteCache";
import type { Packing } from "../../../src/platform/packing";
import { pause } from "../../../src/platform/pause";
import { SpillStore } from "../../../src/platform/spillStore";

/** How a test differs from the extension. */
export interface Differences {
  readonly kept?: ByteStore;
  /** Unpacked bytes between restart points. */
  readonly spacing?: number;
  /** Unpacked bytes that are remembered; few make every read begin at a restart point. */
  readonly remembered?: number;
}

/** Packed bytes as a source that unpacks them. */
export function packedSource(packed: ByteSource | Uint8Array, packing: Packing, { kept, spacing, remembered }: Differences = {}) {
  const file = packed instanceof Uint8Array ? memorySource("a", packed) : packed;
  const spill = kept ?? new SpillStore();
  const store = new RestartStore({
    packed: file,
    kept: spill,
    restart: packing.restart,
    packWindow: (bytes) => deflateSync(bytes),
    unpackWindow: (bytes) => inflateSync(bytes),
    recent: new ByteCache<object, Pieces>(remembered ?? 1 << 25),
    ...(spacing === undefined ? {} : { spacing }),
  });
  const { name, unpacker, second = unpacker } = packing;
  return { source: new UnpackedSource(file, { packing: name, unpacker, second, store, pause }), store, kept: spill };
}

/** Reads a source as it comes until all is there. */
export async function readThrough(source: UnpackedSource): Promise<void> {
  while (!source.done) {
    source.read(Math.max(0, source.size() - 1), 1);
    await source.more();
  }
}
