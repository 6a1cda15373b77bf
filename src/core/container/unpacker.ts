/** Unpacks a stream of bytes. Both promises reject when the packed bytes are damaged; what came out before is handed over all the same. */
export interface Unpacker {
  /** Takes packed bytes in, which stay unchanged until the promise resolves. */
  push(bytes: Uint8Array): Promise<void>;
  /** The packed bytes end here. Rejects with an error whose `code` is "truncated" when more had to come. */
  end(): Promise<void>;
  close(): void;
}

/** Where unpacking can begin in the middle of a packed file. */
export interface RestartPoint {
  /** Byte of the packed file. */
  readonly packed: number;
  /** Bit of that byte, 0 to 7, counted from the lowest. */
  readonly bit: number;
  /** What was unpacked right before, as far as what follows may refer to it; absent where nothing before is needed. */
  readonly window?: Uint8Array;
}

/** What an unpacker hands over, in the order of the unpacked content. */
export interface UnpackerOutput {
  /** Bytes that came out. */
  take(bytes: Uint8Array): void;
  /** The bytes that are taken next can be unpacked from here too. */
  mark(point: RestartPoint): void;
  /** Unpacked bytes from a restart point at `unpacked` to the next one at least. */
  spacingAfter(unpacked: number): number;
}

/** Makes an unpacker for a file's bytes from its beginning. */
export type UnpackerFactory = (output: UnpackerOutput) => Unpacker;

/**
 * Unpacks the bytes from a restart point to the next one, or to the file's end. `length`: how many come out. Throws on damaged bytes.
 */
export type Restart = (point: RestartPoint, packed: Uint8Array, length: number) => Uint8Array;
