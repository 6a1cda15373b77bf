/** Longest piece of work between two pauses, in milliseconds: a request waits no longer than about this. */
export const sliceMs = 8;

/** Tells when a span of time is over. */
export class Ticker {
  readonly #ms: number;
  #end: number;

  constructor(ms = sliceMs) {
    this.#ms = ms;
    this.#end = Date.now() + ms;
  }

  readonly over = (): boolean => Date.now() >= this.#end;

  restart(): void {
    this.#end = Date.now() + this.#ms;
  }
}
