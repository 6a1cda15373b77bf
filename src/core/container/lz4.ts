/**
 * LZ4 blocks, as Parquet holds them. Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md; the framing that Parquet's older codec "LZ4" took over
 * from Hadoop: https://github.com/apache/parquet-format/blob/master/Compression.md
 */

const leastMatch = 4;
/** A length that does not fit in its half of the token goes on in further bytes. */
const longLength = 15;

const damaged = (): Error => new RangeError("the LZ4 data is damaged");

/** Unpacks one block, `size` bytes long when unpacked. Throws a RangeError on damaged bytes. */
export function unpackLz4Block(packed: Uint8Array, size: number): Uint8Array {
  const unpacked = new Uint8Array(size);
  let from = 0;
  let to = 0;
  const next = (): number => {
    const byte = packed[from];
    if (byte === undefined) throw damaged();
    from += 1;
    return byte;
  };
  const lengthOf = (half: number): number => {
    let length = half;
    for (let more = half === longLength; more; ) {
      const byte = next();
      length += byte;
      more = byte === 255;
    }
    return length;
  };
  while (from < packed.length) {
    const token = next();
    const literals = lengthOf(token >> 4);
    if (from + literals > packed.length || to + literals > size) throw damaged();
    unpacked.set(packed.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    if (from === packed.length) break;
    const distance = next() + 256 * next();
    const length = lengthOf(token & longLength) + leastMatch;
    if (distance === 0 || distance > to || to + length > size) throw damaged();
    // A match may reach into what it writes, so it is copied byte by byte.
    for (const end = to + length; to < end; to++) unpacked[to] = unpacked[to - distance]!;
  }
  if (to !== size) throw damaged();
  return unpacked;
}

/** Unpacks Parquet's older codec: blocks, each after its unpacked and its packed size; or one bare block, which some writers leave under the same name. */
export function unpackHadoopLz4(packed: Uint8Array, size: number): Uint8Array {
  return unpackFrames(packed, size) ?? unpackLz4Block(packed, size);
}

/** Undefined where the sizes do not add up. */
function unpackFrames(packed: Uint8Array, size: number): Uint8Array | undefined {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const unpacked = new Uint8Array(size);
  let to = 0;
  for (let from = 0; from < packed.length; ) {
    if (from + 8 > packed.length) return undefined;
    const length = view.getUint32(from);
    const end = from + 8 + view.getUint32(from + 4);
    if (end > packed.length || to + length > size) return undefined;
    try {
      unpacked.set(unpackLz4Block(packed.subarray(from + 8, end), length), to);
    } catch {
      return undefined;
    }
    to += length;
    from = end;
  }
  return to === size ? unpacked : undefined;
}
