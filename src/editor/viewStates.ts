/** Remembers where the reader was in each file, in the workspace's own storage; the oldest of more than {@link maximum} are forgotten. */
import type { ViewState } from "../protocol/host";

/** The part of VS Code's `Memento` that is used. */
export interface Storage {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const key = "viewStates";
/** Files remembered. */
export const maximum = 50;

type Stored = readonly (readonly [uri: string, state: Partial<ViewState>])[];

/** A small most-recent-last table of view states over a `Memento`. */
export class ViewStates {
  constructor(private readonly storage: Storage) {}

  /** The state last seen of a file. */
  get(uri: string): Partial<ViewState> | undefined {
    return this.read().find(([known]) => known === uri)?.[1];
  }

  /** Remembers a file's state and makes it the newest. */
  async set(uri: string, state: ViewState): Promise<void> {
    const others = this.read().filter(([known]) => known !== uri);
    await this.storage.update(key, [...others, [uri, state]].slice(-maximum));
  }

  private read(): Stored {
    const value = this.storage.get(key);
    return Array.isArray(value) ? value.filter(isEntry) : [];
  }
}

const isEntry = (entry: unknown): entry is readonly [string, Partial<ViewState>] =>
  Array.isArray(entry) && entry.length === 2 && typeof entry[0] === "string" && typeof entry[1] === "object" && entry[1] !== null;
