/** Where the records of an open file are, for another thread of the process that reads the same file. */
import { RecordFile } from "../core/bytes/records";
import { BinaryReader, BinaryWriter } from "../core/cache/binary";
import type { RecordProvider } from "../core/container/recordProvider";
import { ok, type Result } from "../core/result";
import { FileSource } from "./fileSource";
import { openFile, unpackedFileOf } from "./openFile";

/** What spares a thread the search for records, and the unpacking. Plain data. */
export interface FoundRecords {
  /** As `RecordProvider.save` writes it. */
  readonly index: Uint8Array;
  /** The open file of the unpacked bytes, where the file is packed; it must stay open. */
  readonly descriptor?: number;
}

/** What is found of a file whose records are all found; undefined where another thread has to open the file by itself. */
export function foundRecords(records: RecordProvider): FoundRecords | undefined {
  const writer = new BinaryWriter();
  if (!records.save?.(writer)) return undefined;
  const index = writer.bytes();
  if (records.packing === undefined) return { index };
  const descriptor = unpackedFileOf(records);
  return descriptor === undefined ? undefined : { index, descriptor };
}

/** Opens a file whose records another thread has found. All of them are looked for anew when the file is not as it was. Codes as of {@link openFile}. */
export function openFound(path: string, { index, descriptor }: FoundRecords): Result<RecordProvider> {
  const opened = descriptor === undefined ? openFile(path) : ok(new RecordFile(new FileSource(path, descriptor)));
  if (!opened.ok) return opened;
  try {
    opened.value.restore?.(new BinaryReader(index));
  } catch {
    // The file has changed meanwhile.
  }
  return opened;
}
