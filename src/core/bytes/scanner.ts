/** Finds records in a file that is fed piece by piece, in order and without gaps. */
export interface Scanner {
  /** `offset`: byte offset in the file of the piece's first byte. `newlines`: where its newlines stand, all of them, where that is known. */
  feed(piece: Uint8Array, offset: number, newlines?: Uint32Array): void;
  /**
   * Called at the end of the file. Adds what stands there unfinished as a last record and says so: the caller takes it back with
   * `removeLast` before it feeds bytes that were appended later.
   */
  finish(end: number): boolean;
}
