/** The card over a token of the text with the alternatives the record has. */
import { nothing, type TemplateResult } from "lit";
import { tokenCard } from "../signals/card";
import { entryAt, type SignalScale } from "../signals/scale";
import { entryOfElement } from "../signals/textMarks";
import type { RowContext } from "./context";
import { firstStepAt } from "./rows";

/** Width of a token's card and the height it may need, in pixels. */
const cardWidth = 292;
const cardRoom = 170;

/** The token under the pointer, and where in the column its card goes, in pixels. */
export interface HoveredToken {
  readonly entry: number;
  readonly left: number;
  readonly top: number;
}

/** The marked token that an event hit; undefined for anything else. `column` is the element that the card is placed in. */
export function hoveredToken(target: EventTarget | null, signal: SignalScale | undefined, column: Element): HoveredToken | undefined {
  const mark = signal && target instanceof Element ? target.closest(".tk") : null;
  const entry = mark && signal ? entryOfElement(mark, signal) : undefined;
  if (!mark || entry === undefined) return undefined;
  const box = mark.getBoundingClientRect();
  const own = column.getBoundingClientRect();
  const left = Math.max(4, Math.min(box.left - own.left - 12, own.width - cardWidth - 8));
  const below = box.bottom + cardRoom < window.innerHeight;
  return { entry, left, top: below ? box.bottom - own.top + 4 : Math.max(0, box.top - own.top - cardRoom) };
}

/** Draws the card. */
export function hoverCard(
  { document, analysis }: RowContext,
  signal: SignalScale | undefined,
  hovered: HoveredToken | undefined,
): TemplateResult | typeof nothing {
  if (!signal || !hovered) return nothing;
  const start = signal.signal.starts[hovered.entry] ?? 0;
  const step = firstStepAt(analysis, start);
  const end = signal.signal.starts[hovered.entry + 1] ?? document.trace.text.length;
  const first = entryAt(signal.signal, (analysis.steps[step]?.start ?? 0) - 1) + 1;
  const last = entryAt(signal.signal, (analysis.steps[step]?.end ?? 1) - 1);
  const where = `token ${hovered.entry - first + 1} of ${last - first + 1}`;
  return tokenCard(signal, hovered.entry, document.trace.text.slice(start, Math.min(end, start + 60)), hovered.left, hovered.top, where);
}
