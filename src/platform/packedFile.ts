/** Packed files as records. */
import { deflateSync, inflateSync } from "node:zlib";
import type { ByteSource, PieceOfLines } from "../core/bytes/byteSource";
import { openRecords } from "../core/bytes/records";
import type { ByteStore } from "../core/container/byteStore";
import type { Pieces } from "../core/container/pieces";
import type { RecordProvider } from "../core/container/recordProvider";
import { RestartStore } from "../core/container/restartStore";
import { UnpackedSource } from "../core/container/unpackedSource";
import { ByteCache } from "../core/session/byteCache";
import type { Packing } from "./packing";
import { pause } from "./pause";
import { scanMemory } from "./scanMemory";

/** Unpacked stretches of all packed files that stay in memory: those used last. */
const recentBytes = 32 << 20;
/** The quickest way, with a checksum. */
const packWindow = (bytes: Uint8Array): Uint8Array => deflateSync(bytes, { level: 1 });
const unpackWindow = (bytes: Uint8Array): Uint8Array => inflateSync(bytes);
const recent = new ByteCache<object, Pieces>(recentBytes);

/** The records of a packed file. `kept`: for what random access needs. */
export function openPacked(source: ByteSource, { name, unpacker, second = unpacker, restart }: Packing, kept: ByteStore): RecordProvider {
  const store = new RestartStore({ packed: source, kept, restart, packWindow, unpackWindow, linesOf, recent });
  return openRecords(new UnpackedSource(source, { packing: name, unpacker, second, store, pause }));
}

/** The beginning of the bytes, as much as there is memory to look through at once. */
function linesOf(bytes: Uint8Array): PieceOfLines | undefined {
  const memory = scanMemory();
  if (!memory) return undefined;
  const piece = bytes.subarray(0, memory.bytes.length);
  memory.bytes.set(piece);
  return { bytes: memory.bytes.subarray(0, piece.length), newlines: memory.newlines(piece.length) };
}
