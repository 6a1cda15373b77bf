import type { PieceOfLines } from "../bytes/byteSource";

/** Where bytes are kept, one after another. */
export interface ByteStore {
  readonly size: number;
  /** False when there is no room: nothing of these bytes was kept. */
  append(bytes: Uint8Array): boolean;
  /** As `ByteSource.read`. */
  read(offset: number, length: number): Uint8Array;
  /** As `ByteSource.readLines`. */
  readLines?(offset: number, length: number): PieceOfLines | undefined;
  /** All bytes were appended, and are worth keeping for the next time. */
  finish(): void;
  /** Forgets everything. */
  clear(): void;
  close(): void;
  /** Why there is no room, for people: a clause. */
  readonly full: string;
}
