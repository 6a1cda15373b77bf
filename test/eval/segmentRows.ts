/** Rows about steps and units. */
import type { StepFunction } from "../../src/core/analysis";
import { findCandidates } from "../../src/core/answer/extract";
import { splitSentences } from "../../src/core/segment/sentences";
import { type ProtoStep, splitSteps } from "../../src/core/segment/steps";
import { formUnits } from "../../src/core/segment/units";
import type { Trace } from "../../src/core/trace";
import { traceOf } from "../core/segment/traceOf";
import type { LabelledTrace } from "./labels";
import type { Row } from "./row";
import { addCounts, type Counts, f1, matchPositions, mean, pk, windowDiff } from "./score";
import { functionsOfTag, type SilverTrace } from "./silver";

const checking: ReadonlySet<string> = new Set<StepFunction>(["verify", "switch", "doubt"]);

/** Index of the atom (labelled step or chunk) that each offset falls into; an offset between two belongs to the later one. */
function atomOf(atoms: readonly { readonly end: number }[], offset: number): number {
  let low = 0;
  let high = atoms.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((atoms[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

function firstInk(text: string, start: number): number {
  let at = start;
  while (at < text.length && /\s/.test(text.charAt(at))) at++;
  return at;
}

const startsOfRuns = (flags: readonly boolean[]): number[] => flags.flatMap((flag, i) => (flag && !flags[i - 1] ? [i] : []));

/** Step that holds an offset. */
function stepAt(steps: readonly ProtoStep[], offset: number): ProtoStep | undefined {
  return steps[atomOf(steps, offset)];
}

/** Rows on labels given by hand; `part` names the traces in the table. */
export function handRows(traces: readonly LabelledTrace[], part: string): Row[] {
  const exact: Counts[] = [];
  const near: Counts[] = [];
  const floorExact: Counts[] = [];
  const stepBorders: Counts[] = [];
  const floorBorders: Counts[] = [];
  const roles: boolean[] = [];
  const functions: boolean[] = [];
  const checkExact: Counts[] = [];
  for (const trace of traces) {
    const { steps, units, sentences } = segment(
      traceOf(trace.text, { question: trace.facts["question"] ?? "", reference: trace.facts["reference"] ?? "" }),
    );
    const place = (offset: number): number => atomOf(sentences, firstInk(trace.text, offset));
    const goldUnits = trace.steps.filter((step) => step.unit).map((step) => place(step.start));
    const ourUnits = units.map((unit) => place(unit.start));
    const blank = sentences.flatMap((sentence, i) => (sentence.paragraphStart ? [i] : []));
    exact.push(matchPositions(ourUnits.slice(1), goldUnits.slice(1), 0));
    near.push(matchPositions(ourUnits.slice(1), goldUnits.slice(1), 1));
    floorExact.push(matchPositions(blank.slice(1), goldUnits.slice(1), 0));
    const goldSteps = trace.steps.map((step) => place(step.start));
    stepBorders.push(matchPositions(steps.map((step) => place(step.start)).slice(1), goldSteps.slice(1), 0));
    floorBorders.push(matchPositions(blank.slice(1), goldSteps.slice(1), 0));
    const goldOf = (offset: number): StepFunction => trace.steps[atomOf(trace.steps, offset)]?.function ?? "derive";
    const starts = sentences.map((sentence) => firstInk(trace.text, sentence.start));
    for (const start of starts) functions.push(stepAt(steps, start)?.function === goldOf(start));
    checkExact.push(
      matchPositions(
        startsOfRuns(starts.map((start) => checking.has(stepAt(steps, start)?.function ?? ""))),
        startsOfRuns(starts.map((start) => checking.has(goldOf(start)))),
        0,
      ),
    );
    for (const step of trace.steps.filter((one) => one.unit)) {
      const ours = units.find((unit) => place(unit.start) === place(step.start));
      if (ours) roles.push(ours.role === step.unit);
    }
  }
  const n = traces.length;
  return [
    { measure: `unit starts F1, exact (${part})`, n, floor: f1(addCounts(floorExact)), ours: f1(addCounts(exact)), goal: 0.72 },
    { measure: `unit starts F1, ±1 sentence (${part})`, n, floor: undefined, ours: f1(addCounts(near)), goal: 0.77 },
    {
      measure: `unit roles where the start is right (${part})`,
      n: roles.length,
      floor: undefined,
      ours: mean(roles.map(Number)),
      goal: 0.8,
    },
    { measure: `step borders F1, exact (${part})`, n, floor: f1(addCounts(floorBorders)), ours: f1(addCounts(stepBorders)), goal: 0.75 },
    {
      measure: `step function accuracy by sentence (${part})`,
      n: functions.length,
      floor: undefined,
      ours: mean(functions.map(Number)),
      goal: 0.75,
    },
    { measure: `starts of doubt / verify / switch runs F1 (${part})`, n, floor: undefined, ours: f1(addCounts(checkExact)), goal: 0.72 },
  ];
}

function segment(trace: Trace) {
  const sentences = splitSentences(trace.text);
  const steps = splitSteps(trace, sentences);
  const candidates = findCandidates(trace.text, steps, {
    question: trace.question,
    ...(trace.reference ? { known: [trace.reference] } : {}),
  });
  return { sentences, steps, units: formUnits(steps, candidates, trace.text) };
}

/** Rows on the silver tags. */
export function silverRows(traces: readonly SilverTrace[]): Row[] {
  const exact: Counts[] = [];
  const near: Counts[] = [];
  const floor: Counts[] = [];
  const pks: number[] = [];
  const diffs: number[] = [];
  const borderCounts: Counts[] = [];
  const agree: boolean[] = [];
  const cue = /^(?:but |so |hmm,? |no,? )?(?:wait|hold on|let me (?:double-)?check|let me verify|alternatively|actually)\b/i;
  for (const { text, chunks } of traces) {
    const { steps } = segment(traceOf(text));
    const ours = chunks.map((chunk) => stepAt(steps, chunk.start)?.function ?? "derive");
    const gold = chunks.map(({ tag }) => tag);
    const isGold = gold.map((tag) => tag === "uncertainty_management" || tag === "self_checking");
    const isOurs = ours.map((name) => checking.has(name));
    const goldStarts = startsOfRuns(isGold);
    const ourStarts = startsOfRuns(isOurs);
    exact.push(matchPositions(ourStarts, goldStarts, 0));
    near.push(matchPositions(ourStarts, goldStarts, 1));
    const cueStarts = chunks.flatMap((chunk, i) => (cue.test(text.slice(chunk.start, chunk.end)) ? [i] : []));
    floor.push(matchPositions(cueStarts, goldStarts, 0));
    pks.push(pk(new Set(ourStarts), new Set(goldStarts), chunks.length));
    const goldBorders = gold.flatMap((tag, i) => (i > 0 && tag !== gold[i - 1] ? [i] : []));
    const ourBorders = ours.flatMap((name, i) => (i > 0 && name !== ours[i - 1] ? [i] : []));
    borderCounts.push(matchPositions(ourBorders, goldBorders, 0));
    diffs.push(windowDiff(new Set(ourBorders), new Set(goldBorders), chunks.length));
    gold.forEach((tag, i) => {
      const allowed = functionsOfTag[tag];
      if (allowed) agree.push(allowed.includes(ours[i] ?? "derive"));
    });
  }
  const n = traces.length;
  return [
    { measure: "starts of check / doubt runs F1, exact (silver)", n, floor: f1(addCounts(floor)), ours: f1(addCounts(exact)), goal: 0.72 },
    { measure: "starts of check / doubt runs F1, ±1 (silver)", n, floor: undefined, ours: f1(addCounts(near)), goal: 0.77 },
    { measure: "the same, Pk (lower is better, silver)", n, floor: undefined, ours: mean(pks), goal: 0.15 },
    { measure: "function borders F1 (silver)", n, floor: undefined, ours: f1(addCounts(borderCounts)), goal: 0.55 },
    { measure: "function borders, WindowDiff (lower is better, silver)", n, floor: undefined, ours: mean(diffs), goal: 0.3 },
    { measure: "function agreement by sentence (silver)", n: agree.length, floor: undefined, ours: mean(agree.map(Number)), goal: 0.6 },
  ];
}
