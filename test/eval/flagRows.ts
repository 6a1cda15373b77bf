/** Rows about flags and answers on our own labels. */
import { type RuleId, redundancyRules } from "../../src/core/analysis";
import { analyze } from "../../src/core/analyze";
import { traceOf } from "../core/segment/traceOf";
import type { LabelledTrace } from "./labels";
import type { Row } from "./row";
import { addCounts, type Counts, mean } from "./score";

const rules: readonly RuleId[] = [...redundancyRules, "premise", "switch-early"];

/** Labelled steps that start inside a span, or the one that holds its start. */
function stepsIn(trace: LabelledTrace, start: number, end: number): number[] {
  const ink = start + (trace.text.slice(start).match(/^\s*/)?.[0].length ?? 0);
  const holding = trace.steps.findLastIndex((step) => step.start <= ink);
  return trace.steps.flatMap((step, i) => (i === holding || (step.start >= ink && step.start < end) ? [i] : []));
}

/**
 * Precision and recall of each rule. A flag is right when a labelled step in its span (a step or a unit) has the label; a label is found when a flag of
 * its rule covers its step. Rules without flags or without labels in these traces have no row.
 */
export function flagRows(traces: readonly LabelledTrace[], half: string): Row[] {
  const precision = new Map<RuleId, Counts[]>(rules.map((rule) => [rule, []]));
  const recall = new Map<RuleId, Counts[]>(rules.map((rule) => [rule, []]));
  for (const trace of traces) {
    const facts = { question: trace.facts["question"] ?? "", reference: trace.facts["reference"] ?? "" };
    const { flags } = analyze(traceOf(trace.text, facts));
    for (const rule of rules) {
      const covered = flags.filter((flag) => flag.rule === rule).map((flag) => stepsIn(trace, flag.start, flag.end));
      const gold = trace.steps.flatMap((step, i) => (step.flags.includes(rule) ? [i] : []));
      const right = covered.filter((steps) => steps.some((step) => gold.includes(step))).length;
      const found = gold.filter((step) => covered.some((steps) => steps.includes(step))).length;
      precision.get(rule)?.push({ hit: right, predicted: covered.length, gold: 0 });
      recall.get(rule)?.push({ hit: found, predicted: 0, gold: gold.length });
    }
  }
  return rules.flatMap((rule) => {
    const flagged = addCounts(precision.get(rule) ?? []);
    const labelled = addCounts(recall.get(rule) ?? []);
    const rows: Row[] = [];
    if (flagged.predicted > 0)
      rows.push({
        measure: `flag ${rule}: precision (${half})`,
        n: flagged.predicted,
        floor: undefined,
        ours: flagged.hit / flagged.predicted,
        goal: 0.8,
      });
    if (labelled.gold > 0)
      rows.push({
        measure: `flag ${rule}: recall (${half})`,
        n: labelled.gold,
        floor: undefined,
        ours: labelled.hit / labelled.gold,
        goal: 0.6,
      });
    return rows;
  });
}

/** Furthest that a first answer may be from the labelled one, as a share of the text. */
const near = 0.1;

/** Share of traces whose first answer point (end of the step) is within a tenth of the length of the labelled one. */
export function firstAnswerRow(traces: readonly LabelledTrace[], half: string): Row {
  const right = traces.flatMap((trace) => {
    const final = trace.steps.findLast((step) => step.answer !== undefined)?.answer;
    const reference = trace.facts["reference"] ?? "";
    const { steps, candidates, measures } = analyze(traceOf(trace.text, { question: trace.facts["question"] ?? "", reference }));
    const ours = steps[measures.firstAnswerStep ?? -1]?.end;
    const bare = (answer: string): string => answer.toLowerCase().replaceAll(/[^a-z0-9./\u3400-\u9fff-]/g, "");
    const first = trace.steps.find((step) => step.answer !== undefined && bare(final ?? "").startsWith(bare(step.answer)));
    if (!first) return [];
    return [ours !== undefined && candidates.length > 0 && Math.abs(ours - first.end) <= near * trace.text.length ? 1 : 0];
  });
  return {
    measure: `first answer within a tenth of the length (${half})`,
    n: right.length,
    floor: undefined,
    ours: mean(right),
    goal: 0.75,
  };
}
