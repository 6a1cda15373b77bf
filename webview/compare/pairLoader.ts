/** The list of all pairs of two sides, fetched page by page and again while background work goes on. */
import type { JoinKey, PairPage, PairRequest, PairRow } from "../../src/protocol/engine";
import type { HostRequests } from "../../src/protocol/host";
import { type PairSort, type Sides, sortPairs } from "./pairing";

/** Least time between two looks at a list that may still change, in milliseconds; longer for lists that take long to fetch. */
const refreshMs = 400;
/** While records are being read or pairs aligned for the list, each request does a part of it. */
const alignMs = 60;
const slower = 6;
/** Pairs that are listed at most. */
const mostPairs = 50_000;

/** Traces that are asked for before others at once. */
const mostPreferred = 128;

/** What the list is of. */
export interface PairListing {
  readonly sides: Sides;
  readonly query: string;
  /** What joins the traces; the best key when undefined. */
  readonly joinBy?: JoinKey | undefined;
  /** Align all pairs, to sort or show what only alignment tells. */
  readonly align: boolean;
}

const requestOf = ({ sides, query, joinBy }: PairListing): PairRequest => ({ ...sides, key: joinBy ?? "auto", query });

/** Fetches the pairs of two sides. Answers to old requests are dropped. */
export class PairLoader {
  page: PairPage | undefined;
  error: string | undefined;
  private listing: PairListing | undefined;
  private serial = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sorted: { readonly page: PairPage; readonly key: PairSort; readonly descending: boolean; rows: readonly PairRow[] } | undefined;

  constructor(private readonly changed: () => void) {}

  /** The request of what is listed now; undefined before the first. */
  get request(): PairRequest | undefined {
    if (!this.listing) return undefined;
    return requestOf(this.listing);
  }

  /** Asks for the pairs; keeps the old ones until the new ones are there. */
  async load(host: Pick<HostRequests, "pairs">, listing: PairListing): Promise<void> {
    clearTimeout(this.timer);
    this.listing = listing;
    const serial = ++this.serial;
    const started = performance.now();
    try {
      const page = await this.fetch(host, listing, serial);
      if (!page || serial !== this.serial) return;
      this.page = page;
      this.error = undefined;
      const aligning = page.aligned > 0 && page.aligned < page.total;
      const wait = aligning || !page.joined ? alignMs : Math.max(refreshMs, (performance.now() - started) * slower);
      if (!page.complete) this.timer = setTimeout(() => void this.load(host, listing), wait);
    } catch (error) {
      if (serial !== this.serial) return;
      this.error = error instanceof Error ? error.message : String(error);
    }
    this.changed();
  }

  /** The pairs in an order; kept until another order or another list is asked for. */
  ordered(key: PairSort, descending: boolean): readonly PairRow[] {
    const { page, sorted } = this;
    if (!page) return [];
    if (sorted?.page === page && sorted.key === key && sorted.descending === descending) return sorted.rows;
    const rows = sortPairs(page.pairs, key, descending);
    this.sorted = { page, key, descending, rows };
    return rows;
  }

  /** Has pairs whose figures are not known yet analysed before all others; the list shows them a moment later. */
  prefer(host: Pick<HostRequests, "pairs">, rows: readonly PairRow[]): void {
    const { request } = this;
    const first = rows.flatMap((row) => [
      ...(row.teacherTokens === undefined ? [row.teacher] : []),
      ...(row.studentTokens === undefined ? [row.student] : []),
    ]);
    if (!request || first.length === 0) return;
    // A failure shows when the list itself is fetched.
    void host.pairs({ ...request, count: 0, first: first.slice(0, mostPreferred) }).catch(() => undefined);
  }

  /** Forgets the list, as when other sides are chosen. */
  clear(): void {
    this.page = undefined;
  }

  dispose(): void {
    this.serial++;
    clearTimeout(this.timer);
  }

  /** All pages; undefined when something else was asked for meanwhile. */
  private async fetch(host: Pick<HostRequests, "pairs">, listing: PairListing, serial: number): Promise<PairPage | undefined> {
    const request = requestOf(listing);
    const first = await host.pairs({ ...request, align: listing.align });
    const pairs = [...first.pairs];
    // While records are still read the first page is enough: the next look follows at once.
    while (first.joined && serial === this.serial && pairs.length < Math.min(first.matching, mostPairs)) {
      const page = await host.pairs({ ...request, start: pairs.length });
      if (page.pairs.length === 0) break;
      pairs.push(...page.pairs);
    }
    return serial === this.serial ? { ...first, pairs } : undefined;
  }
}
