import { expect } from "vitest";
import { at } from "../../src/core/import/access";
import type { Json, Trace } from "../../src/core/trace";

/** Fails unless the trace keeps every promise of its type against the record it came from. */
export function wellFormed(trace: Trace, record: Json): void {
  expect(trace.id).not.toBe("");
  let end = 0;
  for (const part of trace.parts) {
    expect(part.start).toBe(end);
    expect(part.end).toBeGreaterThan(part.start);
    expect(part.glue).toBeLessThanOrEqual(part.end - part.start);
    const own = trace.text.slice(part.start, part.end - part.glue);
    if (own !== "") {
      const field = at(record, part.path);
      expect(typeof field).toBe("string");
      expect((field as string).slice(part.fieldStart, part.fieldStart + own.length)).toBe(own);
    }
    end = part.end;
  }
  expect(end).toBe(trace.text.length);
  if (trace.responsePath) expect(at(record, trace.responsePath)).toBe(trace.response);
  if (trace.givenSteps) {
    let step = 0;
    for (const given of trace.givenSteps) {
      expect(given.start).toBe(step);
      expect(given.end).toBeGreaterThan(given.start);
      step = given.end;
    }
    expect(step).toBe(trace.text.length);
  }
  for (const signal of trace.signals ?? []) {
    expect(signal.starts.length).toBe(signal.values.length);
    for (let i = 1; i < signal.starts.length; i++) expect(signal.starts[i]).toBeGreaterThanOrEqual(signal.starts[i - 1] ?? 0);
    for (const start of signal.starts) expect(start <= trace.text.length).toBe(true);
  }
  for (const notice of trace.notices) {
    if (notice.at !== undefined) expect(notice.at >= 0 && notice.at <= trace.text.length).toBe(true);
  }
}
