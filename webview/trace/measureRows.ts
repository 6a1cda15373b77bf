import type { Virtualizer } from "@tanstack/virtual-core";

/** Rows are measured once when they appear; an observer tells of later changes. */
export class RowMeasurer {
  private measured: ReadonlySet<HTMLElement> = new Set();

  /** Measures the rows of `column` that are new, and forgets those that went. */
  measure(column: Element, virtualizer: Virtualizer<HTMLElement, HTMLElement>): void {
    const seen = new Set<HTMLElement>();
    for (const element of column.querySelectorAll<HTMLElement>(".vr")) {
      seen.add(element);
      if (!this.measured.has(element)) virtualizer.measureElement(element);
    }
    if ([...this.measured].some((element) => !seen.has(element))) virtualizer.measureElement(null);
    this.measured = seen;
  }
}
