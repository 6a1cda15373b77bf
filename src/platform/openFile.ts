/** Opens whatever a path names as records. */
import { statSync } from "node:fs";
import type { ByteSource } from "../core/bytes/byteSource";
import { openRecords } from "../core/bytes/records";
import { ArchiveRecords } from "../core/container/archiveRecords";
import { type FolderAccess, type FolderFile, FolderRecords } from "../core/container/folderRecords";
import { type FileFormat, formatBytes, formatOf } from "../core/container/formats";
import { ParquetRecords } from "../core/container/parquetRecords";
import type { RecordProvider } from "../core/container/recordProvider";
import { fail, ok, type Result } from "../core/result";
import { codecs } from "./codecs";
import { openFailure, openSource } from "./fileSource";
import { filesOfFolder, filesOfPattern, mostFiles, patternOf } from "./folderFiles";
import { gzip } from "./gzip";
import { KeptFile } from "./keptFile";
import { openPacked } from "./packedFile";
import type { Packing } from "./packing";
import { SourcePool } from "./sourcePool";
import { SpillStore } from "./spillStore";
import { utf16 } from "./utf16";
import { zstd } from "./zstd";

/** Where to keep what random access to a packed file needs. */
export interface OpenOptions {
  /** While the file is open; the system's temporary folder unless told. */
  readonly spillFolder?: string;
  /** For the next time too; nothing is kept unless told. */
  readonly keptFolder?: string;
  /** It is there already: another thread has opened the file. */
  readonly kept?: SpillStore;
}

type Opener = (source: ByteSource, options: OpenOptions) => Result<RecordProvider>;

const unpacked =
  (packing: Packing): Opener =>
  (source, { spillFolder, keptFolder, kept }) => {
    const keeper = keptFolder === undefined ? undefined : keptFile(keptFolder, source.name);
    const store = kept ?? new SpillStore(keeper ?? { folder: spillFolder });
    const records = openPacked(source, packing, store);
    stores.set(records, store);
    return ok(records);
  };

/** What random access to packed files needs. */
const stores = new WeakMap<RecordProvider, SpillStore>();

/** Where an open file keeps what random access to it needs; undefined for files that are not packed. */
export const keptOf = (records: RecordProvider): SpillStore | undefined => stores.get(records);

/** Undefined for bytes that are no file of the disk. */
function keptFile(folder: string, path: string): KeptFile | undefined {
  try {
    return new KeptFile(folder, path);
  } catch {
    return undefined;
  }
}

/** How each format is opened. */
const openers: Readonly<Record<FileFormat, Opener>> = {
  plain: (source) => ok(openRecords(source)),
  gzip: unpacked(gzip),
  zstd: unpacked(zstd),
  "utf-16le": unpacked(utf16("utf-16le")),
  "utf-16be": unpacked(utf16("utf-16be")),
  parquet: (source) => ParquetRecords.open(source, codecs),
  zip: (source) => ArchiveRecords.open(source, codecs),
};

/** The records of bytes in any format. Codes: "damaged", "no-records". The source is closed when that fails. */
export function openRecordsOf(source: ByteSource, options: OpenOptions = {}): Result<RecordProvider> {
  const opened = openers[formatOf(source.read(0, formatBytes))](source, options);
  if (!opened.ok) source.close();
  return opened;
}

/**
 * Opens a file of records; a folder of such files as one, with the folders in it where it holds none itself; or, where there is no such file, the files that a
 * pattern with `*`, `?` or `**` names. Codes: "not-found", "no-permission", "too-many-files", "read-failed", "damaged", "no-records".
 */
export function openFile(path: string, options: OpenOptions = {}): Result<RecordProvider> {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    const pattern = found ? undefined : patternOf(path);
    if (pattern) return openFolder(path, () => filesOfPattern(pattern), options);
    if (found?.isDirectory()) return openFolder(path, () => filesOfFolder(path), options);
  } catch (thrown) {
    return openFailure(path, thrown);
  }
  const source = openSource(path);
  return source.ok ? openRecordsOf(source.value, options) : source;
}

function openFolder(name: string, list: () => readonly FolderFile[], options: OpenOptions): Result<RecordProvider> {
  const pool = new SourcePool();
  const access: FolderAccess = {
    list,
    open: (path) => {
      const source = pool.source(path);
      return source.ok ? openRecordsOf(source.value, options) : source;
    },
  };
  if (list().length > mostFiles) return fail("too-many-files", `${name} holds more than ${mostFiles} files of records.`);
  return FolderRecords.open(name, access);
}
