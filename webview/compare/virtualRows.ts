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

  /** Call after every render: follows the scroll element and measures the rows drawn. */
  rendered(rows: Iterable<HTMLElement>): void {
    this.virtualizer._willUpdate();
    for (const row of rows) this.virtualizer.measureElement(row);
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
      overscan: 6,
      scrollPaddingStart: 28,
      onChange: () => this.changed(),
    };
  }
}
