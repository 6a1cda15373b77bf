import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unpackHadoopLz4, unpackLz4Block } from "../../../src/core/container/lz4";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A length past the half of the token that has no room for it. */
function moreOf(length: number): number[] {
  if (length < 15) return [];
  const rest = length - 15;
  return [...Array.from({ length: Math.floor(rest / 255) }, () => 255), rest % 255];
}

const token = (literals: number, match: number): number => (Math.min(15, literals) << 4) | Math.min(15, match);

/** A piece of a block: literals, then a match. Without the match it is the last one. */
const piece = (literals: Uint8Array, match?: { readonly distance: number; readonly length: number }): number[] => [
  token(literals.length, match ? match.length - 4 : 0),
  ...moreOf(literals.length),
  ...literals,
  ...(match ? [match.distance & 255, match.distance >> 8, ...moreOf(match.length - 4)] : []),
];

const frame = (block: readonly number[], size: number): number[] => {
  const sizes = new DataView(new ArrayBuffer(8));
  sizes.setUint32(0, size);
  sizes.setUint32(4, block.length);
  return [...new Uint8Array(sizes.buffer), ...block];
};

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("an LZ4 block", () => {
  it("repeats what came before, also what it is about to write", () => {
    const block = [
      ...piece(bytesOf("abc"), { distance: 3, length: 10 }),
      ...piece(bytesOf("!"), { distance: 1, length: 600 }),
      ...piece(bytesOf("end")),
    ];
    expect(text(unpackLz4Block(Uint8Array.from(block), 617))).toBe(`abcabcabcabca!${"!".repeat(600)}end`);
  });

  it("holds literals of any length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1000 }), (bytes) => {
        expect(unpackLz4Block(Uint8Array.from(piece(bytes)), bytes.length)).toEqual(bytes);
      }),
    );
  });

  it("that is damaged is an error, and never more than its size", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(100), (bytes, size) => {
        for (const unpack of [unpackLz4Block, unpackHadoopLz4])
          try {
            expect(unpack(bytes, size).length).toBe(size);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(RangeError);
          }
      }),
      { numRuns: 2000 },
    );
  });
});

it("the older framing is blocks with their sizes, or one bare block", () => {
  const one = piece(bytesOf("one"), { distance: 3, length: 6 });
  const two = piece(bytesOf("two"));
  const framed = Uint8Array.from([...frame([...one, ...piece(bytesOf("."))], 10), ...frame(two, 3)]);
  expect(text(unpackHadoopLz4(framed, 13))).toBe("oneoneone.two");
  expect(text(unpackHadoopLz4(Uint8Array.from(two), 3))).toBe("two");
});
