/**
 * A scroll area for more rows than an element may be high. Browsers cap an element at about 33 million pixels, so a long list is drawn in a
 * shorter element and the scroll bar covers it in proportion; small moves stay exact.
 *
 * Two coordinates: `list` pixels count the rows at their real height, `bar` pixels are the element's own scroll offset.
 */

/** Height in pixels that the element may have at most; well below what browsers allow, also at high zoom. */
export const tallest = 8_000_000;

/** Heights in pixels. */
export interface Extent {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

const listHeight = (extent: Extent): number => extent.rows * extent.rowHeight;

/** Height of the element that carries the scroll bar. */
export const barHeight = (extent: Extent): number => Math.min(listHeight(extent), tallest);

/** True when the list is taller than its element. */
export const isScaled = (extent: Extent): boolean => listHeight(extent) > tallest;

const room = (height: number, extent: Extent): number => Math.max(0, height - extent.viewport);

/** List offset of a bar offset. */
export function barToList(bar: number, extent: Extent): number {
  const barRoom = room(barHeight(extent), extent);
  return barRoom > 0 ? (bar / barRoom) * room(listHeight(extent), extent) : 0;
}

/** Bar offset of a list offset. */
export function listToBar(list: number, extent: Extent): number {
  const listRoom = room(listHeight(extent), extent);
  return listRoom > 0 ? (list / listRoom) * room(barHeight(extent), extent) : 0;
}

/** A list offset within what can be scrolled to. */
export const clampList = (list: number, extent: Extent): number => Math.min(Math.max(0, list), room(listHeight(extent), extent));

/** Rows to draw, `[first, end)`, with `margin` rows beyond either edge. */
export function visibleRows(list: number, extent: Extent, margin: number): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.floor(list / extent.rowHeight) - margin);
  const end = Math.min(extent.rows, Math.ceil((list + extent.viewport) / extent.rowHeight) + margin);
  return { first, end };
}

/** List offset that brings a row on screen with the least movement. */
export function revealRow(row: number, list: number, extent: Extent): number {
  const top = row * extent.rowHeight;
  if (top < list) return clampList(top, extent);
  if (top + extent.rowHeight > list + extent.viewport) return clampList(top + extent.rowHeight - extent.viewport, extent);
  return list;
}
