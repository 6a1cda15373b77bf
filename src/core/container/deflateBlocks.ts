/**
 * Where a block of deflate data (RFC 1951) begins, found without unpacking what stands before: by its header, as pugz (Kerbiriou & Chikhi, 2019) and rapidgzip
 * (Knespel & Brunst, 2023) do. What looks like a header need not be one.
 */

/** Order in which the lengths of the code of code lengths are written. */
const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** Bits before the lengths of the code of code lengths: block type, numbers of codes. */
const headBits = 17;
/** Longest code of code lengths. */
const longestCode = 7;
/** The end of a block among the codes of literals and lengths. */
const endOfBlock = 256;
/** Longest code of literals, lengths and distances. */
const longest = 15;

/** For 13 bits: a block that is not the last one, with codes of its own, at most 286 of literals and lengths and 30 of distances. */
const looksLikeHead = new Uint8Array(1 << 13);
for (let bits = 0; bits < looksLikeHead.length; bits++)
  looksLikeHead[bits] = (bits & 7) === 4 && ((bits >> 3) & 31) <= 29 && ((bits >> 8) & 31) <= 29 ? 1 : 0;

/** For 10 bits: at which of the first eight a block of that kind may begin, one bit each. */
const mayBegin = new Uint8Array(1 << 10);
for (let bits = 0; bits < mayBegin.length; bits++) for (let at = 0; at < 8; at++) if (((bits >> at) & 7) === 4) mayBegin[bits]! |= 1 << at;

/** For four code lengths of 3 bits: the part of the code space that they take, in 1/128. */
const spaceOfFour = new Uint16Array(1 << 12);
for (let bits = 0; bits < spaceOfFour.length; bits++)
  for (let at = 0; at < 12; at += 3) {
    const length = (bits >> at) & 7;
    if (length > 0) spaceOfFour[bits]! += 128 >> length;
  }

/** At least 25 bits of `bytes` from bit `at` on; 0 beyond the end. */
const bitsAt = (bytes: Uint8Array, at: number): number => {
  const byte = at >>> 3;
  return (bytes[byte]! | (bytes[byte + 1]! << 8) | (bytes[byte + 2]! << 16) | (bytes[byte + 3]! << 24)) >>> (at & 7);
};

/** The lengths' code is complete: every sequence of bits means something. */
function lengthsComplete(bytes: Uint8Array, at: number, count: number): boolean {
  let space = 0;
  for (let left = count, from = at; left > 0 && space <= 128; left -= 4, from += 12)
    space += spaceOfFour[bitsAt(bytes, from) & (left >= 4 ? 0xfff : (1 << (3 * left)) - 1)]!;
  return space === 128;
}

const codeOf = new Uint8Array(1 << longestCode);
const lengthOf = new Uint8Array(19);
const lengths = new Uint8Array(286 + 30);
const nextCode = new Uint16Array(longestCode + 1);

/** Fills {@link codeOf}: for each 7 bits the code length that they begin with; its own length stands in {@link lengthOf}. */
function readLengthsCode(bytes: Uint8Array, at: number, count: number): void {
  lengthOf.fill(0);
  nextCode.fill(0);
  for (let i = 0; i < count; i++) {
    const length = bitsAt(bytes, at + 3 * i) & 7;
    lengthOf[lengthOrder[i]!] = length;
    if (length > 0 && length < longestCode) nextCode[length + 1]! += 1;
  }
  for (let length = 1; length <= longestCode; length++) nextCode[length]! = (nextCode[length - 1]! + nextCode[length]!) << 1;
  for (let symbol = 0; symbol < 19; symbol++) {
    const length = lengthOf[symbol]!;
    if (length === 0) continue;
    const code = reversed(nextCode[length]!++, length);
    for (let bits = code; bits < codeOf.length; bits += 1 << length) codeOf[bits] = symbol;
  }
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let i = 0; i < length; i++) result |= ((code >> i) & 1) << (length - 1 - i);
  return result;
}

/** Reads the lengths of all codes into {@link lengths}. False when they cannot be. */
function readLengths(bytes: Uint8Array, from: number, count: number): boolean {
  let at = from;
  for (let i = 0; i < count; ) {
    const bits = bitsAt(bytes, at);
    const symbol = codeOf[bits & 127]!;
    const used = lengthOf[symbol]!;
    const more = bits >>> used;
    at += used;
    if (symbol < 16) {
      lengths[i++] = symbol;
      continue;
    }
    if (symbol === 16 && i === 0) return false;
    const [base, extra] = symbol === 16 ? [3, 2] : symbol === 17 ? [3, 3] : [11, 7];
    const end = i + base + (more & ((1 << extra) - 1));
    if (end > count) return false;
    lengths.fill(symbol === 16 ? lengths[i - 1]! : 0, i, end);
    i = end;
    at += extra;
  }
  return true;
}

/** The codes `[from, to)` of {@link lengths} are complete, or at most `few` of length 1. */
function complete(from: number, to: number, few: number): boolean {
  let space = 0;
  let codes = 0;
  for (let i = from; i < to; i++) {
    const length = lengths[i]!;
    if (length === 0) continue;
    space += 1 << (longest - length);
    codes += 1;
  }
  return space === 1 << longest || (codes <= few && space === codes << (longest - 1));
}

function isHeader(bytes: Uint8Array, at: number): boolean {
  const bits = bitsAt(bytes, at);
  const literals = 257 + ((bits >>> 3) & 31);
  const distances = 1 + ((bits >>> 8) & 31);
  const count = 4 + ((bits >>> 13) & 15);
  if (!lengthsComplete(bytes, at + headBits, count)) return false;
  readLengthsCode(bytes, at + headBits, count);
  if (!readLengths(bytes, at + headBits + 3 * count, literals + distances)) return false;
  return lengths[endOfBlock] !== 0 && complete(0, literals, 0) && complete(literals, literals + distances, 1);
}

/** First bit in `[from, to)` where a block with codes of its own seems to begin; undefined where there is none. Bits are counted from the lowest of each byte. */
export function findDynamicBlock(bytes: Uint8Array, from: number, to: number): number | undefined {
  const end = Math.min(to, bytes.length * 8 - headBits);
  for (let byte = from >>> 3; byte * 8 < end; byte++) {
    const bits = bytes[byte]! | (bytes[byte + 1]! << 8) | (bytes[byte + 2]! << 16);
    for (let places = mayBegin[bits & 0x3ff]!; places !== 0; places &= places - 1) {
      const bit = 31 - Math.clz32(places & -places);
      const at = byte * 8 + bit;
      if (looksLikeHead[(bits >>> bit) & 0x1fff] === 1 && at >= from && at < end && isHeader(bytes, at)) return at;
    }
  }
  return undefined;
}
