import type { BinaryReader, BinaryWriter } from "../cache/binary";
import type { Notice } from "../trace";

/** How a file's records are laid out, as shown to a user. */
export type Container =
  | "jsonl"
  | "json-array"
  | "json-object"
  | "json-sequence"
  | "json-single"
  | "parquet"
  | "inspect-archive"
  | "folder"
  | "empty";

/** The text of a record. */
export interface RecordText {
  readonly text: string;
  /** True when the record is longer than was asked for. */
  readonly truncated: boolean;
  readonly notices: readonly Notice[];
  /** Why there is no text: a part of the container is damaged, or packed in a way that cannot be read. One sentence. */
  readonly failure?: string;
}

/** What became of a file since it was last looked at. */
export type Change = "same" | "grown" | "replaced";

/** How much of the file on disk is read, in bytes of that file. */
export interface ReadProgress {
  readonly read: number;
  readonly total: number;
}

/**
 * Records of a file, whatever holds them: lines, a JSON array, rows of a Parquet file, samples of an archive, the files of a folder. Records are
 * found front to back with {@link indexMore}; each one found can be read at any time. Never throws on any content.
 */
export interface RecordProvider {
  /** Path or URI for messages. */
  readonly name: string;
  /** Records found so far. */
  readonly count: number;
  /** True when all records are found. */
  readonly done: boolean;
  readonly container: Container;
  /** How the file is packed, such as "gzip"; undefined when it is not. */
  readonly packing: string | undefined;
  readonly progress: ReadProgress;
  /** Bytes of unpacked content in which records were looked for. */
  readonly bytesIndexed: number;
  /** What a reader must know about the file as a whole, one sentence each: it is cut off, it is in another encoding. */
  readonly notices: readonly string[];
  /** True when the last record was cut off by the end of the file: a line without a newline, a value without its end. */
  readonly lastUnfinished: boolean;
  /** Looks through `maxBytes` more. True while there is more to do. Does nothing while {@link arrival} is a promise. */
  indexMore(maxBytes: number): boolean;
  /** A promise when nothing can be found until more bytes are unpacked: resolves when there are some, or the end is known. */
  arrival(): Promise<void> | undefined;
  /** Byte range of a record in the unpacked content, or in the file where records are unpacked one by one. */
  range(record: number): { readonly start: number; readonly end: number };
  /** 1-based line of the record's first byte; its 1-based number where there are no lines. */
  line(record: number): number;
  /** True where records are told apart by their lines. False in lists and tables, whose records are known by their number. */
  hasLines(record: number): boolean;
  /** Key of the record in a file that is one object keyed by record; undefined elsewhere. */
  key(record: number): string | undefined;
  /** Name of the file in a folder that the record comes from; undefined elsewhere. */
  part(record: number): string | undefined;
  /** The record's JSON text, `maxBytes` of it at most. */
  read(record: number, maxBytes?: number): RecordText;
  /** The first `maxBytes` of the records before and after. */
  around(record: number, maxBytes: number): { readonly before?: string; readonly after?: string };
  /**
   * Looks at the file again. Grown: indexing goes on, and `count` may fall by one first, because an unfinished last record is looked at anew.
   * Replaced: indexing starts over and all earlier record numbers are void.
   */
  refresh(): Change;
  /** Saves where the records are, for {@link restore}; absent where records are found at once, false where saving makes no sense. */
  save?(writer: BinaryWriter): boolean;
  /** Takes over what {@link save} wrote of the same file. Throws when the bytes are not of this file; nothing is changed then. */
  restore?(reader: BinaryReader): void;
  close(): void;
}

/** The neighbours' texts, for providers that have nothing quicker. */
export function textAround(provider: RecordProvider, record: number, maxBytes: number): { before?: string; after?: string } {
  return {
    ...(record > 0 ? { before: provider.read(record - 1, maxBytes).text } : {}),
    ...(record + 1 < provider.count ? { after: provider.read(record + 1, maxBytes).text } : {}),
  };
}
