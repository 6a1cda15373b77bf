/** Draws the step bars of a very long trace on a canvas: the same marks as the stylesheet's, for thousands of segments. */
import { functionLooks } from "../words";
import type { StripLayout, StripSegment } from "./layout";

const barHeight = 28;
const controlTop = 11;
const capHeight = 3;

/** Colours of the functions as the theme gives them, read from probes that carry the classes. */
type HueOf = (className: string) => string;

/** Paints segments in the colours that the theme gives inside `host`. The canvas is `layout.width` by 28 CSS pixels; `only` dims the other functions. */
export function paintBars(
  host: HTMLElement,
  canvas: HTMLCanvasElement,
  layout: Pick<StripLayout, "width" | "segments">,
  only?: string,
): void {
  const probe = document.createElement("i");
  host.append(probe);
  const hues = new Map<string, string>();
  const hueOf = (className: string): string => {
    const known = hues.get(className);
    if (known) return known;
    probe.className = `${className} probe`;
    const hue = getComputedStyle(probe).color;
    hues.set(className, hue);
    return hue;
  };
  paintSegments(canvas, layout, hueOf, only, document.body.classList.contains("vscode-high-contrast"));
  probe.remove();
}

function paintSegments(
  canvas: HTMLCanvasElement,
  layout: Pick<StripLayout, "width" | "segments">,
  hueOf: HueOf,
  only: string | undefined,
  outline: boolean,
): void {
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(layout.width * scale));
  canvas.height = barHeight * scale;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(scale, scale);
  for (const segment of layout.segments) {
    context.globalAlpha = only !== undefined && only !== segment.function ? 0.25 : 1;
    paintSegment(context, segment, hueOf(functionLooks[segment.function].className), outline);
  }
}

function paintSegment(context: CanvasRenderingContext2D, segment: StripSegment, hue: string, outline: boolean): void {
  const top = segment.control ? controlTop : 0;
  const width = Math.max(1, segment.width - (segment.thin ? 0 : 1));
  const alpha = context.globalAlpha;
  context.fillStyle = hue;
  context.fillRect(segment.left, top, width, capHeight);
  if (segment.redundant && segment.thin) return;
  context.globalAlpha = alpha * (segment.thin ? 0.44 : outline ? 0 : 0.26);
  if (segment.redundant) hatch(context, segment.left, top + capHeight, width, hue, alpha);
  else context.fillRect(segment.left, top + capHeight, width, barHeight - top - capHeight);
  context.globalAlpha = alpha;
}

function hatch(context: CanvasRenderingContext2D, left: number, top: number, width: number, hue: string, alpha: number): void {
  const height = barHeight - top;
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.globalAlpha = alpha * 0.62;
  context.strokeStyle = hue;
  context.lineWidth = 1.5;
  context.beginPath();
  for (let x = left - height; x < left + width; x += 7) {
    context.moveTo(x, top + height);
    context.lineTo(x + height, top);
  }
  context.stroke();
  context.restore();
}
