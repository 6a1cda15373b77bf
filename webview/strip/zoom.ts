/** Which part of a trace the strip shows. */

/** Fewest tokens that are shown. */
const closest = 40;

/** Tokens from the left to the right edge of what is shown. */
export interface TokenRange {
  readonly from: number;
  readonly to: number;
}

/** What is shown after zooming by `factor` about a token that keeps its place; undefined when it is the whole trace of `total` tokens. */
export function zoomed({ from, to }: TokenRange, total: number, factor: number, about: number): TokenRange | undefined {
  const width = Math.max(closest, (to - from) / factor);
  if (width >= total) return undefined;
  const start = Math.min(Math.max(0, about - ((about - from) / (to - from)) * width), total - width);
  return { from: start, to: start + width };
}

/** What is shown after moving just so far that `range` lies in the middle, if it was not in sight. */
export function following(shown: TokenRange, total: number, range: TokenRange): TokenRange {
  const width = shown.to - shown.from;
  if (range.from >= shown.from && range.to <= shown.to) return shown;
  const start = Math.min(Math.max(0, (range.from + range.to - width) / 2), Math.max(0, total - width));
  return { from: start, to: start + width };
}
