/** Deflate blocks (RFC 1951) that hold nothing: before a block that begins inside a byte they fill the bits in front of it. */

/** A value, lowest bit first, and how many bits of it. */
type Bits = readonly [value: number, count: number];

/** No literals, the fixed codes. 10 bits. */
const fixedBlock: readonly Bits[] = [
  [0b010, 3],
  [0, 7],
];

/** No literals, codes of its own: the end of the block as the only one, written with code lengths 0, 1 and "11 to 138 times 0". 93 bits, an odd number. */
const oddBlock: readonly Bits[] = [
  [0b100, 3],
  [0, 5],
  [0, 5],
  [14, 4],
  // Lengths of the code of code lengths: 2 for "times 0" and for 0, which stand third and fourth in their order, and 1 for 1, which stands last.
  [0, 6],
  [2 | (2 << 3), 6],
  [0, 20],
  [0, 19],
  [1, 3],
  // 138 and 118 times 0, then 1 for the end of the block; no distance.
  [0b11, 2],
  [127, 7],
  [0b11, 2],
  [107, 7],
  [0, 1],
  [0b01, 2],
  [0, 1],
];

const bitsOf = (blocks: readonly Bits[]): readonly number[] =>
  blocks.flatMap(([value, count]) => Array.from({ length: count }, (_, i) => (value >> i) & 1));

/** For each number of bits modulo 8. */
const fillings = Array.from({ length: 8 }, (_, bit) => {
  const odd = bit % 2 === 1;
  const more = ((bit - (odd ? 93 : 0) + 96) % 8) / 2;
  return [...(odd ? bitsOf(oddBlock) : []), ...Array.from({ length: more }, () => bitsOf(fixedBlock)).flat()];
});

/** Deflate data that begins at bit `bit` of the first byte of `bytes`, as data that begins with a byte and means the same. */
export function fromWholeByte(bytes: Uint8Array, bit: number): Uint8Array {
  if (bit === 0) return bytes;
  const filling = fillings[bit] ?? [];
  const before = filling.length >> 3;
  const whole = new Uint8Array(before + bytes.length);
  whole.set(bytes, before);
  whole[before]! &= 0xff << bit;
  for (const [at, value] of filling.entries()) whole[at >> 3]! |= value << (at & 7);
  return whole;
}
