import { codeUnits } from "../codeUnits";

/** Code units in a window. Whisper takes the ratio over one segment of some hundred characters; 2.4 marks a loop there. */
const windowSize = 1024;

const tableBits = 11;

/** Costs in bits, from a dynamic Huffman block on English with LaTeX: a literal, and a match of any length within the window. */
const literalBits = 5.1;
const matchBits = 15.5;
const headerBits = 480;
const shortestMatch = 3;

/** Where three units were last seen, as offsets in the text plus 1; what stands before the window counts as not seen. */
const last = new Int32Array(1 << tableBits);

/**
 * Estimated compressed bytes of `text[start, end)`: greedy matching against the last place with the same three characters. No end of it is read where
 * it comes to more than `most`, which the size is above then.
 */
const packedSize = (units: Uint16Array, start: number, end: number, most: number): number => {
  const mostBits = most * 8;
  let bits = headerBits;
  let at = start;
  while (at + shortestMatch <= end) {
    if (bits > mostBits) return Number.POSITIVE_INFINITY;
    const unit = units[at]!;
    const second = units[at + 1]!;
    const third = units[at + 2]!;
    const slot = Math.imul((unit | (second << 8)) ^ (third << 16), 0x9e3779b1) >>> (32 - tableBits);
    const before = last[slot]! - 1;
    last[slot] = at + 1;
    if (before >= start && units[before] === unit && units[before + 1] === second && units[before + 2] === third) {
      let length = shortestMatch;
      while (at + length < end && units[before + length] === units[at + length]) length++;
      bits += matchBits;
      at += length;
    } else {
      bits += unit < 0x80 ? literalBits : unit < 0x800 ? 12 : 15;
      at++;
    }
  }
  for (; at < end; at++) bits += literalBits;
  return bits / 8;
};

/**
 * Characters over estimated deflate size in the window that packs best; windows of 1,024 characters side by side. An estimate of Whisper's
 * compression ratio (above 2.4 is suspicious) without a compressor; 1 for a text too short to say. Linear.
 */
export const compressionRatio = (text: string): number => {
  if (text.length < windowSize / 2) return 1;
  last.fill(0);
  const units = codeUnits(text);
  let worst = 1;
  for (let start = 0; start === 0 || start + windowSize <= text.length; start += windowSize) {
    const end = Math.min(text.length, start + windowSize);
    worst = Math.max(worst, (end - start) / packedSize(units, start, end, (end - start) / worst));
  }
  return worst;
};
