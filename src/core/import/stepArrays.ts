import type { FieldPath, GivenStep, Json, JsonObject, Signal, Trace } from "../trace";
import { displayText, firstOf, get, isArray, isObject, place } from "./access";
import { readFacts, readVerdict } from "./facts";
import type { ImportContext, Importer } from "./importer";
import { makeTrace, numbered } from "./makeTrace";
import { findOutput, readAnswerField, traceOfOutput } from "./output";
import { rootList } from "./rootList";
import {
  errorStepNames,
  firstErrorNames,
  stepLabelNames,
  stepListLabels,
  stepListNames,
  stepListScores,
  stepRatingNames,
  stepTextNames,
  stepVerdictNames,
} from "./stepFields";
import { TextBuilder } from "./textBuilder";

/** A step as the record has it. `numbers`: its numeric fields, by name. */
interface RawStep {
  readonly text: string;
  readonly path: FieldPath;
  readonly label?: string | undefined;
  readonly rating?: number | undefined;
  readonly wrong?: boolean | undefined;
  readonly numbers: Readonly<Record<string, number>>;
}

interface StepList {
  readonly steps: readonly RawStep[];
  readonly variant?: string | undefined;
  /** Steps are sentences of one flowing text, not paragraphs. */
  readonly sentences: boolean;
}

const finite = (value: Json | undefined): number | undefined => (typeof value === "number" && Number.isFinite(value) ? value : undefined);

/** The completion that was chosen for a rated step, else the human's, else the first (PRM800K). */
function chosenCompletion(step: JsonObject): { value: Json; path: FieldPath } | undefined {
  const completions = step.completions;
  if (!isArray(completions)) return undefined;
  const chosen = finite(step.chosen_completion);
  const at = chosen !== undefined && completions[chosen] !== undefined ? chosen : 0;
  const human = step.human_completion;
  if (chosen === undefined && human !== undefined && human !== null) return { value: human, path: ["human_completion"] };
  const value = completions[at];
  return value === undefined ? undefined : { value, path: ["completions", at] };
}

function readStep(value: Json, path: FieldPath): RawStep | undefined {
  if (typeof value === "string") return { text: value, path, numbers: {} };
  if (!isObject(value)) return undefined;
  const chosen = chosenCompletion(value);
  if (chosen) return readStep(chosen.value, [...path, ...chosen.path]);
  const text = stepTextNames.find((name) => typeof value[name] === "string");
  if (text === undefined) return undefined;
  const skip = (field: FieldPath) => field[0] === text;
  const verdict = firstOf(value, stepVerdictNames, (found) => readVerdict(found.value));
  const rating = firstOf(value, stepRatingNames, (found) => finite(found.value), skip);
  const label = firstOf(value, stepLabelNames, (found) => labelText(found.value), skip);
  return {
    text: String(value[text]),
    path: [...path, text],
    label,
    rating,
    wrong: verdict === undefined ? (rating === undefined ? undefined : rating === -1) : !verdict,
    numbers: numbersOf(value),
  };
}

const labelText = (value: Json): string | undefined =>
  isArray(value)
    ? value
        .map((item) => displayText(item) ?? "")
        .filter((item) => item !== "")
        .join(", ") || undefined
    : displayText(value);

/** Numeric fields of a step other than its position; null reads as missing. */
function numbersOf(step: JsonObject): Record<string, number> {
  const entries = Object.entries(step).filter(([key, value]) => !/(?:^|_)(?:idx|index|id)$/.test(key) && finite(value) !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, finite(value) ?? 0]));
}

/** The record's lists of steps. */
function findLists(record: JsonObject): StepList[] {
  const root = readList(record[rootList], [rootList]);
  if (root && isChunkList(record[rootList])) return [{ steps: root, sentences: true }];
  if (typeof record.chunk === "string" && record.chunk_idx !== undefined) {
    const step = readStep(record, []);
    return step ? [{ steps: [step], sentences: true }] : [];
  }
  if (isArray(record.completions) && isArray(record.labels) && record.labels.every((label) => typeof label === "boolean")) {
    const steps = readList(record.completions, ["completions"]);
    if (steps) return [{ steps: withParallel(steps, record), sentences: false }];
  }
  const lists = stepListNames.flatMap(({ name, variant }) => {
    const found = place(record, name);
    const steps = found && readList(found.value, found.path);
    const sentences = /chunk|sentence/.test(name);
    return steps ? [{ steps: withErrors(withParallel(steps, record), record, variant), variant, sentences }] : [];
  });
  const varied = lists.filter((list) => list.variant !== undefined);
  return varied.length > 1 ? varied : lists.slice(0, 1).map((list) => ({ ...list, variant: undefined }));
}

/** Is this a list of sentence chunks of one trace? */
export const isChunkList = (value: Json | undefined): boolean =>
  isArray(value) &&
  value.length > 0 &&
  value.every((item) => typeof get(item, "chunk") === "string" && get(item, "chunk_idx") !== undefined);

function readList(value: Json | undefined, path: FieldPath): RawStep[] | undefined {
  if (!isArray(value) || value.length === 0) return undefined;
  const steps = value.map((item, i) => readStep(item, [...path, i]));
  return steps.every((step) => step !== undefined) && steps.some((step) => step.text.trim() !== "") ? steps : undefined;
}

/** Labels and scores from lists beside the steps. */
function withParallel(steps: readonly RawStep[], record: JsonObject): RawStep[] {
  const beside = (names: readonly string[]) =>
    names.flatMap((name) => {
      const value = place(record, name)?.value;
      return isArray(value) && value.length === steps.length ? [{ name, value }] : [];
    });
  const labels = beside(stepListLabels);
  const scores = beside(stepListScores);
  return steps.map((step, i) => {
    let read: RawStep = step;
    for (const { value } of labels) read = withLabel(read, value[i]);
    for (const { name, value } of scores) {
      const score = finite(value[i]);
      if (score !== undefined) read = { ...read, rating: read.rating ?? score, numbers: { ...read.numbers, [name]: score } };
    }
    return read;
  });
}

function withLabel(step: RawStep, value: Json | undefined): RawStep {
  if (typeof value === "boolean") return { ...step, label: step.label ?? (value ? "right" : "wrong"), wrong: step.wrong ?? !value };
  const rating = finite(value);
  if (rating !== undefined) return { ...step, rating: step.rating ?? rating, wrong: step.wrong ?? rating === -1 };
  const label = value === undefined ? undefined : labelText(value);
  return label === undefined ? step : { ...step, label: step.label ?? label };
}

/** Wrong steps from an index beside the list; of two variants only the modified one has them. */
function withErrors(steps: readonly RawStep[], record: JsonObject, variant: string | undefined): RawStep[] {
  const index = variant === undefined ? firstOf(record, firstErrorNames, (found) => finite(found.value)) : undefined;
  const numbers =
    variant === "original" ? undefined : firstOf(record, errorStepNames, (found) => (isArray(found.value) ? found.value : undefined));
  return steps.map((step, i) => {
    const wrong = index === i || numbers?.includes(i + 1) === true;
    return wrong ? { ...step, wrong: true, label: step.label ?? (numbers ? "error" : undefined) } : step;
  });
}

/** Where each step begins in a text that holds them all in order; undefined when one is not there. */
function locate(steps: readonly RawStep[], text: string): number[] | undefined {
  const starts: number[] = [];
  let from = 0;
  for (const step of steps) {
    const wanted = step.text.trim();
    const found = text.indexOf(wanted, from);
    if (found < 0) return undefined;
    starts.push(found);
    from = found + wanted.length;
  }
  return starts;
}

function toGiven(step: RawStep, start: number, end: number): GivenStep {
  return {
    start,
    end,
    ...(step.label !== undefined && { label: step.label }),
    ...(step.rating !== undefined && { rating: step.rating }),
    ...(step.wrong && { wrong: true }),
  };
}

/** Steps that begin at `starts` and run to the next; the first takes what stands before it. Steps that would be empty are left out. */
function tile(steps: readonly RawStep[], starts: readonly number[], length: number): { given: GivenStep[]; kept: RawStep[] } {
  const given: GivenStep[] = [];
  const kept: RawStep[] = [];
  steps.forEach((step, i) => {
    const start = i === 0 ? 0 : (starts[i] ?? length);
    const end = starts[i + 1] ?? length;
    if (end <= start) return;
    given.push(toGiven(step, start, end));
    kept.push(step);
  });
  return { given, kept };
}

/** One signal a numeric field that every step has a number for. */
function signalsOf(given: readonly GivenStep[], steps: readonly RawStep[]): Signal[] {
  const names = new Set(steps.flatMap((step) => Object.keys(step.numbers)));
  const starts = given.map((step) => step.start);
  return [...names].flatMap((name) => {
    const rows = steps.flatMap((step, i) => {
      const value = Object.hasOwn(step.numbers, name) ? step.numbers[name] : undefined;
      return value === undefined ? [] : [{ start: starts[i] ?? 0, value }];
    });
    return [{ name, level: "step" as const, starts: rows.map((row) => row.start), values: rows.map((row) => row.value) }];
  });
}

/** A sentence that begins a block of Markdown or a displayed formula. */
const blockStart = /^(?:[#*|>-]|\d+[.)] |\\\[|\$\$|```)/;

/** What stands between two steps when the record does not say: a blank line, or between sentences of one paragraph a space. */
function separator(text: string, next: string, sentences: boolean): string {
  if (text.endsWith("\n\n")) return "";
  if (text.endsWith("\n")) return sentences ? "" : "\n";
  if (!sentences) return "\n\n";
  return blockStart.test(next) || text.endsWith("\\]") || text.includes("\n") ? "\n" : " ";
}

/** The model's answer where the right one is in `target` (BIG-Bench Mistake). */
const answerBesideTarget = (record: JsonObject): string | undefined =>
  record.target === undefined ? undefined : displayText(place(record, "answer")?.value);

function readSteps(record: JsonObject, context: ImportContext, list: StepList): Trace {
  const facts = readFacts(record, context, (path) => list.steps.some((step) => step.path[0] === path[0]));
  const own = list.variant === undefined ? undefined : record[`${list.variant}_question`];
  const question = typeof own === "string" && own !== "" ? own : facts.question;
  const known = { ...facts, question };
  const pre = place(record, "question.pre_generated_answer")?.value;
  const extra = { variant: list.variant, answerField: readAnswerField(record) ?? displayText(pre) ?? answerBesideTarget(record) };
  const output = list.variant === undefined ? findOutput(record) : undefined;
  if (output && !output.weak) {
    const trace = traceOfOutput(context, known, output, [], extra);
    const starts = locate(list.steps, trace.text);
    if (starts) return withSteps(trace, list.steps, starts);
  }
  const text = new TextBuilder();
  const starts = list.steps.map((step, i) => {
    const next = list.steps[i + 1];
    const glue = next === undefined ? "" : separator(step.text, next.text, list.sentences);
    return text.add(step.text, step.path, "reasoning", { glue });
  });
  const trace = makeTrace(context, known, { text: text.text(), parts: text.parts(), thinking: "none" }, extra);
  return withSteps(trace, list.steps, starts);
}

function withSteps(trace: Trace, steps: readonly RawStep[], starts: readonly number[]): Trace {
  const { given, kept } = tile(steps, starts, trace.text.length);
  const signals = [...(trace.signals ?? []), ...signalsOf(given, kept)];
  return { ...trace, ...(given.length > 0 && { givenSteps: given }), ...(signals.length > 0 && { signals }) };
}

/** Reasoning as a list of steps with labels, ratings or errors; sentence chunks with function tags. */
export const stepArrays: Importer = {
  id: "step-arrays",
  title: "Lists of steps",
  sniff: (record) => {
    const lists = findLists(record);
    if (lists.length === 0) return 0;
    const labelled = lists.some(({ steps }) => steps.some((step) => step.label !== undefined || step.rating !== undefined || step.wrong));
    return labelled || lists.length > 1 ? 0.93 : 0.75;
  },
  read: (record, context) => numbered(findLists(record).map((list) => readSteps(record, context, list))),
};
