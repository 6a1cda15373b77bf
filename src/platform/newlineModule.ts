/**
 * A WebAssembly module that finds newlines 64 bytes at a time, in its own assembler. Written out here instead of as a packed binary, so that what runs is what
 * is read. Fixed-width SIMD: V8 has it since 9.1, so every Node and VS Code that the package runs in does.
 *
 * It imports a memory, `m.m`, and exports `find(from, end, base, out) → count`, all offsets in that memory, `from` a multiple of 16: looks through whole blocks of
 * 64 bytes until `end` is reached, so up to 63 bytes after `end` are looked at too, and stores the positions of newlines, less `base`, as 32-bit numbers from
 * `out` on.
 */

/** Numbers as the binary format writes them: LEB128. Only small ones that are not negative occur. */
const leb = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)]);

const vector = (items: readonly (readonly number[])[]): number[] => [...leb(items.length), ...items.flat()];
const sized = (bytes: readonly number[]): number[] => [...leb(bytes.length), ...bytes];
const section = (id: number, bytes: readonly number[]): number[] => [id, ...sized(bytes)];
const text = (value: string): number[] => sized([...value].map((character) => character.charCodeAt(0)));

const i32 = 0x7f;
const i64 = 0x7e;
const v128 = 0x7b;
const noResult = 0x40;

const get = (local: number): number[] => [0x20, ...leb(local)];
const set = (local: number): number[] => [0x21, ...leb(local)];
const tee = (local: number): number[] => [0x22, ...leb(local)];
const block = (...body: readonly number[][]): number[] => [0x02, noResult, ...body.flat(), 0x0b];
const loop = (...body: readonly number[][]): number[] => [0x03, noResult, ...body.flat(), 0x0b];
const when = (...body: readonly number[][]): number[] => [0x04, noResult, ...body.flat(), 0x0b];
const branch = (depth: number): number[] => [0x0c, depth];
const branchIf = (depth: number): number[] => [0x0d, depth];
/** The operand is a signed LEB128, which has room for six bits in its first byte; 64 needs two. */
const i32Const = (value: number): number[] => [0x41, ...(value < 64 ? [value] : [(value & 127) | 128, value >>> 7])];
const i64Const = (value: number): number[] => [0x42, value];
const i32Store = [0x36, 2, 0];
const i32Add = [0x6a];
const i32Sub = [0x6b];
const i32ShiftRight = [0x76];
const i32NotLess = [0x4f];
const i32FromI64 = [0xa7];
const i64FromI32 = [0xad];
const i64IsZero = [0x50];
const i32IsZero = [0x45];
const i64TrailingZeros = [0x7a];
const i64Sub = [0x7d];
const i64And = [0x83];
const i64Or = [0x84];
const i64ShiftLeft = [0x86];
const simd = (operation: number): number[] => [0xfd, ...leb(operation)];
const v128Load = (offset: number): number[] => [...simd(0), 4, ...leb(offset)];
const bytesSplat = simd(0x0f);
const bytesEqual = simd(0x23);
const v128Or = simd(0x50);
const v128AnyTrue = simd(0x53);
const bytesBitmask = simd(0x64);

/** Locals: the four parameters, then those of the function's own. */
const at = 0;
const end = 1;
const base = 2;
const out = 3;
const firstOut = 4;
const mask = 5;
const newline = 6;
/** Which bytes of each quarter of the block are newlines. */
const quarters = [7, 8, 9, 10] as const;

const anyNewline = quarters.flatMap((quarter, i) => [
  ...get(at),
  ...v128Load(i * 16),
  ...get(newline),
  ...bytesEqual,
  ...tee(quarter),
  ...(i === 0 ? [] : v128Or),
]);

/** One bit a byte of the block. */
const blockMask = quarters.flatMap((quarter, i) => [
  ...get(quarter),
  ...bytesBitmask,
  ...i64FromI32,
  ...(i === 0 ? [] : [...i64Const(i * 16), ...i64ShiftLeft, ...i64Or]),
]);

/** Stores the position of the lowest bit's byte and takes that bit away, until none is left. */
const storePositions = loop(
  get(out),
  [...get(at), ...get(base), ...i32Sub, ...get(mask), ...i64TrailingZeros, ...i32FromI64, ...i32Add],
  i32Store,
  [...get(out), ...i32Const(4), ...i32Add, ...set(out)],
  [...get(mask), ...get(mask), ...i64Const(1), ...i64Sub, ...i64And, ...tee(mask)],
  [...i64IsZero, ...i32IsZero, ...branchIf(0)],
);

const find = [
  ...i32Const(10),
  ...bytesSplat,
  ...set(newline),
  ...get(out),
  ...set(firstOut),
  ...block(
    loop(
      [...get(at), ...get(end), ...i32NotLess, ...branchIf(1)],
      anyNewline,
      v128AnyTrue,
      when(blockMask, set(mask), storePositions),
      [...get(at), ...i32Const(64), ...i32Add, ...set(at)],
      branch(0),
    ),
  ),
  ...get(out),
  ...get(firstOut),
  ...i32Sub,
  ...i32Const(2),
  ...i32ShiftRight,
  0x0b,
];

const ownLocals = vector([
  [1, i32],
  [1, i64],
  [1 + quarters.length, v128],
]);

/** The module in the WebAssembly binary format. */
export const newlineModule: Uint8Array<ArrayBuffer> = new Uint8Array([
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, vector([[0x60, ...vector([[i32], [i32], [i32], [i32]]), ...vector([[i32]])]])),
  ...section(2, vector([[...text("m"), ...text("m"), 2, 0, 0]])),
  ...section(3, vector([[0]])),
  ...section(7, vector([[...text("find"), 0, 0]])),
  ...section(10, vector([sized([...ownLocals, ...find])])),
]);
