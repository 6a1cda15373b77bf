import fc from "fast-check";
import { expect, it } from "vitest";
import { ZstdFrames } from "../../../src/core/container/zstdFrames";

/** A frame's descriptor: which fields its header has (RFC 8878, 3.1.1.1.1). */
const descriptor = fc.record({
  sizeFlag: fc.nat(3),
  single: fc.boolean(),
  checksum: fc.boolean(),
  dictionary: fc.nat(3),
});
/** Blocks as [type, size]: as they are, one byte repeated, compressed. */
const blocks = fc.array(fc.tuple(fc.nat(2), fc.nat(300)), { minLength: 1, maxLength: 5 });

const content = fc.tuple(descriptor, blocks).map(([{ sizeFlag, single, checksum, dictionary }, list]) => {
  const first = (sizeFlag << 6) | (single ? 0x20 : 0) | (checksum ? 4 : 0) | dictionary;
  const headerBytes = (single ? 0 : 1) + [0, 1, 2, 4][dictionary]! + [single ? 1 : 0, 2, 4, 8][sizeFlag]!;
  const written = list.flatMap(([type, size], i) => {
    const head = (size << 3) | (type << 1) | (i === list.length - 1 ? 1 : 0);
    return [head & 255, (head >> 8) & 255, head >> 16, ...new Uint8Array(type === 1 ? 1 : size).fill(0x28)];
  });
  return {
    content: true,
    bytes: [0x28, 0xb5, 0x2f, 0xfd, first, ...new Uint8Array(headerBytes), ...written, ...new Uint8Array(checksum ? 4 : 0)],
  };
});
const skippable = fc.tuple(fc.nat(15), fc.nat(300)).map(([number, size]) => {
  return { content: false, bytes: [0x50 + number, 0x2a, 0x4d, 0x18, size & 255, size >> 8, 0, 0, ...new Uint8Array(size).fill(0x28)] };
});

it("frames end where their lengths say, however the bytes come", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(content, skippable), { maxLength: 6 }), fc.integer({ min: 1, max: 700 }), (list, size) => {
      const all = Uint8Array.from(list.flatMap(({ bytes }) => bytes));
      const frames = new ZstdFrames();
      const found: { content: boolean; end: number }[] = [];
      for (let from = 0; from < all.length; from += size) {
        const piece = all.subarray(from, from + size);
        for (let at = 0; at < piece.length; ) {
          const { end, content, last } = frames.next(piece, at);
          expect(end > at || last).toBe(true);
          at = end;
          if (last) found.push({ content, end: from + end });
        }
      }
      let end = 0;
      expect(found).toEqual(
        list.map(({ content, bytes }) => {
          end += bytes.length;
          return { content, end };
        }),
      );
    }),
  );
});

it("what is no frame is refused", () => {
  expect(() => new ZstdFrames().next(Uint8Array.from([1, 2, 3, 4]), 0)).toThrow("no frame begins here");
});
