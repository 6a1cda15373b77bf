import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findDynamicBlock } from "../../../src/core/container/deflateBlocks";
import { findCandidate } from "../../../src/core/container/deflatePoints";
import { fromWholeByte } from "../../../src/core/container/emptyBlocks";

/** The same bits after `bits` others, which are ones. */
function shifted(bytes: Uint8Array, bits: number): Uint8Array {
  const result = new Uint8Array(bytes.length + (bits >> 3) + 2);
  for (let bit = 0; bit < bits; bit++) result[bit >> 3]! |= 1 << (bit & 7);
  for (let bit = 0; bit < bytes.length * 8; bit++)
    result[(bits + bit) >> 3]! |= ((bytes[bit >> 3]! >> (bit & 7)) & 1) << ((bits + bit) & 7);
  return result;
}

const words = fc.array(fc.constantFrom("wait", "so", "the answer", "is", "2", "17", "hmm,", "\n"), { minLength: 40, maxLength: 400 });
/** One block with codes of its own that is not the last. */
const blockOf = (text: string): Uint8Array =>
  deflateRawSync(Buffer.from(`{"question": "Is 17 prime?"}\n${text.repeat(20)} 3 does not divide it, Q.E.D.`), {
    level: 6,
    finishFlush: constants.Z_SYNC_FLUSH,
  });

describe("data that begins inside a byte", () => {
  it("is the same with empty blocks before it", () => {
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 0, max: 7 }),
        fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED),
        (text, bit, strategy) => {
          const plain = Buffer.from(text.join(" "));
          const data = deflateRawSync(plain, { strategy });
          expect(inflateRawSync(fromWholeByte(shifted(data, bit), bit)).equals(plain)).toBe(true);
        },
      ),
    );
  });
});

describe("a block with codes of its own", () => {
  it("is found at any bit", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 100 }), (text, bits) => {
        const data = shifted(blockOf(text.join(" ")), bits);
        expect(findDynamicBlock(data, 0, data.length * 8)).toBe(bits);
        expect(findDynamicBlock(data, 0, bits)).toBeUndefined();
      }),
    );
  });

  it("is not found where a bit of its header's codes is another", () => {
    const block = blockOf("we check whether 17 is prime; wait, it is.");
    for (let bit = 17; bit < 17 + 12; bit++) {
      const damaged = Uint8Array.from(block);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      expect(findDynamicBlock(damaged, 0, 1)).toBeUndefined();
    }
  });

  it("is hardly ever seen in noise, and looking at any bytes is safe", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const at = findDynamicBlock(bytes, 0, bytes.length * 8);
        expect(at === undefined || (at >= 0 && at < bytes.length * 8)).toBe(true);
      }),
    );
  });
});

describe("a candidate", () => {
  it.each([
    ["a member", [0x1f, 0x8b, 8, 0], { byte: 3, bit: 0, kind: "member" }],
    ["the mark between two pieces", [0, 0, 0, 0xff, 0xff], { byte: 3, bit: 5, kind: "stored" }],
    ["a block that is not compressed", [0x1c, 0x10, 0x20, 0xef, 0xdf], { byte: 3, bit: 5, kind: "stored" }],
  ])("is %s", (_, bytes, candidate) => {
    const data = Uint8Array.from([7, 7, 7, ...bytes, 7, 7, 7, 7]);
    expect(findCandidate(data, 0, data.length)).toEqual(candidate);
    expect(findCandidate(data, 4, data.length)).toBeUndefined();
  });
});
