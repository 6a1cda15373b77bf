import { expect } from "vitest";
import { at } from "../../src/core/import/access";
import type { Json, Trace } from "../../src/core/trace";

/** Fails unless the trace keeps every promise of its type against the record it came from. */
export function wellFormed(trace: Trace, record: Json): void {
  expect([...partProblems(trace, record), ...spanProblems(trace)]).toEqual([]);
}

function partProblems(trace: Trace, record: Json): string[] {
  const problems: string[] = [];
  let end = 0;
  for (const part of trace.parts) {
    if (part.start !== end || part.end <= part.start || part.glue > part.end - part.start)
      problems.push(`part ${JSON.stringify(part)} does not tile`);
    const own = trace.text.slice(part.start, part.end - part.glue);
    const field = own === "" ? "" : at(record, part.path);
    const inField = typeof field === "string" && (own === "" || field.slice(part.fieldStart, part.fieldStart + own.length) === own);
    if (!inField) problems.push(`part ${JSON.stringify(part)} is not in its field`);
    end = part.end;
  }
  if (end !== trace.text.length) problems.push(`parts end at ${end} of ${trace.text.length}`);
  if (trace.id === "") problems.push("empty id");
  if (trace.responsePath && at(record, trace.responsePath) !== trace.response) problems.push("the response is not in its field");
  return problems;
}

function spanProblems(trace: Trace): string[] {
  const problems: string[] = [];
  if (trace.givenSteps) {
    let at = 0;
    for (const step of trace.givenSteps) {
      if (step.start !== at || step.end <= step.start) problems.push(`step ${JSON.stringify(step)} does not tile`);
      at = step.end;
    }
    if (at !== trace.text.length) problems.push(`steps end at ${at} of ${trace.text.length}`);
  }
  for (const { name, starts, values } of trace.signals ?? []) {
    if (starts.length !== values.length) problems.push(`signal ${name}: ${starts.length} starts, ${values.length} values`);
    if (starts.some((start, i) => start < (starts[i - 1] ?? 0) || start > trace.text.length))
      problems.push(`signal ${name} does not ascend`);
  }
  for (const { message, at } of trace.notices) {
    if (at !== undefined && !(at >= 0 && at <= trace.text.length)) problems.push(`notice "${message}" at ${at}`);
  }
  return problems;
}
