import { BinaryReader, BinaryWriter } from "./binary";

/** Version of everything that a cache holds: to be raised when the layout of the index or of the columns changes. */
const formatVersion = 2;
const magic = "trace-inspector cache";

/** Wraps a cache's content with what it is about. */
export function seal(key: string, content: Uint8Array): Uint8Array {
  const writer = new BinaryWriter();
  writer.text(magic);
  writer.number(formatVersion);
  writer.text(key);
  writer.number(checksum(content));
  writer.array(content);
  return writer.bytes();
}

/** The content, when the bytes are whole, of this version and about this key; undefined otherwise. Never throws. */
export function unseal(key: string, bytes: Uint8Array): Uint8Array | undefined {
  try {
    const reader = new BinaryReader(bytes);
    if (reader.text() !== magic || reader.number() !== formatVersion || reader.text() !== key) return undefined;
    const sum = reader.number();
    const content = new Uint8Array(reader.buffer());
    return checksum(content) === sum ? content : undefined;
  } catch {
    return undefined;
  }
}

/** Adler-32 (RFC 1950): enough against files cut off or overwritten. */
function checksum(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let from = 0; from < bytes.length; from += 3800) {
    const to = Math.min(bytes.length, from + 3800);
    for (let i = from; i < to; i++) {
      low += bytes[i]!;
      high += low;
    }
    low %= 65_521;
    high %= 65_521;
  }
  return high * 65_536 + low;
}
