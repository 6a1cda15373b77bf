/** Memory into which a file's bytes are read to be looked through for newlines, one for the whole thread. */
import { newlineModule } from "./newlineModule";

/** Bytes that are read and looked through at a time: fewer cost a tenth more in calls, more gain nothing. */
export const scanBytes = 1 << 20;
/** A block beyond the end is looked at too. */
const slackBytes = 64;
const pageBytes = 1 << 16;
/** A newline at every byte is the most there can be. */
const positionsAt = Math.ceil((scanBytes + slackBytes) / pageBytes) * pageBytes;
const pages = (positionsAt + Math.ceil(((scanBytes + slackBytes) * 4) / pageBytes) * pageBytes) / pageBytes;

/** Bytes at its beginning to read into, and the search in them. */
export interface ScanMemory {
  readonly bytes: Uint8Array;
  /** Positions of newlines among the first `length` bytes, ascending. Only valid until the next call. */
  newlines(length: number): Uint32Array;
}

let memory: ScanMemory | "unavailable" | undefined;

/** The thread's memory; undefined where WebAssembly or its SIMD is missing or switched off. */
export function scanMemory(): ScanMemory | undefined {
  memory ??= makeMemory() ?? "unavailable";
  return memory === "unavailable" ? undefined : memory;
}

function makeMemory(): ScanMemory | undefined {
  try {
    const wasm = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(newlineModule), { m: { m: wasm } });
    const { find } = exports;
    if (typeof find !== "function") return undefined;
    const bytes = new Uint8Array(wasm.buffer, 0, scanBytes + slackBytes);
    const positions = new Uint32Array(wasm.buffer, positionsAt);
    return {
      bytes: bytes.subarray(0, scanBytes),
      newlines: (length) => {
        bytes.fill(0, length, length + slackBytes);
        return positions.subarray(0, Number(find(0, length, 0, positionsAt)));
      },
    };
  } catch {
    return undefined;
  }
}
