import type { ByteSource } from "../bytes/byteSource";
import { fail, ok, type Result } from "../result";

/** A file in a zip archive. Sizes and offsets in bytes. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflate, 93 zstd. */
  readonly method: number;
  readonly packedSize: number;
  readonly size: number;
  /** Offset of the entry's local header. */
  readonly headerAt: number;
}

const endMark = 0x06054b50;
const end64LocatorMark = 0x07064b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const endBytes = 22;
const locatorBytes = 20;
const entryBytes = 46;
const localBytes = 30;
/** The end record is followed by a comment of 64 KB at most. */
const longestEnd = endBytes + 0xffff;
/** Largest directory that is read. About a hundred bytes an entry. */
const mostDirectoryBytes = 256 << 20;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Lists the files of an archive from its central directory (PKWARE APPNOTE 4.3.12), with 64-bit sizes. Codes: "damaged". */
export function readZipDirectory(source: ByteSource): Result<readonly ZipEntry[]> {
  try {
    const place = findDirectory(source);
    if (!place || place.size > mostDirectoryBytes || place.at + place.size > source.size())
      return fail("damaged", `${source.name} is a zip archive without its directory: it was cut off, or is still being written.`);
    return ok(readEntries(source.read(place.at, place.size), place.count));
  } catch {
    return fail("damaged", `The directory of the zip archive ${source.name} is damaged.`);
  }
}

function findDirectory(source: ByteSource): { readonly at: number; readonly size: number; readonly count: number } | undefined {
  const tailAt = Math.max(0, source.size() - longestEnd - locatorBytes);
  const tail = viewOf(source.read(tailAt, source.size() - tailAt));
  let at = tail.byteLength - endBytes;
  while (at >= 0 && tail.getUint32(at, true) !== endMark) at -= 1;
  if (at < 0) return undefined;
  const own = { at: tail.getUint32(at + 16, true), size: tail.getUint32(at + 12, true), count: tail.getUint16(at + 10, true) };
  const locator = at - locatorBytes;
  if (locator < 0 || tail.getUint32(locator, true) !== end64LocatorMark) return own;
  const end64 = viewOf(source.read(Number(tail.getBigUint64(locator + 8, true)), 56));
  return {
    at: Number(end64.getBigUint64(48, true)),
    size: Number(end64.getBigUint64(40, true)),
    count: Number(end64.getBigUint64(32, true)),
  };
}

function readEntries(bytes: Uint8Array, count: number): ZipEntry[] {
  const view = viewOf(bytes);
  const decoder = new TextDecoder("utf-8");
  const entries: ZipEntry[] = [];
  let at = 0;
  while (entries.length < count && at + entryBytes <= bytes.length && view.getUint32(at, true) === entryMark) {
    const nameEnd = at + entryBytes + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const short = {
      size: view.getUint32(at + 24, true),
      packedSize: view.getUint32(at + 20, true),
      headerAt: view.getUint32(at + 42, true),
    };
    const name = decoder.decode(bytes.subarray(at + entryBytes, nameEnd));
    entries.push({ name, method: view.getUint16(at + 10, true), ...withLongSizes(short, view, nameEnd, extraEnd) });
    at = extraEnd + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Values of all ones stand, in this order, in the extra field number 1 as 64-bit numbers. */
function withLongSizes<T extends { size: number; packedSize: number; headerAt: number }>(
  short: T,
  view: DataView,
  from: number,
  end: number,
): T {
  let at = from;
  while (at + 4 <= end && view.getUint16(at, true) !== 1) at += 4 + view.getUint16(at + 2, true);
  if (at + 4 > end) return short;
  const long = { ...short };
  at += 4;
  for (const field of ["size", "packedSize", "headerAt"] as const) {
    if (short[field] !== 0xffff_ffff || at + 8 > end) continue;
    long[field] = Number(view.getBigUint64(at, true));
    at += 8;
  }
  return long;
}

/** The packed bytes of an entry; undefined when its local header is not where the directory says. */
export function readZipEntry(source: ByteSource, entry: ZipEntry): Uint8Array | undefined {
  const header = source.read(entry.headerAt, localBytes);
  if (header.length < localBytes) return undefined;
  const view = viewOf(header);
  if (view.getUint32(0, true) !== localMark) return undefined;
  const start = entry.headerAt + localBytes + view.getUint16(26, true) + view.getUint16(28, true);
  const bytes = source.read(start, entry.packedSize);
  return bytes.length === entry.packedSize ? bytes : undefined;
}
