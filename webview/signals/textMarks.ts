/** Underlines on the text: one mark a token, stronger the more its number stands out. */
import type { TextMark } from "../text/renderText";
import { entryAt, type SignalScale } from "./scale";

const indexClass = /\btk-(\d+)\b/g;

/** Marks of the tokens in `[start, end)`. Numbers over steps give none: they stand in the margin. */
export function signalMarks(scale: SignalScale | undefined, start: number, end: number): TextMark[] {
  if (scale?.signal.level !== "token") return [];
  const { signal } = scale;
  const marks: TextMark[] = [];
  for (let index = Math.max(0, entryAt(signal, start)); index < signal.starts.length; index += 1) {
    const from = signal.starts[index] ?? 0;
    if (from >= end) break;
    const to = signal.starts[index + 1] ?? end;
    const shade = scale.shade(signal.values[index] ?? 0);
    if (to > start) marks.push({ start: from, end: to, className: `${shade > 0 ? `lp${shade} ` : ""}tk tk-${index}` });
  }
  return marks;
}

/** The entry that a marked word belongs to, of a formula the one that stands out most; undefined for any other element. */
export function entryOfElement(element: Element, scale: SignalScale): number | undefined {
  let best: number | undefined;
  for (const [, digits] of element.className.matchAll(indexClass)) {
    const entry = Number(digits);
    const height = (index: number): number => scale.height(scale.signal.values[index] ?? 0);
    if (best === undefined || height(entry) > height(best)) best = entry;
  }
  return best;
}
