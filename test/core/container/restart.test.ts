import { constants, deflateRawSync, gzipSync, type ZlibOptions } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memorySource } from "../../../src/core/bytes/byteSource";
import { gzip } from "../../../src/platform/gzip";
import type { Packing } from "../../../src/platform/packing";
import { SpillStore } from "../../../src/platform/spillStore";
import { utf16 } from "../../../src/platform/utf16";
import { zstd } from "../../../src/platform/zstd";
import { zstdFrame } from "./pack";
import { packedSource, readThrough } from "./packedSource";

const spacing = 1 << 18;

/** Text with few repetitions, so that much packed data comes of it; the same every time. */
function text(bytes: number): Buffer {
  const pieces: string[] = [];
  let seed = 7;
  for (let length = 0; length < bytes; ) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    const piece = seed % 5 === 0 ? `{"n": ${seed}, "text": "wait, 加` : `${seed.toString(36)} so ${seed % 1000}\n`;
    pieces.push(piece);
    length += Buffer.byteLength(piece);
  }
  return Buffer.from(pieces.join(""));
}

const plain = text(8 << 20);
const inPieces = (size: number, pack: (piece: Buffer) => Uint8Array): Buffer =>
  Buffer.concat(Array.from({ length: Math.ceil(plain.length / size) }, (_, i) => pack(plain.subarray(i * size, (i + 1) * size))));
const gzipped = (options: ZlibOptions) => gzipSync(plain, options);

/** One member of pieces that end on a byte each, as parallel compressors write them. */
const flushed = (): Buffer =>
  Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
    inPieces(1 << 17, (piece) => deflateRawSync(piece, { finishFlush: constants.Z_SYNC_FLUSH })),
    gzipSync("").subarray(10),
  ]);

/** Name, way of packing, packed bytes, restart points at least. */
const files: readonly (readonly [string, Packing, () => Uint8Array, number])[] = [
  ["not compressed", gzip, () => gzipped({ level: 0 }), 4],
  ["level 1", gzip, () => gzipped({ level: 1 }), 2],
  ["level 6", gzip, () => gzipped({ level: 6 }), 2],
  ["level 9", gzip, () => gzipped({ level: 9 }), 2],
  ["small blocks", gzip, () => gzipped({ memLevel: 1 }), 2],
  ["filtered", gzip, () => gzipped({ strategy: constants.Z_FILTERED }), 2],
  ["codes only", gzip, () => gzipped({ strategy: constants.Z_HUFFMAN_ONLY }), 2],
  ["runs only", gzip, () => gzipped({ strategy: constants.Z_RLE }), 2],
  ["fixed codes", gzip, () => gzipped({ strategy: constants.Z_FIXED }), 0],
  ["many small members", gzip, () => inPieces(65_280, (piece) => gzipSync(piece)), 2],
  ["some members", gzip, () => inPieces(1_500_000, (piece) => gzipSync(piece)), 2],
  ["members that are not compressed", gzip, () => inPieces(100_000, (piece) => gzipSync(piece, { level: 0 })), 4],
  ["Zstandard frames", zstd, () => inPieces(100_000, (piece) => zstdFrame(piece)), 8],
  ["one Zstandard frame", zstd, () => zstdFrame(plain), 0],
  ["UTF-16", utf16("utf-16le"), () => Buffer.from(`\ufeff${plain.toString()}`, "utf16le"), 4],
  ["UTF-16, big-endian", utf16("utf-16be"), () => Buffer.from(`\ufeff${plain.toString()}`, "utf16le").swap16(), 4],
];

describe.each(files)("%s", (_, packing, pack, points) => {
  it("reads as the plain bytes anywhere", async () => {
    let marks = 0;
    const unpacker: Packing["unpacker"] = (output) =>
      packing.unpacker({
        take: (bytes) => output.take(bytes),
        spacingAfter: (unpacked) => output.spacingAfter(unpacked),
        mark: (point) => {
          marks += 1;
          output.mark(point);
        },
      });
    const { source, kept } = packedSource(pack(), { ...packing, unpacker }, { spacing, remembered: 1 });
    await readThrough(source);
    expect(source.notices).toEqual([]);
    expect(source.size()).toBe(plain.length);
    expect(kept.size).toBeLessThan(plain.length / 10);
    const range = fc.tuple(fc.nat(plain.length), fc.oneof(fc.nat(5000), fc.nat(300_000)));
    fc.assert(
      fc.property(range, ([at, length]) => Buffer.compare(source.read(at, length), plain.subarray(at, at + length)) === 0),
      { numRuns: 15 },
    );
    expect(marks).toBeGreaterThanOrEqual(points);
    source.close();
  });
});

/** Parts of a content, from what cannot be packed to what packs to nothing. */
const part = fc.oneof(
  fc.nat(plain.length - 1_500_000).map((at) => plain.subarray(at, at + 1_500_000)),
  fc.uint8Array({ minLength: 2, maxLength: 30 }).map((bytes) => Buffer.alloc(900_000, bytes)),
  fc.nat(plain.length - 700_000).map((at) => gzipSync(plain.subarray(at, at + 700_000))),
);
const options = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
  strategy: fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_HUFFMAN_ONLY, constants.Z_RLE, constants.Z_FIXED),
});

it("any content packed in any way, cut off anywhere, reads as the plain bytes", async () => {
  const members = fc.array(fc.tuple(part, options), { minLength: 1, maxLength: 6 });
  const property = fc.asyncProperty(members, fc.boolean(), fc.constantFrom(1, 1, 0.7), fc.nat(), async (given, one, whole, seed) => {
    const content = Buffer.concat(given.map(([bytes]) => bytes));
    const packed = one ? gzipSync(content, given[0]?.[1]) : Buffer.concat(given.map(([bytes, how]) => gzipSync(bytes, how)));
    const { source } = packedSource(packed.subarray(0, packed.length * whole), gzip, { spacing, remembered: 1 });
    await readThrough(source);
    if (whole === 1) expect(source.size()).toBe(content.length);
    for (let i = 0; i < 10; i++) {
      const at = (seed + i * 777_777) % Math.max(1, source.size());
      const end = Math.min(source.size(), at + 100_000);
      expect(Buffer.compare(source.read(at, 100_000), content.subarray(at, end))).toBe(0);
    }
    source.close();
  });
  await fc.assert(property, { numRuns: 10 });
});

it("pieces that end on a byte each read as the plain bytes", async () => {
  const { source } = packedSource(flushed().subarray(0, -8), gzip, { spacing, remembered: 1 });
  await readThrough(source);
  expect(Buffer.compare(source.read(0, plain.length), plain)).toBe(0);
});

describe("a packed file", () => {
  const packed = gzipped({ level: 6 });

  it("is unpacked no farther ahead of its reader than memory allows", async () => {
    const large = gzipSync(Buffer.alloc(48 << 20, plain), { level: 1 });
    const { source } = packedSource(large, gzip);
    for (let size = -1; size !== source.size() || size === 0; ) {
      size = source.size();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(source.done).toBe(false);
    expect(source.size()).toBeLessThan(40 << 20);
    await readThrough(source);
    expect(source.size()).toBe(48 << 20);
  });

  it("can be closed in the middle of its first pass", async () => {
    const { source } = packedSource(packed, gzip, { spacing });
    while (source.size() === 0) await source.more();
    const more = source.more();
    source.close();
    await more;
    expect(source.size()).toBe(0);
    expect(source.read(0, 10)).toHaveLength(0);
  });

  it.each([0.3, 0.9, 0.999])("that is cut off after %d of it reads up to there", async (part) => {
    const { source } = packedSource(packed.subarray(0, packed.length * part), gzip, { spacing, remembered: 1 });
    await readThrough(source);
    expect(source.notices).toEqual([expect.stringContaining("the file was cut off")]);
    expect(source.size()).toBeGreaterThan(plain.length * (part - 0.05));
    expect(Buffer.compare(source.read(0, plain.length), plain.subarray(0, source.size()))).toBe(0);
  });

  it("that is damaged reads up to there", async () => {
    const damaged = Uint8Array.from(packed);
    damaged.fill(0xff, packed.length * 0.8, packed.length * 0.8 + 100);
    const { source } = packedSource(damaged, gzip, { spacing, remembered: 1 });
    await readThrough(source);
    expect(source.notices).toEqual([expect.stringContaining("damaged")]);
    expect(source.size()).toBeGreaterThan(plain.length * 0.7);
    const sound = plain.length * 0.75;
    expect(Buffer.compare(source.read(0, sound), plain.subarray(0, sound))).toBe(0);
    expect(source.read(source.size() - 100, 100)).toHaveLength(100);
  });

  it("is not unpacked again when its restart points are known", async () => {
    const { source, kept } = packedSource(packed, gzip, { spacing });
    await readThrough(source);
    const again = packedSource(packed, { ...gzip, unpacker: () => expect.unreachable() }, { kept, remembered: 1 });
    expect(again.source).toMatchObject({ done: true, bytesRead: packed.length });
    expect(Buffer.compare(again.source.read(0, plain.length), plain)).toBe(0);
  });

  it("whose restart points are cut off or another file's is unpacked again", async () => {
    const { source, kept } = packedSource(packed, gzip, { spacing });
    await readThrough(source);
    const bytes = Uint8Array.from(kept.read(0, kept.size));
    for (const wrong of [bytes.subarray(0, -1), bytes.subarray(8), bytes.subarray(0, 20)]) {
      const store = new SpillStore();
      store.append(wrong);
      const again = packedSource(packed, gzip, { spacing, kept: store });
      expect(again.source.done).toBe(false);
      await readThrough(again.source);
      expect(Buffer.compare(again.source.read(0, plain.length), plain)).toBe(0);
    }
  });

  it("is read right or anew when what is kept is damaged in any place", async () => {
    const { source, kept } = packedSource(packed, gzip, { spacing });
    await readThrough(source);
    const bytes = Uint8Array.from(kept.read(0, kept.size));
    const step = Math.floor(bytes.length / 60);
    for (let at = bytes.length - 1; at >= 0; at -= at > bytes.length - 300 ? 7 : step) {
      const store = new SpillStore();
      store.append(bytes.map((byte, i) => (i === at ? byte ^ 0x10 : byte)));
      const again = packedSource(packed, gzip, { spacing, kept: store });
      const read = again.source.done ? again.source.read(0, plain.length) : plain;
      expect(again.source.changed() || Buffer.compare(read, plain) === 0, `byte ${at}`).toBe(true);
      again.source.close();
    }
  });

  it("that is rewritten in place is noticed, unpacked anew, and not trusted any more", async () => {
    let bytes = Uint8Array.from(packed);
    const file = { ...memorySource("a", bytes), read: (at: number, length: number) => bytes.subarray(at, at + length) };
    const { source, kept } = packedSource(file, gzip, { spacing, remembered: 1 });
    await readThrough(source);
    expect(source.changed()).toBe(false);
    const other = gzipSync(Buffer.from(plain).reverse());
    bytes = new Uint8Array(packed.length);
    bytes.set(other.subarray(0, packed.length));
    expect(source.read(plain.length >> 1, 10)).toHaveLength(0);
    expect(source.changed()).toBe(true);
    source.restart();
    await readThrough(source);
    expect(kept.size).toBeGreaterThan(source.size());
    expect(Buffer.compare(source.read(0, 5000), Buffer.from(plain).reverse().subarray(0, 5000))).toBe(0);
  });
});
