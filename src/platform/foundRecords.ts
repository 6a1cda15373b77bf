/** Where the records of an open file are, for another thread of the process that reads the same file. */
import { tmpdir } from "node:os";
import { copyOf } from "../core/bytes/byteSource";
import { BinaryReader, BinaryWriter } from "../core/cache/binary";
import type { RecordProvider } from "../core/container/recordProvider";
import type { Result } from "../core/result";
import { FileSource } from "./fileSource";
import { keptOf, openFile } from "./openFile";
import { SpillStore } from "./spillStore";

/** What spares a thread the search for records, and for the restart points of a packed file. Plain data. */
export interface FoundRecords {
  /** As `RecordProvider.save` writes it. */
  readonly index: Uint8Array;
  /** What random access to a packed file needs: an open file, which must stay open, or its bytes. */
  readonly kept?: number | Uint8Array;
}

/** What is found of a file whose records are all found; undefined where another thread has to open the file by itself. */
export function foundRecords(records: RecordProvider): FoundRecords | undefined {
  const writer = new BinaryWriter();
  if (!records.save?.(writer)) return undefined;
  const index = writer.bytes();
  const kept = keptOf(records);
  return kept ? { index, kept: kept.descriptor ?? copyOf(kept.read(0, kept.size)) } : { index };
}

/** Opens a file whose records another thread has found. All of them are looked for anew when the file is not as it was. Codes as of {@link openFile}. */
export function openFound(path: string, { index, kept }: FoundRecords): Result<RecordProvider> {
  const opened = openFile(path, kept === undefined ? {} : { kept: sharedStore(kept) });
  if (!opened.ok) return opened;
  try {
    opened.value.restore?.(new BinaryReader(index));
  } catch {
    // The file has changed meanwhile.
  }
  return opened;
}

/** What another thread has kept. */
function sharedStore(kept: number | Uint8Array): SpillStore {
  if (typeof kept === "number") return new SpillStore({ folder: tmpdir(), find: () => new FileSource("", kept), keep: () => false });
  const store = new SpillStore();
  store.append(kept);
  return store;
}
