/** Rows of the list, fetched in pages when they come into view and kept for the last pages only. */
import type { Row } from "../../src/protocol/engine";

const pageRows = 100;
const keptPages = 60;

/** Fetches rows `[start, start + count)`. */
export type FetchRows = (start: number, count: number) => Promise<readonly Row[]>;

interface Page {
  rows: readonly Row[];
  fresh: boolean;
  loading: boolean;
}

/** A window on a list of any length. `changed` is called when rows arrive. */
export class RowCache {
  private pages = new Map<number, Page>();
  private generation = 0;

  constructor(
    private readonly fetch: FetchRows,
    private readonly changed: () => void,
  ) {}

  /** The row at a position, or undefined until it has been fetched. */
  row(position: number): Row | undefined {
    return this.pages.get(Math.floor(position / pageRows))?.rows[position % pageRows];
  }

  /** Asks for the pages that hold `[first, end)`. */
  want(first: number, end: number): void {
    for (let page = Math.floor(first / pageRows); page <= Math.floor(Math.max(first, end - 1) / pageRows); page += 1) this.load(page);
    this.trim(Math.floor(first / pageRows));
  }

  /** Marks rows of these records as out of date: they stay visible until their page has been fetched again. */
  stale(fromRecord: number, toRecord: number): void {
    for (const page of this.pages.values())
      if (page.rows.some((row) => row.record >= fromRecord && row.record <= toRecord)) page.fresh = false;
  }

  /** Marks every page as out of date. */
  staleAll(): void {
    for (const page of this.pages.values()) page.fresh = false;
  }

  /** Forgets everything; answers still on their way are ignored. */
  clear(): void {
    this.generation += 1;
    this.pages = new Map();
  }

  /** Position of a trace among the rows fetched so far, or −1. */
  find(record: number, rollout: number): number {
    for (const [page, { rows }] of this.pages) {
      const at = rows.findIndex((row) => row.record === record && row.rollout === rollout);
      if (at >= 0) return page * pageRows + at;
    }
    return -1;
  }

  private load(index: number): void {
    const page = this.pages.get(index) ?? { rows: [], fresh: false, loading: false };
    if (page.fresh || page.loading) return;
    page.loading = true;
    page.fresh = true;
    this.pages.set(index, page);
    const generation = this.generation;
    this.fetch(index * pageRows, pageRows).then(
      (rows) => {
        page.loading = false;
        if (generation !== this.generation) return;
        page.rows = rows;
        this.changed();
      },
      () => {
        page.loading = false;
        page.fresh = false;
      },
    );
  }

  private trim(near: number): void {
    if (this.pages.size <= keptPages) return;
    const far = [...this.pages.keys()].sort((a, b) => Math.abs(b - near) - Math.abs(a - near));
    for (const page of far.slice(0, this.pages.size - keptPages)) this.pages.delete(page);
  }
}
