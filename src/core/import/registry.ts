import type { Json, JsonObject, Trace } from "../trace";
import { isObject } from "./access";
import { agentLog } from "./agentLog";
import { chat } from "./chat";
import { exported } from "./exportJsonl";
import { flat } from "./flat";
import { bareTrace, generic } from "./generic";
import { harness } from "./harness";
import { withHeldLists, withNotices } from "./heldLists";
import type { ImportContext, Importer } from "./importer";
import { inspectLog } from "./inspectLog";
import { keyedResponses } from "./keyedResponses";
import { modelKey } from "./modelKey";
import { recordList } from "./recordList";
import { asRecord, withoutRoot } from "./rootList";
import { sectionsImporter } from "./sections";
import { sessionLines } from "./sessionLines";
import { severalAnswers } from "./severalAnswers";
import { withSignals } from "./signals";
import { isChunkList, stepArrays } from "./stepArrays";
import { taggedText } from "./taggedText";
import { turns } from "./turns";

/** Every importer. Where two are equally sure of a record, the earlier one reads it. */
export const importers: readonly Importer[] = [
  exported,
  inspectLog,
  modelKey,
  sessionLines,
  harness,
  keyedResponses,
  agentLog,
  turns,
  stepArrays,
  chat,
  recordList((sample) => chooseImporter(sample)),
  severalAnswers,
  sectionsImporter,
  flat,
  taggedText,
];

/** Below this confidence an importer does not fit. */
const leastConfidence = 0.1;

const confidenceOf = (importer: Importer, record: JsonObject): number => {
  try {
    return importer.sniff(record);
  } catch {
    return 0;
  }
};

/**
 * The importer that fits a sample of records best, by the mean of its confidences over the objects and lists among them. Falls back to the generic importer, with
 * confidence 0, whose traces have no text.
 */
export function chooseImporter(sample: readonly Json[]): { importer: Importer; confidence: number } {
  const records = sample
    .filter((value) => typeof value === "object" && value !== null)
    .map((value) => withHeldLists(asRecord(value)).record);
  let best = { importer: generic, confidence: 0 };
  for (const importer of importers) {
    const sum = records.reduce((total, record) => total + confidenceOf(importer, record), 0);
    const confidence = records.length === 0 ? 0 : sum / records.length;
    if (confidence > best.confidence) best = { importer, confidence };
  }
  return best.confidence < leastConfidence ? { importer: generic, confidence: 0 } : best;
}

/**
 * The traces of one record, at least one. Where the importer does not fit this record, the best other one reads it; a value that is no object, or that
 * nobody reads, gives a trace without text. Never throws.
 */
export function importRecord(importer: Importer, value: Json, context: ImportContext): Trace[] {
  const { record, notices } = withHeldLists(asRecord(value));
  const own = confidenceOf(importer, record) > 0 ? importer : chooseImporter([record]).importer;
  const traces = tryRead(own, record, context) ?? tryRead(generic, record, context) ?? [bareTrace(context)];
  return (isObject(value) ? traces : traces.map(withoutRoot)).map((trace) => withNotices(trace, notices));
}

function tryRead(importer: Importer, record: JsonObject, context: ImportContext): Trace[] | undefined {
  try {
    const traces = importer.read(record, context);
    return traces.length > 0 ? traces.map((trace) => withSignals(trace, record, traces.length === 1)) : undefined;
  } catch {
    return undefined;
  }
}

/** Are the records of this sample pieces of one trace (sentence chunks)? Then the whole list of records is read as one record. */
export const isOneTrace = (sample: readonly Json[]): boolean => sample.length > 1 && isChunkList(sample);

/** Does any of the traces have text to analyse? */
export const hasReasoning = (traces: readonly Trace[]): boolean => traces.some((trace) => trace.text.trim() !== "");
