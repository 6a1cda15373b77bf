/**
 * Random access to a file's bytes. Reads are synchronous: the engine runs in a worker, where 1 MB synchronous reads are several times
 * faster than asynchronous ones. Platforms without file handles give a source over bytes in memory.
 */
export interface ByteSource {
  /** Path or URI for messages. */
  readonly name: string;
  /** Size in bytes now; a growing file's size grows. */
  size(): number;
  /** Bytes `[offset, offset + length)`, fewer at the end of the file. The result is only valid until the next read. */
  read(offset: number, length: number): Uint8Array;
  /**
   * As {@link read}, with the newlines found on the way; may give fewer bytes than asked for before the end too. The result is only valid until the next call on
   * any source. Undefined or absent where nothing finds newlines faster than `indexOf`.
   */
  readLines?(offset: number, length: number): PieceOfLines | undefined;
  close(): void;
  /** Present when the bytes are still coming, because a packed file is being unpacked. */
  readonly arrival?: Arrival;
}

/** Bytes of a file, and the positions among them of all newlines, ascending. */
export interface PieceOfLines {
  readonly bytes: Uint8Array;
  readonly newlines: Uint32Array;
}

/** Bytes on their way into a {@link ByteSource}, whose size grows until they are all there. */
export interface Arrival {
  /** How the file is packed, for people: "gzip". */
  readonly packing: string;
  /** All bytes are there. */
  readonly done: boolean;
  /** Bytes of the packed file that are read, and all of them. */
  readonly bytesRead: number;
  readonly bytesTotal: number;
  /** What a reader must know: the file is cut off, damaged, too large. One sentence each. */
  readonly notices: readonly string[];
  /** Resolves when more bytes came, or all are there. */
  more(): Promise<void>;
  /** True when the packed file is not the one that was unpacked any more. */
  changed(): boolean;
  /** Unpacks anew. */
  restart(): void;
}

/** A copy of bytes that a source gave. (`slice` of Node's Buffer, which a source may give, shares its memory.) */
export const copyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** A source over bytes already in memory: standard input, the clipboard, tests. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: () => bytes.length,
    read: (offset, length) => bytes.subarray(offset, Math.min(bytes.length, offset + length)),
    close: () => {},
  };
}
