import type { FieldPath, JsonObject, Trace } from "../trace";
import { at, displayText, get, isArray, isObject, scalarText } from "./access";
import { isMessages, traceOfMessages } from "./conversation";
import { type Facts, isCutOff, readFacts, readVerdict } from "./facts";
import type { ImportContext, Importer } from "./importer";
import { numbered } from "./makeTrace";
import { traceOfAnswer } from "./output";

/** Longest `answer` of a score, in code units, that is a short answer and not the whole response. */
const longestAnswer = 200;

const isSample = (value: JsonObject): boolean =>
  value.target !== undefined &&
  value.input !== undefined &&
  (isMessages(value.messages) || isArray(at(value, ["output", "choices"]))) &&
  (value.epoch !== undefined || value.scores !== undefined);

const isLog = (record: JsonObject): boolean => {
  const samples = get(record, "samples");
  return isObject(record.eval) && isArray(samples) && samples.some((sample) => isObject(sample) && isSample(sample));
};

function sampleFacts(sample: JsonObject, context: ImportContext, log: JsonObject | undefined): Facts {
  const facts = readFacts(sample, context);
  const scores = isObject(sample.scores) ? Object.values(sample.scores) : [];
  const stop = scalarText(at(sample, ["output", "choices", 0, "stop_reason"]));
  const model = scalarText(at(sample, ["output", "model"])) ?? scalarText(at(log ?? sample, ["eval", "model"]));
  return {
    ...facts,
    question: typeof sample.input === "string" ? sample.input : "",
    model: model ?? facts.model,
    reference: displayText(isArray(sample.target) ? sample.target[0] : sample.target) ?? facts.reference,
    recordedCorrect: scores.map(readVerdict).find((verdict) => verdict !== undefined),
    cutOff: stop !== undefined && isCutOff(stop) ? true : undefined,
    columns: { ...facts.columns, ...(log && typeof log.status === "string" && { status: log.status }) },
  };
}

function readSample(sample: JsonObject, context: ImportContext, prefix: FieldPath, log?: JsonObject): Trace | undefined {
  const facts = sampleFacts(sample, context, log);
  const scores = isObject(sample.scores) ? Object.values(sample.scores) : [];
  const said = displayText(at(sample, ["output", "choices", 0, "message", "content"]));
  const answer = scores
    .map((score) => scalarText(get(score, "answer")))
    .find((text) => text !== undefined && text.length <= longestAnswer && text !== said);
  const extra = { answerField: answer };
  if (isMessages(sample.messages)) return traceOfMessages(context, facts, sample.messages, [...prefix, "messages"], extra);
  return traceOfAnswer(context, facts, at(sample, ["output", "choices", 0]), [...prefix, "output", "choices", 0], extra);
}

/** Evaluation logs of Inspect: a whole log with `samples`, or one sample. */
export const inspectLog: Importer = {
  id: "inspect-log",
  title: "Inspect evaluation log",
  sniff: (record) => (isLog(record) || isSample(record) ? 0.97 : 0),
  read(record, context) {
    if (isSample(record)) return [readSample(record, context, [])].filter((trace) => trace !== undefined);
    const samples = get(record, "samples");
    if (!isArray(samples)) return [];
    const traces = samples.map((sample, i) => (isObject(sample) ? readSample(sample, context, ["samples", i], record) : undefined));
    return numbered(traces.filter((trace) => trace !== undefined));
  },
};
