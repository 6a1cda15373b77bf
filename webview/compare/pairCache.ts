/** Pairs aligned ahead of the reader: those before and after the open one, so that going on does not wait for the alignment. */
import type { Comparison } from "../../src/protocol/engine";
import type { PairRefs } from "./pairing";
import { pairKey } from "./pairSelection";

/** Pairs kept: the open one, its neighbours and the one before. */
const kept = 4;
/** The open pair is drawn first. */
const delayMs = 250;

type Align = (refs: PairRefs) => Promise<Comparison>;

/** Alignments without corrections, the oldest forgotten first. */
export class PairCache {
  private readonly known = new Map<string, Promise<Comparison>>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly align: Align) {}

  /** A pair's alignment, from the cache where it is there. */
  get(refs: PairRefs): Promise<Comparison> {
    const key = pairKey(refs);
    const found = this.known.get(key) ?? this.align(refs);
    this.known.delete(key);
    this.known.set(key, found);
    found.catch(() => this.known.delete(key));
    const oldest = this.known.keys().next().value;
    if (this.known.size > kept && oldest !== undefined) this.known.delete(oldest);
    return found;
  }

  /** Aligns pairs one after the other once the reader has had a moment; an earlier call's pairs that are not begun are left out. */
  ahead(pairs: readonly PairRefs[]): void {
    clearTimeout(this.timer);
    const [first, ...rest] = pairs.filter((refs) => !this.known.has(pairKey(refs)));
    if (!first) return;
    this.timer = setTimeout(() => {
      // A failure shows when the pair is opened.
      void this.get(first).catch(() => undefined);
      this.ahead(rest);
    }, delayMs);
  }

  /** Forgets everything, as when the file has changed. */
  clear(): void {
    clearTimeout(this.timer);
    this.known.clear();
  }
}
