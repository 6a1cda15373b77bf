/** What a file is, by its first bytes; names are not looked at. */
export type FileFormat = "gzip" | "zstd" | "parquet" | "zip" | "utf-16le" | "utf-16be" | "plain";

/** First bytes that tell. A zstd file may begin with a skippable frame, whose magic number has 16 forms. */
const magics: readonly { readonly format: FileFormat; readonly fits: (head: Uint8Array) => boolean }[] = [
  { format: "gzip", fits: (head) => startsWith(head, [0x1f, 0x8b]) },
  { format: "zstd", fits: (head) => startsWith(head, [0x28, 0xb5, 0x2f, 0xfd]) },
  { format: "zstd", fits: (head) => (head[0] ?? 0) >> 4 === 5 && startsWith(head.subarray(1), [0x2a, 0x4d, 0x18]) },
  { format: "parquet", fits: (head) => startsWith(head, [0x50, 0x41, 0x52, 0x31]) },
  { format: "zip", fits: (head) => startsWith(head, [0x50, 0x4b, 3, 4]) || startsWith(head, [0x50, 0x4b, 5, 6]) },
  { format: "utf-16le", fits: (head) => startsWith(head, [0xff, 0xfe]) },
  { format: "utf-16be", fits: (head) => startsWith(head, [0xfe, 0xff]) },
];

const startsWith = (head: Uint8Array, bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte);

/** Bytes that {@link formatOf} looks at. */
export const formatBytes = 4;

/** The format of a file that begins with `head`. */
export const formatOf = (head: Uint8Array): FileFormat => magics.find(({ fits }) => fits(head))?.format ?? "plain";
