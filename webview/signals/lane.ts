/** The second lane of a strip: one column a pixel for numbers over tokens, one block a step for numbers over steps. Pure. */
import type { Analysis } from "../../src/core/analysis";
import type { StripLayout } from "../strip/layout";
import { entryAt, type SignalScale } from "./scale";

/** Height of the lane's drawing in pixels. */
export const laneHeight = 25;
const baseline = laneHeight - 1;

/** What to draw: an SVG path in pixels, and stretches without numbers. */
export interface Lane {
  readonly path: string;
  readonly gaps: readonly { readonly left: number; readonly width: number }[];
}

/** Token at which an offset of the text stands. `starts`: token at which each step starts. */
export function tokenOfOffset(analysis: Analysis, starts: Float64Array, step: number, offset: number): number {
  const found = analysis.steps[step];
  if (!found) return 0;
  const share = found.end > found.start ? (offset - found.start) / (found.end - found.start) : 0;
  return (starts[step] ?? 0) + found.tokens * share;
}

/** Lays the lane out. Linear in entries and pixels. */
export function layoutLane(scale: SignalScale, analysis: Analysis, starts: Float64Array, layout: StripLayout): Lane {
  const width = Math.max(1, Math.ceil(layout.width));
  const peaks = new Float32Array(width);
  const { signal } = scale;
  const at = (token: number): number => (token - layout.fromToken) * layout.pixelsPerToken;
  let step = 0;
  signal.starts.forEach((offset, index) => {
    while (step + 1 < analysis.steps.length && (analysis.steps[step]?.end ?? 0) <= offset) step += 1;
    const left = at(tokenOfOffset(analysis, starts, step, offset));
    const right = signal.level === "token" ? left : endOf(scale, analysis, starts, index, step, at);
    const height = scale.height(signal.values[index] ?? 0);
    const from = Math.max(0, Math.floor(left));
    const to = Math.min(width, Math.max(Math.floor(left) + 1, Math.floor(right - 1)));
    for (let column = from; column < to; column += 1) peaks[column] = Math.max(peaks[column] ?? 0, height);
  });
  let path = "";
  peaks.forEach((height, column) => {
    if (height > 0) path += `M${column + 0.5} ${baseline}V${(baseline - Math.max(0.5, height * 21)).toFixed(1)}`;
  });
  return { path, gaps: gapsOf(scale, analysis, starts, layout, at) };
}

/** Where a step's number ends: at the next number, or at the end of the text. */
function endOf(
  scale: SignalScale,
  analysis: Analysis,
  starts: Float64Array,
  index: number,
  step: number,
  at: (token: number) => number,
): number {
  const next = scale.signal.starts[index + 1];
  if (next === undefined) return at(starts[analysis.steps.length] ?? 0);
  let last = step;
  while (last + 1 < analysis.steps.length && (analysis.steps[last]?.end ?? 0) <= next) last += 1;
  return at(tokenOfOffset(analysis, starts, last, next));
}

/** Observations that carry no numbers of their own were not generated. */
function gapsOf(
  scale: SignalScale,
  analysis: Analysis,
  starts: Float64Array,
  layout: StripLayout,
  at: (token: number) => number,
): Lane["gaps"] {
  const gaps: { left: number; width: number }[] = [];
  for (const [index, step] of analysis.steps.entries()) {
    if (step.function !== "observation") continue;
    const entry = entryAt(scale.signal, step.end - 1);
    if (entry >= 0 && (scale.signal.starts[entry] ?? 0) >= step.start) continue;
    const left = at(starts[index] ?? 0);
    const right = at(starts[index + 1] ?? 0);
    if (right > 0 && left < layout.width) gaps.push({ left, width: right - left });
  }
  return gaps;
}
