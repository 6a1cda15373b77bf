/** How the reading column is virtualized. */
import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualizerOptions,
} from "@tanstack/virtual-core";
import type { ColumnRows } from "./columnRows";
import { headerHeight } from "./rowEstimate";
import { stuckRow } from "./rowPlaces";

/** Options for these rows. The unit header that sticks is drawn even where its place lies above the screen. */
export function columnOptions(
  column: ColumnRows,
  scroller: () => HTMLElement | null,
  changed: () => void,
): VirtualizerOptions<HTMLElement, HTMLElement> {
  return {
    count: column.rows.length,
    getScrollElement: scroller,
    estimateSize: (index) => column.estimate(index),
    getItemKey: (index) => column.keyOf(index),
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    overscan: 3,
    scrollPaddingStart: headerHeight + 1,
    paddingEnd: 40,
    rangeExtractor: (range) => {
      const inView = defaultRangeExtractor(range);
      const stuck = stuckRow(column.rows, range.startIndex);
      return stuck >= 0 && stuck < (inView[0] ?? 0) ? [stuck, ...inView] : inView;
    },
    onChange: changed,
  };
}
