/** Rows about flags and answers on our own labels. */
import { type RuleId, redundancyRules } from "../../src/core/analysis";
import { analyze } from "../../src/core/analyze";
import { traceOf } from "../core/segment/traceOf";
import type { LabelledTrace } from "./labels";
import type { Row } from "./row";
import { addCounts, type Counts, mean } from "./score";

const rules: readonly RuleId[] = [...redundancyRules, "premise", "switch-early"];

/** Rules that speak once a trace: a trace counts as one item. */
const onceATrace: ReadonlySet<RuleId> = new Set<RuleId>(["premise", "switch-early"]);

/** Fewer items than this are examples, no measurement. */
const few = 10;
const named = (measure: string, n: number): string => (n >= few ? measure : `${measure}: too few to tell`);

/** Labelled steps that start inside a span, or the one that holds its start. */
function stepsIn(trace: LabelledTrace, start: number, end: number): number[] {
  const ink = start + (trace.text.slice(start).match(/^\s*/)?.[0].length ?? 0);
  const holding = trace.steps.findLastIndex((step) => step.start <= ink);
  return trace.steps.flatMap((step, i) => (i === holding || (step.start >= ink && step.start < end) ? [i] : []));
}

/**
 * Precision and recall of each rule. A flag is right when a labelled step in its span (a step or a unit) has the label; a label is found when a flag of
 * its rule covers its step. Every rule has both rows; with fewer than ten items the row says so, without any it has no figure.
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
      const once = onceATrace.has(rule) && gold.length > 0;
      recall
        .get(rule)
        ?.push(once ? { hit: covered.length > 0 ? 1 : 0, predicted: 0, gold: 1 } : { hit: found, predicted: 0, gold: gold.length });
    }
  }
  return rules.flatMap((rule): Row[] => {
    const flagged = addCounts(precision.get(rule) ?? []);
    const labelled = addCounts(recall.get(rule) ?? []);
    return [
      {
        measure: named(`flag ${rule}: precision (${half})`, flagged.predicted),
        n: flagged.predicted,
        floor: undefined,
        ours: flagged.hit / flagged.predicted,
        goal: 0.8,
      },
      {
        measure: named(`flag ${rule}: recall (${half})`, labelled.gold),
        n: labelled.gold,
        floor: undefined,
        ours: labelled.hit / labelled.gold,
        goal: 0.6,
      },
    ];
  });
}

/** Traces of ours with a fault built in: the text, where the fault lies, and the rules that may name it. */
interface Faulty {
  readonly name: string;
  readonly rules: readonly RuleId[];
  /** The text with the fault and the offset where it starts; undefined where a trace has no place for it. */
  readonly build: (trace: LabelledTrace) => { readonly text: string; readonly at: number } | undefined;
}

const longEnough = 60;

/** Where the last step starts; the fault is put before it. */
function inserted(trace: LabelledTrace, fault: string): { text: string; at: number } {
  const at = trace.steps.at(-1)?.start ?? trace.text.length;
  return { text: `${trace.text.slice(0, at)}${fault}\n\n${trace.text.slice(at)}`, at };
}

const faults: readonly Faulty[] = [
  {
    name: "loop: a sentence six times over",
    rules: ["loop"],
    build: (trace) => {
      const step = trace.steps.findLast(({ start, end, function: name }) => name !== "conclude" && end - start >= longEnough);
      return step && inserted(trace, `${trace.text.slice(step.start, step.end)} `.repeat(6).trim());
    },
  },
  {
    name: "restate: the question read again before the last step",
    rules: ["restate", "repeat"],
    build: (trace) => {
      const asked = trace.facts["question"] ?? "";
      return asked.length >= longEnough ? inserted(trace, `Let me read the question once more: ${asked}`) : undefined;
    },
  },
];

/** Rows on faults built into our own traces: how many are found, and how often the rule speaks on the traces as they are. */
export function faultRows(traces: readonly LabelledTrace[]): Row[] {
  return faults.flatMap(({ name, rules: naming, build }): Row[] => {
    const speaks = (trace: LabelledTrace, text: string, from: number): boolean =>
      analyze(traceOf(text, { question: trace.facts["question"] ?? "" })).flags.some(
        (flag) => naming.includes(flag.rule) && flag.end > from,
      );
    const built = traces.flatMap((trace) => {
      const made = build(trace);
      return made ? [speaks(trace, made.text, made.at)] : [];
    });
    const plain = traces.filter((trace) => !trace.steps.some(({ flags }) => flags.some((flag) => naming.some((rule) => rule === flag))));
    const falsely = plain.filter((trace) => speaks(trace, trace.text, 0));
    return [
      {
        measure: `flag ${name}, built into own traces: recall`,
        n: built.length,
        floor: undefined,
        ours: mean(built.map(Number)),
        goal: 0.95,
      },
      {
        measure: `the same rule on these traces as they are, share it speaks on (lower is better)`,
        n: plain.length,
        floor: undefined,
        ours: falsely.length / plain.length,
        goal: 0.05,
      },
    ];
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
