/** Rows about flags and answers on our own labels. */
import { type RuleId, redundancyRules } from "../../src/core/analysis";
import { analyze } from "../../src/core/analyze";
import { traceOf } from "../core/segment/traceOf";
import type { LabelledTrace } from "./labels";
import type { Row } from "./row";
import { addCounts, type Counts, mean } from "./score";

const rules: readonly RuleId[] = [...redundancyRules, "premise", "switch-early"];

/** Index of the labelled step an offset falls into. */
function stepOf(trace: LabelledTrace, offset: number): number {
  return Math.max(
    0,
    trace.steps.findLastIndex((step) => step.start <= offset),
  );
}

/**
 * Precision and recall of each rule by labelled step. A flag on a unit or step stands for the labelled step in which it starts, leading white space
 * left out. Rules without a label in these traces get no row for recall.
 */
export function flagRows(traces: readonly LabelledTrace[], half: string): Row[] {
  const counts = new Map<RuleId, Counts[]>(rules.map((rule) => [rule, []]));
  for (const trace of traces) {
    const { flags } = analyze(traceOf(trace.text, { question: trace.facts["question"] ?? "" }));
    for (const rule of rules) {
      const found = new Set(
        flags
          .filter((flag) => flag.rule === rule)
          .map((flag) => stepOf(trace, flag.start + (trace.text.slice(flag.start).match(/^\s*/)?.[0].length ?? 0))),
      );
      const gold = new Set(trace.steps.flatMap((step, i) => (step.flags.includes(rule) ? [i] : [])));
      counts.get(rule)?.push({ hit: [...found].filter((i) => gold.has(i)).length, predicted: found.size, gold: gold.size });
    }
  }
  return rules.flatMap((rule) => {
    const sum = addCounts(counts.get(rule) ?? []);
    const rows: Row[] = [];
    if (sum.predicted > 0)
      rows.push({
        measure: `flag ${rule}: precision (${half})`,
        n: sum.predicted,
        floor: undefined,
        ours: sum.hit / sum.predicted,
        goal: 0.8,
      });
    if (sum.gold > 0)
      rows.push({ measure: `flag ${rule}: recall (${half})`, n: sum.gold, floor: undefined, ours: sum.hit / sum.gold, goal: 0.6 });
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
