/** Packed files as records. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { ByteSource, PieceOfLines } from "../core/bytes/byteSource";
import { openRecords } from "../core/bytes/records";
import type { ByteStore } from "../core/container/byteStore";
import type { RecordProvider } from "../core/container/recordProvider";
import { RestartStore } from "../core/container/restartStore";
import { UnpackedSource } from "../core/container/unpackedSource";
import { ByteCache } from "../core/session/byteCache";
import type { Packing } from "./packing";
import { pause } from "./pause";
import { scanMemory } from "./scanMemory";

/** Unpacked stretches of all packed files that stay in memory: those used last. */
const recentBytes = 64 << 20;
/** The quickest way: windows are small. */
const packWindow = (bytes: Uint8Array): Uint8Array => deflateRawSync(bytes, { level: 1 });
const unpackWindow = (bytes: Uint8Array): Uint8Array => inflateRawSync(bytes);
const recent = new ByteCache<object, Uint8Array>(recentBytes);

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
