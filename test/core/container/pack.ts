/** Small packers of the formats that Node cannot write. */
import { deflateRawSync } from "node:zlib";

const bytesOf = (text: string): Buffer => Buffer.from(text, "utf8");

/** One Zstandard frame of unpacked blocks of at most `block` bytes. */
export function zstdFrame(content: Uint8Array, block = 1 << 16): Buffer {
  const header = Buffer.alloc(9);
  header.writeUInt32LE(0xfd2fb528, 0);
  header[4] = 0xa0;
  header.writeUInt32LE(content.length, 5);
  const pieces: Uint8Array[] = [header];
  for (let at = 0; at < content.length || at === 0; at += block) {
    const piece = content.subarray(at, at + block);
    const last = at + block >= content.length ? 1 : 0;
    const head = Buffer.alloc(3);
    head.writeUIntLE(last | (piece.length << 3), 0, 3);
    pieces.push(head, piece);
  }
  return Buffer.concat(pieces);
}

const methods = {
  stored: { id: 0, pack: (bytes: Buffer) => bytes },
  deflate: { id: 8, pack: (bytes: Buffer) => deflateRawSync(bytes) },
  zstd: { id: 93, pack: (bytes: Buffer) => zstdFrame(bytes) },
  lzma: { id: 14, pack: (bytes: Buffer) => bytes },
} as const;

export interface Entry {
  readonly name: string;
  readonly text: string;
  readonly method: keyof typeof methods;
}

/** A zip archive. Checksums are left at 0. */
export function zip(entries: readonly Entry[]): Buffer {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, text, method } of entries) {
    const packed = methods[method].pack(bytesOf(text));
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(bytesOf(name).length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(methods[method].id, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(bytesOf(text).length, 24);
    central.writeUInt16LE(bytesOf(name).length, 28);
    central.writeUInt32LE(at, 42);
    body.push(local, bytesOf(name), packed);
    directory.push(central, bytesOf(name));
    at += 30 + bytesOf(name).length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...body, ...directory, end]);
}
