/** Places in gzip data where unpacking may begin. Each is a guess, to be tried out. */
import { findDynamicBlock } from "./deflateBlocks";

/** A guess: a byte, a bit of it, and what begins there. */
export interface Candidate {
  readonly byte: number;
  readonly bit: number;
  /** A gzip member; a block that is not compressed; a block with codes of its own. */
  readonly kind: "member" | "stored" | "dynamic";
}

/** Members and blocks that are not compressed are looked for so far: where there are such blocks or small members, they are no longer. */
const nearBytes = 70_000;

/** Where a gzip member with deflate data seems to begin in bytes `[from, to)`; its first bytes are always these. */
function findMember(bytes: Uint8Array, from: number, to: number): Candidate | undefined {
  for (let at = bytes.indexOf(0x1f, from); at >= 0 && at < to; at = bytes.indexOf(0x1f, at + 1))
    if (bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && (bytes[at + 3] ?? 0) < 32) return { byte: at, bit: 0, kind: "member" };
  return undefined;
}

/**
 * Where a block that is not compressed seems to begin, even an empty one as compressors write between pieces: bits of zeros up to the end of a byte, then its length and the
 * complement of that.
 */
function findStored(bytes: Uint8Array, from: number, to: number): Candidate | undefined {
  for (let at = from; at < to; at++)
    if ((bytes[at + 1]! ^ bytes[at + 3]!) === 0xff && (bytes[at + 2]! ^ bytes[at + 4]!) === 0xff && bytes[at]! < 32)
      return { byte: at, bit: 5, kind: "stored" };
  return undefined;
}

/** A place in bytes `[from, to)` where unpacking seems possible; undefined where there is none. */
export function findCandidate(bytes: Uint8Array, from: number, to: number): Candidate | undefined {
  const near = Math.min(to, from + nearBytes);
  const simple = findMember(bytes, from, near) ?? findStored(bytes, from, Math.min(near, bytes.length - 4));
  if (simple) return simple;
  const bit = findDynamicBlock(bytes, from * 8, to * 8);
  return bit === undefined ? undefined : { byte: bit >>> 3, bit: bit & 7, kind: "dynamic" };
}
