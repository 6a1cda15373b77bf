import type { Unpacker, UnpackerOutput } from "../core/container/unpacker";
import type { Packing } from "./packing";

type Label = "utf-16le" | "utf-16be";

/** UTF-16 as UTF-8. Every place between two characters is one to begin again. */
export const utf16 = (label: Label): Packing => ({
  name: "UTF-16",
  unpacker: (output) => new Utf16Unpacker(label, output),
  restart: ({ packed }, bytes) => new TextEncoder().encode(new TextDecoder(label, { ignoreBOM: packed > 0 }).decode(bytes)),
});

class Utf16Unpacker implements Unpacker {
  readonly #decoder;
  readonly #encoder = new TextEncoder();
  readonly #output: UnpackerOutput;
  readonly #highByte: number;
  #packed = 0;
  #unpacked = 0;
  #marked = 0;

  constructor(label: Label, output: UnpackerOutput) {
    this.#decoder = new TextDecoder(label);
    this.#output = output;
    this.#highByte = label === "utf-16le" ? 1 : 2;
  }

  async push(bytes: Uint8Array): Promise<void> {
    this.#give(this.#decoder.decode(bytes, { stream: true }));
    this.#packed += bytes.length;
    if (this.#packed % 2 === 0 && bytes.length > 1 && !this.#endsInPair(bytes)) this.#markWhenDue();
  }

  async end(): Promise<void> {
    this.#give(this.#decoder.decode());
  }

  close(): void {}

  /** The first half of a character comes last. */
  #endsInPair(bytes: Uint8Array): boolean {
    return (bytes[bytes.length - this.#highByte]! & 0xfc) === 0xd8;
  }

  #markWhenDue(): void {
    if (this.#unpacked - this.#marked < this.#output.spacingAfter(this.#marked)) return;
    this.#marked = this.#unpacked;
    this.#output.mark({ packed: this.#packed, bit: 0 });
  }

  #give(text: string): void {
    if (text === "") return;
    const bytes = this.#encoder.encode(text);
    this.#unpacked += bytes.length;
    this.#output.take(bytes);
  }
}
