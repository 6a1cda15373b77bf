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
  close(): void;
}

/** A source over bytes already in memory: standard input, the clipboard, tests. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: () => bytes.length,
    read: (offset, length) => bytes.subarray(offset, Math.min(bytes.length, offset + length)),
    close: () => {},
  };
}
