/** The scatter of all pairs: teacher's tokens across, student's tokens up, both on the same logarithmic scale. Geometry is pure. */
import type { PairRow } from "../../src/protocol/engine";

/** How a pair's correctness changes from teacher to student. */
export type PointKind = "both" | "lost" | "gained" | "neither" | "unknown";

/** A pair as a point; pixels from the plot's left and top. */
export interface Point {
  readonly row: PairRow;
  readonly x: number;
  readonly y: number;
  readonly kind: PointKind;
}

/** Everything to draw. */
export interface ScatterLayout {
  readonly width: number;
  readonly height: number;
  readonly points: readonly Point[];
  /** Marks of both axes, in tokens and pixels. */
  readonly ticks: readonly { readonly tokens: number; readonly x: number; readonly y: number }[];
  /** Edges of the plot inside its margins. */
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

const margin = { left: 46, right: 12, top: 10, bottom: 32 };
/** Pixels around a point that count as on it. */
const reach = 8;

const kinds: Readonly<Record<string, PointKind>> = {
  "correct correct": "both",
  "correct wrong": "lost",
  "wrong correct": "gained",
  "wrong wrong": "neither",
};

/** Lays out the pairs that are analysed on both sides. The scale is the same on both axes, so that equal lengths lie on the diagonal. */
export function layoutScatter(pairs: readonly PairRow[], width: number, height: number): ScatterLayout {
  const plot = { left: margin.left, right: width - margin.right, top: margin.top, bottom: height - margin.bottom };
  const known = pairs.flatMap((row) =>
    row.teacherTokens && row.studentTokens ? [{ row, t: row.teacherTokens, s: row.studentTokens }] : [],
  );
  const all = known.flatMap(({ t, s }) => [t, s]);
  const low = Math.log(all.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY) * 0.85);
  const high = Math.log(all.reduce((most, value) => Math.max(most, value), 1) * 1.18);
  const share = (tokens: number): number => (Number.isFinite(low) && high > low ? (Math.log(tokens) - low) / (high - low) : 0.5);
  const x = (tokens: number): number => plot.left + share(tokens) * (plot.right - plot.left);
  const y = (tokens: number): number => plot.bottom - share(tokens) * (plot.bottom - plot.top);
  return {
    width,
    height,
    plot,
    points: known.map(({ row, t, s }) => ({
      row,
      x: x(t),
      y: y(s),
      kind: kinds[`${row.teacherVerdict} ${row.studentVerdict}`] ?? "unknown",
    })),
    ticks: known.length === 0 ? [] : ticksBetween(Math.exp(low), Math.exp(high)).map((tokens) => ({ tokens, x: x(tokens), y: y(tokens) })),
  };
}

/** 1, 2 and 5 times powers of ten between two numbers; only powers of ten where those are enough. */
export function ticksBetween(low: number, high: number): number[] {
  const steps = high / low > 300 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10)
    for (const step of steps) if (step * power >= low && step * power <= high) ticks.push(step * power);
  return ticks;
}

/** The point nearest to a place, at most a few pixels away. */
export function pointAt({ points }: ScatterLayout, x: number, y: number): Point | undefined {
  let best: Point | undefined;
  let least = reach * reach;
  for (const point of points) {
    const distance = (point.x - x) ** 2 + (point.y - y) ** 2;
    if (distance <= least) [best, least] = [point, distance];
  }
  return best;
}

/** Draws the scatter. Colours are read from the element's styles, so that every theme has its own. */
export function drawScatter(
  canvas: HTMLCanvasElement,
  layout: ScatterLayout,
  marked: PairRow | undefined,
  words: (tokens: number) => string,
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const density = window.devicePixelRatio || 1;
  canvas.width = Math.round(layout.width * density);
  canvas.height = Math.round(layout.height * density);
  context.setTransform(density, 0, 0, density, 0, 0);
  const style = getComputedStyle(canvas);
  const colour = (name: string): string => style.getPropertyValue(name).trim() || style.color;
  const { plot } = layout;
  context.font = `11px ${style.fontFamily}`;
  context.lineWidth = 1;
  context.fillStyle = colour("--mut");
  context.strokeStyle = colour("--line");
  for (const { tokens, x, y } of layout.ticks) {
    line(context, x, plot.top, x, plot.bottom);
    line(context, plot.left, y, plot.right, y);
    context.textAlign = "center";
    context.fillText(words(tokens), x, plot.bottom + 13);
    context.textAlign = "right";
    context.fillText(words(tokens), plot.left - 5, y + 4);
  }
  context.textAlign = "right";
  context.fillText("teacher's tokens", plot.right, plot.bottom + 27);
  context.textAlign = "left";
  context.fillText("student's tokens", 2, 9);
  context.strokeStyle = colour("--mut");
  context.setLineDash([3, 3]);
  line(context, plot.left, plot.bottom, plot.right, plot.top);
  context.setLineDash([]);
  const colours: Readonly<Record<PointKind, string>> = {
    both: colour("--mut"),
    lost: colour("--bad"),
    gained: colour("--ok"),
    neither: colour("--mut"),
    unknown: colour("--mut"),
  };
  for (const point of layout.points) drawPoint(context, point, colours[point.kind]);
  const open = layout.points.find(({ row }) => row === marked);
  if (!open) return;
  context.strokeStyle = colour("--vscode-focusBorder");
  context.lineWidth = 2;
  context.beginPath();
  context.arc(open.x, open.y, 7, 0, 2 * Math.PI);
  context.stroke();
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath();
  context.moveTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
  context.lineTo(Math.round(x2) + 0.5, Math.round(y2) + 0.5);
  context.stroke();
}

/** A full dot: both right. A ring: both wrong or unknown. A triangle down: lost. A triangle up: gained. */
function drawPoint(context: CanvasRenderingContext2D, { x, y, kind }: Point, colour: string): void {
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = 1.2;
  context.beginPath();
  if (kind === "lost" || kind === "gained") {
    const up = kind === "gained" ? -1 : 1;
    context.moveTo(x - 4, y - 3 * up);
    context.lineTo(x + 4, y - 3 * up);
    context.lineTo(x, y + 4 * up);
    context.closePath();
    context.fill();
    return;
  }
  context.arc(x, y, kind === "both" ? 2.6 : 3, 0, 2 * Math.PI);
  if (kind === "both") context.fill();
  else context.stroke();
}
