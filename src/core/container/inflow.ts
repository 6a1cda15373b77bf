import type { RestartPoint, UnpackerOutput } from "./unpacker";

/** What takes in what was unpacked. */
export interface Intake extends Omit<UnpackerOutput, "take"> {
  /** False when there is no room. */
  append(bytes: Uint8Array): boolean;
}

/** Hands unpacked bytes on in turns of their own, so that the unpacker goes on in its thread meanwhile. */
export class Inflow implements UnpackerOutput {
  full = false;
  readonly #intake: Intake;
  readonly #pause: () => Promise<void>;
  readonly #arrived: () => void;
  readonly #current: () => boolean;
  #queue: (Uint8Array | RestartPoint)[] = [];
  #skipped = 0;
  #bytes = 0;
  #draining: Promise<void> | undefined;

  /** `arrived`: called when bytes were handed on. `current`: false once they are not wanted any more. */
  constructor(intake: Intake, pause: () => Promise<void>, arrived: () => void, current: () => boolean) {
    this.#intake = intake;
    this.#pause = pause;
    this.#arrived = arrived;
    this.#current = current;
  }

  /** Leaves out the next bytes, which are known already. */
  skip(bytes: number): void {
    this.#skipped = bytes;
  }

  take(all: Uint8Array): void {
    const bytes = all.subarray(Math.min(this.#skipped, all.length));
    this.#skipped -= all.length - bytes.length;
    if (bytes.length === 0) return;
    this.#bytes += bytes.length;
    this.#add(bytes);
  }

  mark(point: RestartPoint): void {
    if (this.#skipped === 0) this.#add(point);
  }

  spacingAfter(unpacked: number): number {
    return this.#intake.spacingAfter(unpacked);
  }

  /** Resolves when no more than `bytes` wait. */
  async settled(bytes: number): Promise<void> {
    while (this.#bytes > bytes) await this.#pause();
  }

  #add(item: Uint8Array | RestartPoint): void {
    this.#queue.push(item);
    this.#draining ??= this.#drain();
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#pause();
      const item = this.#queue.shift();
      if (item) this.#handOn(item);
    }
    this.#draining = undefined;
  }

  #handOn(item: Uint8Array | RestartPoint): void {
    const wanted = !this.full && this.#current();
    if (!(item instanceof Uint8Array)) {
      if (wanted) this.#intake.mark(item);
      return;
    }
    this.#bytes -= item.length;
    if (!wanted) return;
    this.full = !this.#intake.append(item);
    this.#arrived();
  }
}
