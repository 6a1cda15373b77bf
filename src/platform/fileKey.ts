import { statSync } from "node:fs";
import { openSource } from "./fileSource";
import { fingerprint } from "./fingerprint";

/** Bytes at either end of a file that must be the same for what is known of it to hold. */
const probeBytes = 1 << 16;

/**
 * A text that is the same as long as a file is: of its path, size, time of change, a hash of both ends, and `options`, all else that what is known of it depends
 * on. Throws when the file cannot be read.
 */
export function fileKey(path: string, options: string): string {
  const { size, mtimeMs } = statSync(path);
  const source = openSource(path);
  if (!source.ok) throw new Error(source.error.message);
  const ends = [0, Math.max(0, size - probeBytes)].map((at) => fingerprint(source.value.read(at, probeBytes)));
  source.value.close();
  return JSON.stringify([path, size, mtimeMs, ...ends, options]);
}
