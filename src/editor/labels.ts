/** Words for units, steps, traces and status items, as the interface writes them. */
import type { Analysis, Flag, Step, Unit } from "../core/analysis";
import type { Trace } from "../core/trace";
import type { FileInfo } from "../protocol/engine";
import type { ViewState } from "../protocol/host";

/** A count with thousands separators: `1,208`. */
export const count = (value: number): string => Math.round(value).toLocaleString("en-US");

/** A count with its noun: `1 step`, `1,208 steps`. */
export const plural = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

/** A role or function as the interface writes it. */
const word = (name: Unit["role"] | Step["function"]): string => ({ setup: "set-up", "tool-call": "tool call" })[String(name)] ?? name;

/** `Unit 3 · verify`. */
export const unitTitle = (unit: Unit, index: number): string => `Unit ${index + 1} · ${word(unit.role)}`;

/** `207 tokens · steps 17–23 · 90°`; the answer only where the unit states one. */
export function unitFacts(unit: Unit): string {
  const steps = unit.endStep - unit.firstStep === 1 ? `step ${unit.firstStep + 1}` : `steps ${unit.firstStep + 1}–${unit.endStep}`;
  return [plural(unit.tokens, "token"), steps, ...(unit.answer === undefined ? [] : [oneLine(unit.answer, 60)])].join(" · ");
}

/** Flags of a unit: its own and those of its steps, in order. */
export function flagsOfUnit(analysis: Analysis, index: number): readonly Flag[] {
  const unit = analysis.units[index];
  if (!unit) return [];
  return analysis.flags.filter((flag) =>
    flag.level === "unit" ? flag.index === index : flag.index >= unit.firstStep && flag.index < unit.endStep,
  );
}

/** `19 verify`. */
export const stepTitle = (step: Step, index: number): string => `${index + 1} ${word(step.function)}`;

/** A text on one line, cut at `limit` code units. */
export function oneLine(text: string, limit: number): string {
  const folded = text
    .slice(0, limit * 4)
    .replace(/\s+/g, " ")
    .trim();
  return folded.length > limit ? `${folded.slice(0, limit - 1)}…` : folded;
}

/** A trace in a title: its id, its model where it has one, its rollout where the record has several. */
export function traceLabel(trace: Pick<Trace, "id" | "model" | "variant" | "rollout">, rollouts: number): string {
  const who = trace.model ?? trace.variant;
  return [trace.id, ...(who === undefined ? [] : [who]), ...(rollouts > 1 ? [`rollout ${trace.rollout + 1}`] : [])].join(" · ");
}

/** Texts of the status items; an absent one is hidden. */
export interface StatusTexts {
  readonly pair?: string;
  readonly unit?: string;
  readonly step?: string;
  readonly records?: string;
  readonly tokens?: string;
}

/** What the status bar says of the open file and the selected place. */
export function statusTexts(
  state: ViewState | undefined,
  info: Pick<FileInfo, "records" | "indexed" | "hasTraces" | "tokenCounter"> | undefined,
): StatusTexts {
  const inTrace = state?.view === "inspect" && state.ref !== undefined;
  const inPairs = state?.view === "compare" && state.pairCount !== undefined && state.pairCount > 0;
  return {
    ...(inPairs ? { pair: pairText(state) } : {}),
    ...(inTrace && state.unit !== undefined && state.unitCount ? { unit: `unit ${state.unit + 1} of ${state.unitCount}` } : {}),
    ...(inTrace && state.step !== undefined && state.stepCount ? { step: `step ${state.step + 1} of ${state.stepCount}` } : {}),
    ...(info ? { records: `${plural(info.records, "record")}${info.indexed ? "" : " so far"}` } : {}),
    ...(info?.hasTraces && info.tokenCounter !== "" ? { tokens: tokenSource(info.tokenCounter) } : {}),
  };
}

/** `pair 3 of 7`; `7 pairs` while none of them is open. */
const pairText = ({ pairAt = -1, pairCount = 0 }: Pick<ViewState, "pairAt" | "pairCount">): string =>
  pairAt < 0 ? plural(pairCount, "pair") : `pair ${count(pairAt + 1)} of ${count(pairCount)}`;

/** `tokens: estimated` for an estimate, else the counter's name. */
export const tokenSource = (counter: string): string => `tokens: ${/estimate/i.test(counter) ? "estimated" : counter}`;
