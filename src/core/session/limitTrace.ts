import { grouped } from "../bytes/grouped";
import type { Span, Trace } from "../trace";

/** Code units of a trace's text that are analysed unless told otherwise. */
export const defaultLimit = 2_000_000;

/**
 * A trace cut to the first `limit` code units of its text, with parts, given steps and signals to match, and a notice. A surrogate pair is not split. A
 * trace that is no longer than that is returned as it is.
 */
export function limitTrace(trace: Trace, limit: number): Trace {
  if (trace.text.length <= limit) return trace;
  const end = isHighSurrogate(trace.text.charCodeAt(limit - 1)) ? limit - 1 : limit;
  const message = `The trace has ${grouped(trace.text.length)} characters; the first ${grouped(end)} are shown and analysed`;
  return {
    ...trace,
    text: trace.text.slice(0, end),
    parts: trace.parts
      .filter((part) => part.start < end)
      .map((part) => (part.end > end ? { ...part, end, glue: Math.max(0, part.glue - (part.end - end)) } : part)),
    ...(trace.givenSteps ? { givenSteps: clip(trace.givenSteps, end) } : {}),
    ...(trace.signals ? { signals: trace.signals.map((signal) => clipSignal(signal, end)) } : {}),
    notices: [...trace.notices, { kind: "other", message, at: end }],
  };
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

const clip = <T extends Span>(spans: readonly T[], end: number): T[] =>
  spans.filter((span) => span.start < end).map((span) => (span.end > end ? { ...span, end } : span));

function clipSignal(signal: NonNullable<Trace["signals"]>[number], end: number): NonNullable<Trace["signals"]>[number] {
  const found = signal.starts.findIndex((start) => start >= end);
  const count = found < 0 ? signal.starts.length : found;
  return {
    ...signal,
    starts: signal.starts.slice(0, count),
    values: signal.values.slice(0, count),
    ...(signal.top ? { top: signal.top.slice(0, count) } : {}),
  };
}
