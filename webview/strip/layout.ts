/** Geometry of a strip: where steps, units, answers and the axis stand, in pixels. Pure, so that both views and the tests share it. */
import type { Analysis, StepFunction, UnitRole } from "../../src/core/analysis";
import { functionLooks, roleLabels } from "../words";

/** Widths in pixels below which a segment loses its gap and letter, its own place, its letter, and a unit its number. */
const thinBelow = 6;
const mergeBelow = 2;
const letterFrom = 10;
const numberFrom = 14;
const digitWidth = 6;
const roleFrom = 18;
const roleLetter = 5.6;
const hatchRoom = 36;
const tickGap = 5;

/** A step, or neighbouring steps that are too narrow to draw alone. */
export interface StripSegment {
  readonly firstStep: number;
  readonly endStep: number;
  readonly left: number;
  readonly width: number;
  readonly function: StepFunction;
  readonly redundant: boolean;
  readonly control: boolean;
  /** Empty where it would not fit. */
  readonly letter: string;
  readonly thin: boolean;
}

/** A thinking unit's block. */
export interface StripUnit {
  readonly unit: number;
  readonly left: number;
  readonly width: number;
  readonly role: UnitRole;
  readonly redundant: boolean;
  readonly label: "none" | "number" | "role";
}

/** A candidate answer: same value as the final answer, or another. */
export interface StripTick {
  readonly left: number;
  readonly candidate: number;
  readonly step: number;
  readonly equalsFinal: boolean;
}

/** Everything to draw. Lengths in pixels, shares from 0 to 1. */
export interface StripLayout {
  readonly width: number;
  readonly pixelsPerToken: number;
  /** First token at the left edge. */
  readonly fromToken: number;
  readonly segments: readonly StripSegment[];
  readonly units: readonly StripUnit[];
  readonly ticks: readonly StripTick[];
  readonly axis: readonly { readonly left: number; readonly text: string; readonly end: boolean }[];
  readonly response?: { readonly left: number; readonly width: number };
  /** End of the step that first states the final answer. */
  readonly firstAnswer?: { readonly left: number; readonly share: number };
  /** Right edge of the thinking. */
  readonly thinkingEnd: number;
}

/** What part of the trace to lay out, and at which scale. */
export interface StripOptions {
  /** Tokens at the left and right edge; the whole trace unless told. */
  readonly fromToken?: number;
  readonly toToken?: number;
  /** A shared scale for two strips; overrides `toToken`. */
  readonly pixelsPerToken?: number;
  /** Draw the response after the thinking; true unless told. */
  readonly response?: boolean;
}

/** Token at which each step starts, and after the last entry the total. Length steps + 1. */
export function stepTokenStarts(analysis: Analysis): Float64Array {
  const starts = new Float64Array(analysis.steps.length + 1);
  analysis.steps.forEach((step, index) => {
    starts[index + 1] = (starts[index] ?? 0) + step.tokens;
  });
  return starts;
}

/** Lays a strip out over `width` pixels. A trace without tokens gives an empty strip. */
export function layoutStrip(analysis: Analysis, width: number, options: StripOptions = {}): StripLayout {
  const starts = stepTokenStarts(analysis);
  const thinking = starts[analysis.steps.length] ?? 0;
  const responseTokens = options.response === false ? 0 : analysis.responseTokens;
  const from = options.fromToken ?? 0;
  const to = options.toToken ?? thinking + responseTokens;
  const scale = options.pixelsPerToken ?? (to > from ? width / (to - from) : 0);
  const at = (token: number): number => (token - from) * scale;
  const view = { starts, at, width };
  const first = analysis.measures.firstAnswerTokens;
  return {
    width,
    pixelsPerToken: scale,
    fromToken: from,
    segments: segmentsOf(analysis, view),
    units: unitsOf(analysis, view),
    ticks: ticksOf(analysis, view),
    axis: scale > 0 ? axisOf(from, from + width / scale, width, thinking + responseTokens) : [],
    ...(responseTokens > 0 && at(thinking) < width
      ? { response: { left: at(thinking) + 3, width: Math.max(2, at(thinking + responseTokens) - at(thinking) - 3) } }
      : {}),
    ...(first === undefined || scale === 0 ? {} : { firstAnswer: { left: at(first), share: analysis.measures.postAnswerShare ?? 0 } }),
    thinkingEnd: at(thinking),
  };
}

interface View {
  readonly starts: Float64Array;
  readonly at: (token: number) => number;
  readonly width: number;
}

const outside = (left: number, width: number, view: View): boolean => left + width < 0 || left > view.width;

function segmentsOf(analysis: Analysis, view: View): StripSegment[] {
  const segments: StripSegment[] = [];
  let index = 0;
  while (index < analysis.steps.length) {
    const first = index;
    const left = view.at(view.starts[first] ?? 0);
    let width = 0;
    do {
      index += 1;
      width = view.at(view.starts[index] ?? 0) - left;
    } while (width < mergeBelow && index < analysis.steps.length && isNarrow(view, index));
    if (width <= 0 || outside(left, width, view)) continue;
    segments.push(segment(analysis, first, index, left, width));
  }
  return segments;
}

const isNarrow = (view: View, step: number): boolean => view.at(view.starts[step + 1] ?? 0) - view.at(view.starts[step] ?? 0) < mergeBelow;

/** A merged segment takes the function and the redundancy that most of its tokens have. */
function segment(analysis: Analysis, first: number, end: number, left: number, width: number): StripSegment {
  const tokensOf = new Map<StepFunction, number>();
  let redundantTokens = 0;
  let tokens = 0;
  for (const step of analysis.steps.slice(first, end)) {
    tokensOf.set(step.function, (tokensOf.get(step.function) ?? 0) + step.tokens);
    tokens += step.tokens;
    if (step.redundant) redundantTokens += step.tokens;
  }
  const [name] = [...tokensOf].reduce((best, entry) => (entry[1] > best[1] ? entry : best));
  const look = functionLooks[name];
  return {
    firstStep: first,
    endStep: end,
    left,
    width,
    function: name,
    redundant: redundantTokens * 2 > tokens,
    control: look.control,
    letter: width >= letterFrom ? look.letter : "",
    thin: width < thinBelow,
  };
}

function unitsOf(analysis: Analysis, view: View): StripUnit[] {
  const units: StripUnit[] = [];
  let drawnTo = Number.NEGATIVE_INFINITY;
  analysis.units.forEach((unit, index) => {
    const left = view.at(view.starts[unit.firstStep] ?? 0);
    const width = view.at(view.starts[unit.endStep] ?? 0) - left;
    if (width <= 0 || outside(left, width, view) || left + width < drawnTo + 1) return;
    drawnTo = left + width;
    const room = roleFrom + roleLetter * roleLabels[unit.role].length + (unit.redundant ? hatchRoom : 0);
    const digits = digitWidth * (String(index + 1).length - 1);
    const label = width >= room + digits ? "role" : width >= numberFrom + digits ? "number" : "none";
    units.push({ unit: index, left, width, role: unit.role, redundant: unit.redundant, label });
  });
  return units;
}

function ticksOf(analysis: Analysis, view: View): StripTick[] {
  const ticks: StripTick[] = [];
  const last = { same: Number.NEGATIVE_INFINITY, other: Number.NEGATIVE_INFINITY };
  analysis.candidates.forEach((candidate, index) => {
    const step = analysis.steps[candidate.step];
    if (!step) return;
    const part = step.end > step.start ? (candidate.end - step.start) / (step.end - step.start) : 1;
    const left = view.at((view.starts[candidate.step] ?? 0) + step.tokens * part);
    const kind = candidate.equalsFinal ? "same" : "other";
    if (left < 0 || left > view.width || left - last[kind] < tickGap) return;
    last[kind] = left;
    ticks.push({ left, candidate: index, step: candidate.step, equalsFinal: candidate.equalsFinal });
  });
  return ticks;
}

const grouped = new Intl.NumberFormat("en-US");

/** Round labels at least 90 pixels apart; the last one is the total with its unit. */
function axisOf(from: number, to: number, width: number, total: number): StripLayout["axis"] {
  const target = ((to - from) / width) * 90;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, target)));
  const step = Math.max(1, power * ([1, 2, 5, 10].find((factor) => factor * power >= target) ?? 10));
  const labels: { left: number; text: string; end: boolean }[] = [];
  const right = Math.min(total, to);
  const rightAt = ((right - from) / (to - from)) * width;
  for (let token = Math.ceil(from / step) * step; token < right; token += step) {
    const left = ((token - from) / (to - from)) * width;
    if (rightAt - left > 74) labels.push({ left, text: grouped.format(token), end: false });
  }
  labels.push({ left: rightAt, text: `${grouped.format(Math.round(right))} tok`, end: true });
  return labels;
}
