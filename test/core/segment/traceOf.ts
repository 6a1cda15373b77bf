import type { Trace } from "../../../src/core/trace";

/** A trace of the text alone, with what a test adds. */
export function traceOf(text: string, more: Partial<Trace> = {}): Trace {
  return {
    record: 0,
    rollout: 0,
    id: "test",
    question: "",
    text,
    parts: text.length > 0 ? [{ start: 0, end: text.length, kind: "reasoning", path: ["text"], fieldStart: 0, glue: 0 }] : [],
    preamble: "",
    opening: "",
    closing: "",
    response: "",
    thinking: "none",
    notices: [],
    columns: {},
    ...more,
  };
}
