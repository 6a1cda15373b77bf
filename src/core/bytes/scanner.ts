/** Finds records in a file that is fed piece by piece, in order and without gaps. */
export interface Scanner {
  /** `offset`: byte offset in the file of the piece's first byte. */
  feed(piece: Uint8Array, offset: number): void;
  /**
   * Called at the end of the file. Adds what stands there unfinished as a last record and says so: the caller takes it back with
   * `removeLast` before it feeds bytes that were appended later.
   */
  finish(end: number): boolean;
}
