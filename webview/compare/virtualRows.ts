/** Draws only the rows near the screen, at their measured heights, in one scroll area for both sides. */
import {
  elementScroll,
  measureElement,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from "@tanstack/virtual-core";

/** What the list is made of. */
export interface RowSource {
  readonly count: number;
  key(index: number): string;
  /** Height in pixels before the row was measured. */
  estimate(index: number): number;
}

/** Owns the measured heights and the scroll position of a column of rows. */
export class VirtualRows {
  private source: RowSource = { count: 0, key: String, estimate: () => 24 };
  private readonly virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  private readonly stop: () => void;
  private measured: ReadonlySet<HTMLElement> = new Set();

  /** `changed` is called when other rows come on screen. */
  constructor(
    private readonly scroller: () => HTMLElement | null,
    private readonly changed: () => void,
  ) {
    this.virtualizer = new Virtualizer<HTMLElement, HTMLElement>(this.options());
    this.stop = this.virtualizer._didMount();
  }

  /** Sets the rows and returns those to draw. Call in every render. */
  update(source: RowSource): VirtualItem[] {
    this.source = source;
    this.virtualizer.setOptions(this.options());
    return this.virtualizer.getVirtualItems();
  }

  /** Call after every render: follows the scroll element and measures rows that are new. An observer tells of later changes. */
  rendered(rows: Iterable<HTMLElement>): void {
    this.virtualizer._willUpdate();
    const seen = new Set(rows);
    for (const row of seen) if (!this.measured.has(row)) this.virtualizer.measureElement(row);
    if ([...this.measured].some((row) => !seen.has(row))) this.virtualizer.measureElement(null);
    this.measured = seen;
  }

  get totalHeight(): number {
    return this.virtualizer.getTotalSize();
  }

  get scrollTop(): number {
    return this.scroller()?.scrollTop ?? 0;
  }

  /** Brings a row on screen: with the least movement, or to the top below a stuck header. */
  reveal(index: number, align: "auto" | "start"): void {
    this.virtualizer.scrollToIndex(index, { align });
  }

  /** Index of the row at the top edge. */
  topRow(): number {
    return this.virtualizer.getVirtualItemForOffset(this.scrollTop)?.index ?? 0;
  }

  /** Forgets heights, as after a change of width or of the text's form. */
  forget(): void {
    this.measured = new Set();
    this.virtualizer.measure();
  }

  scrollToTop(): void {
    this.virtualizer.scrollToOffset(0);
  }

  dispose(): void {
    this.stop();
  }

  private options() {
    return {
      count: this.source.count,
      getScrollElement: this.scroller,
      estimateSize: (index: number) => this.source.estimate(index),
      getItemKey: (index: number) => this.source.key(index),
      scrollToFn: elementScroll<HTMLElement>,
      observeElementRect,
      observeElementOffset,
      measureElement,
      overscan: 3,
      scrollPaddingStart: 28,
      onChange: () => this.changed(),
    };
  }
}
