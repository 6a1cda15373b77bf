import type { Analyst } from "../analyst";

/** The analyst of a session, loaded when it is first asked for: the first rows of a file are shown without it. */
export class LateAnalyst {
  readonly #load: () => Promise<Analyst>;
  #loading: Promise<Analyst> | undefined;
  #loaded: Analyst | undefined;

  constructor(load: () => Promise<Analyst>) {
    this.#load = load;
  }

  get loaded(): boolean {
    return this.#loaded !== undefined;
  }

  /** The analyst. Throws before it is loaded. */
  get now(): Analyst {
    if (!this.#loaded) throw new Error("The analysis is not loaded yet");
    return this.#loaded;
  }

  /** Resolves when it is loaded; rejects when it cannot be. */
  async load(): Promise<void> {
    this.#loading ??= this.#load();
    this.#loaded = await this.#loading;
  }
}
