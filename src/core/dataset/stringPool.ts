import type { BinaryReader, BinaryWriter } from "../cache/binary";

/** Code units of a string that are kept. */
export const pooledUnits = 200;

/**
 * Short strings in one growing array, two bytes a code unit: a tenth of what as many JavaScript strings take, and none of them keeps the record alive
 * that it was cut from. Strings are cut at {@link pooledUnits}.
 */
export class StringPool {
  #units = new Uint16Array(1 << 12);
  /** Offset 0 is the empty string. */
  #end = 1;

  /** Keeps a string; gives where it stands. The empty string is 0. */
  add(text: string): number {
    const length = Math.min(text.length, pooledUnits);
    if (length === 0) return 0;
    if (this.#end + length + 1 > this.#units.length) this.#grow();
    const at = this.#end;
    this.#units[at] = length;
    for (let i = 0; i < length; i++) this.#units[at + 1 + i] = text.charCodeAt(i);
    this.#end = at + 1 + length;
    return at;
  }

  get(at: number): string {
    const length = this.#units[at] ?? 0;
    return at === 0 ? "" : String.fromCharCode(...this.#units.subarray(at + 1, at + 1 + length));
  }

  save(writer: BinaryWriter): void {
    writer.array(this.#units.subarray(0, this.#end));
  }

  /** Takes over what was saved. */
  restore(reader: BinaryReader): void {
    const saved = new Uint16Array(reader.buffer());
    this.#units = new Uint16Array(saved.length + (1 << 12));
    this.#units.set(saved);
    this.#end = Math.max(1, saved.length);
  }

  #grow(): void {
    const old = this.#units;
    this.#units = new Uint16Array(old.length * 2);
    this.#units.set(old);
  }
}
