import type { GivenStep, Json, JsonObject, Part, PartKind, Thinking, Trace } from "../trace";
import { get, isArray, isObject } from "./access";
import { readColumns } from "./facts";
import { type Importer, placeName } from "./importer";

/** Marks records that this tool wrote, so that their text is taken as it stands. */
export const exportFormat = "reasoning-trace/1";

/**
 * A trace as one flat JSON object with the field names most tools read: `id`, `model`, `question`, `reasoning`, `response`, `reference`, `is_correct`.
 * Importing it gives the same question, text, response, reference, model and id. Parts and given steps are kept where the text has more than plain
 * reasoning; offsets are UTF-16 code units in `reasoning`.
 */
export function toRecord(trace: Trace): JsonObject {
  const plain = trace.parts.length <= 1 && (trace.parts[0]?.kind ?? "reasoning") === "reasoning";
  const fields: Record<string, Json | undefined> = {
    id: trace.id,
    model: trace.model,
    variant: trace.variant,
    system: trace.system,
    question: trace.question,
    reasoning: trace.text,
    response: trace.response,
    reference: trace.reference,
    is_correct: trace.recordedCorrect,
    extracted_answer: trace.answerField,
    thinking_tokens: trace.givenTokens,
    finish_reason: trace.cutOff ? "length" : undefined,
    thinking: trace.thinking,
    parts: plain ? undefined : trace.parts.map(({ kind, start, end, name }) => ({ kind, start, end, ...(name !== undefined && { name }) })),
    steps: trace.givenSteps?.map((step) => ({ ...step })),
    trace_format: exportFormat,
  };
  const written: Record<string, Json> = {};
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) written[key] = value;
  return written;
}

/** A line of JSON Lines, without line break. Lone surrogates are escaped, so the line is valid UTF-8. */
export const toJsonLine = (trace: Trace): string => JSON.stringify(toRecord(trace));

const kinds: readonly PartKind[] = ["reasoning", "message", "tool-call", "observation", "tag"];
const thinkings: readonly Thinking[] = ["closed", "no-open", "unclosed", "empty", "field", "none"];

const text = (record: JsonObject, key: string): string | undefined => {
  const value = get(record, key);
  return typeof value === "string" ? value : undefined;
};

function readParts(record: JsonObject, length: number): Part[] {
  const whole: Part[] = length === 0 ? [] : [{ kind: "reasoning", start: 0, end: length, path: ["reasoning"], fieldStart: 0, glue: 0 }];
  const list = get(record, "parts");
  if (!isArray(list)) return whole;
  const parts = list.flatMap((item): Part[] => {
    const kind = kinds.find((candidate) => candidate === get(item, "kind"));
    const start = get(item, "start");
    const end = get(item, "end");
    const name = isObject(item) ? text(item, "name") : undefined;
    if (kind === undefined || typeof start !== "number" || typeof end !== "number") return [];
    return [{ kind, start, end, path: ["reasoning"], fieldStart: start, glue: 0, ...(name !== undefined && { name }) }];
  });
  return tiles(parts, length) ? parts : whole;
}

function readGivenSteps(record: JsonObject, length: number): GivenStep[] {
  const list = get(record, "steps");
  if (!isArray(list)) return [];
  const steps = list.flatMap((item): GivenStep[] => {
    const start = get(item, "start");
    const end = get(item, "end");
    const label = isObject(item) ? text(item, "label") : undefined;
    const rating = get(item, "rating");
    if (typeof start !== "number" || typeof end !== "number") return [];
    const named = { ...(label !== undefined && { label }), ...(typeof rating === "number" && { rating }) };
    return [{ start, end, ...named, ...(get(item, "wrong") === true && { wrong: true }) }];
  });
  return tiles(steps, length) ? steps : [];
}

function tiles(spans: readonly { start: number; end: number }[], length: number): boolean {
  let at = 0;
  for (const span of spans) {
    if (span.start !== at || span.end <= span.start) return false;
    at = span.end;
  }
  return at === length;
}

/** Records written by {@link toRecord}. */
export const exported: Importer = {
  id: "exported",
  title: "Exported traces",
  sniff: (record) => (get(record, "trace_format") === exportFormat && text(record, "reasoning") !== undefined ? 1 : 0),
  read(record, context) {
    const reasoning = text(record, "reasoning") ?? "";
    const response = text(record, "response") ?? "";
    const correct = get(record, "is_correct");
    const tokens = get(record, "thinking_tokens");
    const givenSteps = readGivenSteps(record, reasoning.length);
    const optional = {
      model: text(record, "model"),
      variant: text(record, "variant"),
      system: text(record, "system"),
      reference: text(record, "reference"),
      answerField: text(record, "extracted_answer"),
      recordedCorrect: typeof correct === "boolean" ? correct : undefined,
      givenTokens: typeof tokens === "number" ? tokens : undefined,
      cutOff: text(record, "finish_reason") === "length" ? true : undefined,
      givenSteps: givenSteps.length > 0 ? givenSteps : undefined,
      responsePath: response === "" ? undefined : ["response"],
    };
    return [
      {
        record: context.record,
        rollout: 0,
        id: text(record, "id") || placeName(context),
        question: text(record, "question") ?? "",
        text: reasoning,
        parts: readParts(record, reasoning.length),
        preamble: "",
        opening: "",
        closing: "",
        response,
        thinking: thinkings.find((candidate) => candidate === get(record, "thinking")) ?? "field",
        notices: [],
        columns: readColumns(record),
        ...withoutUndefined(optional),
      },
    ];
  },
};

/** The same object without keys whose value is undefined. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const key of Object.keys(value) as (keyof T)[]) {
    const item = value[key];
    if (item !== undefined) kept[key] = item as Exclude<T[keyof T], undefined>;
  }
  return kept;
}
