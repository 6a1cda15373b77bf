/** What a mapping makes of a file's first record, in words. */
import { parseRecord } from "../core/bytes/parseRecord";
import { type FieldMapping, importWithMapping, listPaths, type MappingField, mappingFields, type PathChoice } from "../core/import/mapping";
import { chooseImporter, importRecord } from "../core/import/registry";
import type { Json, Trace } from "../core/trace";
import { count, oneLine } from "./labels";

/** What each field is, for someone who sees its name for the first time. */
export const fieldWords: Readonly<Record<MappingField, string>> = {
  question: "what the model was asked",
  reasoning: "the chain of thought",
  response: "the answer after the thinking",
  answer: "the final answer, in a field of its own",
  reference: "the right answer",
  model: "the model's name",
  id: "the record's id",
  correct: "the record's own verdict",
};

/** The records of a sample that could be read. */
export const readSample = (texts: readonly string[]): readonly Json[] =>
  texts.flatMap((text) => {
    const parsed = parseRecord(text);
    return parsed.ok ? [parsed.value.value] : [];
  });

/** The fields of the sample that may be mapped: those with a value of their own, and lists, which may hold messages. */
export const mappablePaths = (sample: readonly Json[]): readonly PathChoice[] => listPaths(sample).filter(({ type }) => type !== "object");

/** Is it a mapping that can be saved? Without reasoning or response there is nothing to read. */
export const isComplete = (mapping: FieldMapping): boolean => mapping.reasoning !== undefined || mapping.response !== undefined;

/** The first trace of the first record, read by the mapping, or as usual while it says too little; undefined without a record. */
export function previewTrace(sample: readonly Json[], mapping: FieldMapping, fileName: string): Trace | undefined {
  const [first] = sample;
  if (first === undefined) return undefined;
  const context = { record: 0, line: 1, fileName };
  return isComplete(mapping)
    ? importWithMapping(first, mapping, context)[0]
    : importRecord(chooseImporter(sample).importer, first, context)[0];
}

/** `reasoning 1,208 characters “First, …”`, or what is missing. */
export function previewWords(trace: Trace | undefined): string {
  if (!trace) return "no record could be read";
  const size = trace.text === "" ? "no reasoning found" : `reasoning ${count(trace.text.length)} characters “${oneLine(trace.text, 28)}”`;
  const problem = trace.notices.find(({ kind }) => kind === "mapping");
  return problem ? problem.message : size;
}

/** The value that a trace has for a field, on one line; "none" where it has none. */
export function fieldValue(trace: Trace | undefined, field: MappingField): string {
  const values: Readonly<Record<MappingField, string | undefined>> = {
    question: trace?.question,
    reasoning: trace?.text,
    response: trace?.response,
    answer: trace?.answerField,
    reference: trace?.reference,
    model: trace?.model,
    id: trace?.id,
    correct: trace?.recordedCorrect === undefined ? undefined : String(trace.recordedCorrect),
  };
  return oneLine(values[field] ?? "", 120) || "none";
}

/** The mapping with one field set, or given back to be found as usual; keys in the order of the fields. */
export function withField(mapping: FieldMapping, field: MappingField, path: string | undefined): FieldMapping {
  const changed: { [name in MappingField]?: string } = {};
  for (const name of mappingFields) {
    const value = name === field ? path : mapping[name];
    if (value !== undefined) changed[name] = value;
  }
  return changed;
}

/** Paths with every list index replaced by `[*]` in turn, so that each item becomes a rollout: offered beside the path of the first item. */
export const everyItemOf = (path: string): string | undefined => (path.includes("[0]") ? path.replace("[0]", "[*]") : undefined);
