import type { ByteStore } from "./byteStore";

/** A part of a packed file's unpacked content that begins at a restart point. */
export interface Stretch {
  /** Where it begins in the unpacked content. */
  readonly start: number;
  /** Restart point: byte of the packed file, and bit of it. */
  readonly packed: number;
  readonly bit: number;
  /** Where the store keeps the restart point's window, packed in so many bytes. */
  readonly window?: { readonly at: number; readonly bytes: number };
  /** Where the store keeps the stretch itself; undefined while it is unpacked when it is read. */
  keptAt: number | undefined;
}

const none = -1;
/** Numbers a stretch, and after all of them. */
const columns = 6;
const ending = 5;
const magic = 0x7265_7374_6172;

/** All stretches of an unpacked content of `size` bytes as bytes, to stand at the end of a store, from byte `at` on. */
export function tableOf(stretches: readonly Stretch[], size: number, at: number): Uint8Array {
  const rows = stretches.flatMap(({ start, packed, bit, window, keptAt }) => [
    start,
    packed,
    bit,
    window?.at ?? none,
    window?.bytes ?? none,
    keptAt ?? none,
  ]);
  const counts = [stretches.length, size, at];
  return new Uint8Array(Float64Array.from([...rows, ...counts, sumOf([...rows, ...counts]), magic]).buffer);
}

/** Tells damaged numbers, by both halves of each. */
function sumOf(numbers: readonly number[]): number {
  let sum = 0;
  for (const half of new Uint32Array(Float64Array.from(numbers).buffer)) sum = (sum * 31 + half) % 2 ** 47;
  return sum;
}

const numbersOf = (bytes: Uint8Array): Float64Array => new Float64Array(Uint8Array.from(bytes).buffer);

/** What {@link tableOf} made and stands at the end of a store; undefined where there is none, or of a packed file larger than `packedSize`. */
export function readStretches(store: ByteStore, packedSize: number): { readonly stretches: Stretch[]; readonly size: number } | undefined {
  const endBytes = ending * Float64Array.BYTES_PER_ELEMENT;
  if (store.size < endBytes) return undefined;
  const [count = 0, size = 0, at = 0, sum, mark] = numbersOf(store.read(store.size - endBytes, endBytes));
  const rowBytes = count * columns * Float64Array.BYTES_PER_ELEMENT;
  if (mark !== magic || count < 1 || at + rowBytes + endBytes !== store.size) return undefined;
  const numbers = numbersOf(store.read(at, rowBytes));
  if (sumOf([...numbers, count, size, at]) !== sum) return undefined;
  const stretches = Array.from({ length: count }, (_, i) => stretchOf(numbers.subarray(i * columns, (i + 1) * columns)));
  const fits = stretches.every(({ start, packed }, i) => packed <= packedSize && start >= (stretches[i - 1]?.start ?? 0) && start <= size);
  return fits ? { stretches, size } : undefined;
}

function stretchOf([start = 0, packed = 0, bit = 0, at = none, bytes = 0, keptAt = none]: Float64Array): Stretch {
  return { start, packed, bit, ...(at === none ? {} : { window: { at, bytes } }), keptAt: keptAt === none ? undefined : keptAt };
}
