/** Unpacks a block of bytes as a whole, `size` bytes long when unpacked. Throws on damaged bytes. */
export type Codec = (bytes: Uint8Array, size: number) => Uint8Array;

/** What the platform can unpack. Reading names one that is missing. */
export interface Codecs {
  readonly deflate: Codec;
  readonly gzip: Codec;
  readonly zstd: Codec;
  readonly brotli?: Codec;
}
