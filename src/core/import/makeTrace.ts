import type { FieldPath, GivenStep, Notice, Part, Signal, Thinking, Trace } from "../trace";
import type { Writable } from "../writable";
import type { Found } from "./access";
import { type Facts, longestColumn } from "./facts";
import { type ImportContext, placeName } from "./importer";
import { findInlineLabels } from "./inlineLabels";
import { type JsonSplit, splitJsonText } from "./jsonText";
import { TextBuilder } from "./textBuilder";
import { splitThinking, type ThinkPart } from "./thinkTags";
import { findToolSpans } from "./toolText";

/** What an importer adds to the record's facts for one rollout. Fields are those of `Trace`. */
export interface Extra {
  readonly variant?: string | undefined;
  readonly answerField?: string | undefined;
  readonly notices?: readonly Notice[];
  readonly givenSteps?: readonly GivenStep[] | undefined;
  readonly signals?: readonly Signal[] | undefined;
}

/** The analysed text and what stands around it. */
export interface Body {
  readonly text: string;
  readonly parts: readonly Part[];
  readonly preamble?: string;
  readonly opening?: string;
  readonly closing?: string;
  readonly response?: string;
  readonly responsePath?: FieldPath | undefined;
  readonly thinking: Thinking;
}

/** The record's columns without those that only repeat the question, the text or the response. */
function columnsOf(facts: Facts, body: Body): Facts["columns"] {
  const pieces = [body.preamble, body.opening, body.text, body.closing, body.response].map((piece) => piece ?? "");
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const texts = [facts.question, body.text, body.response ?? "", length <= longestColumn ? pieces.join("") : ""];
  const shown = new Set(texts.filter((text) => text.length <= longestColumn).map((text) => text.trim()));
  shown.delete("");
  const repeats = (value: string | number | boolean): boolean => typeof value === "string" && shown.has(value.trim());
  if (!Object.values(facts.columns).some(repeats)) return facts.columns;
  return Object.fromEntries(Object.entries(facts.columns).filter(([, value]) => !repeats(value)));
}

/** Excel's longest cell, in UTF-16 code units: a text of exactly this length was cut. */
const excelLimit = 32767;

/** A trace from facts, a body and extras. */
export function makeTrace(context: ImportContext, facts: Facts, body: Body, extra: Extra = {}): Trace {
  const trace: Writable<Trace> = {
    record: context.record,
    rollout: 0,
    id: facts.id === "" ? placeName(context) : facts.id,
    question: facts.question,
    text: body.text,
    parts: body.parts,
    preamble: body.preamble ?? "",
    opening: body.opening ?? "",
    closing: body.closing ?? "",
    response: body.response ?? "",
    thinking: body.thinking,
    notices: [...(extra.notices ?? []), ...textNotices(body)],
    columns: columnsOf(facts, body),
  };
  if (facts.model !== undefined) trace.model = facts.model;
  if (facts.system !== undefined) trace.system = facts.system;
  if (facts.reference !== undefined) trace.reference = facts.reference;
  if (facts.recordedCorrect !== undefined) trace.recordedCorrect = facts.recordedCorrect;
  if (facts.givenTokens !== undefined) trace.givenTokens = facts.givenTokens;
  if (facts.cutOff) trace.cutOff = true;
  if (body.responsePath !== undefined) trace.responsePath = body.responsePath;
  if (extra.variant !== undefined) trace.variant = extra.variant;
  if (extra.answerField !== undefined) trace.answerField = extra.answerField;
  if (extra.givenSteps !== undefined && extra.givenSteps.length > 0) trace.givenSteps = extra.givenSteps;
  if (extra.signals !== undefined && extra.signals.length > 0) trace.signals = extra.signals;
  return trace;
}

const damaged = /\p{Surrogate}|\uFFFD/u;

/** Where the first damaged character stands, or −1. Most texts have no character that may be one, which is quicker to see than that none is. */
function damagedAt(text: string): number {
  return /[\ud800-\udfff\ufffd]/.test(text) ? text.search(damaged) : -1;
}

function textNotices(body: Body): Notice[] {
  const notices: Notice[] = [];
  const field = (body.preamble ?? "").length + (body.opening ?? "").length + body.text.length + (body.closing ?? "").length;
  const whole = field + (body.responsePath ? 0 : (body.response ?? "").length);
  if (whole === excelLimit || body.response?.length === excelLimit) {
    notices.push({
      kind: "truncated",
      message: "The text is exactly 32,767 characters long, the most a spreadsheet cell holds; it was probably cut there.",
    });
  }
  const broken = damagedAt(body.text);
  if (broken >= 0)
    notices.push({ kind: "encoding", message: "A character is damaged (lone surrogate or replacement character).", at: broken });
  return notices;
}

/** A trace of a field that holds everything: thinking, delimiters and response. */
export function traceOfField(context: ImportContext, facts: Facts, field: Found, extra: Extra = {}): Trace {
  const split = splitThinking(field.text);
  const json = split.thinking === "none" ? splitJsonText(field.text) : undefined;
  if (json) return traceOfJson(context, facts, field.path, json, extra);
  const offset = split.preamble.length + split.opening.length;
  const parts = split.parts.flatMap((part) => withTools(part, split.text, field.path, offset));
  const { text, preamble, opening, closing, response, thinking } = split;
  return makeTrace(
    context,
    facts,
    { text, parts, preamble, opening, closing, response, thinking },
    {
      variant: extra.variant,
      answerField: extra.answerField,
      notices: [...(extra.notices ?? []), ...split.notices],
      givenSteps: extra.givenSteps ?? findInlineLabels(text)?.steps,
      signals: extra.signals,
    },
  );
}

function traceOfJson(context: ImportContext, facts: Facts, path: FieldPath, json: JsonSplit, extra: Extra): Trace {
  const text = new TextBuilder();
  for (const { text: slice, fieldStart, glue } of json.pieces) {
    if (slice === "") text.addMade(glue, path, "reasoning");
    else text.add(slice, path, "reasoning", { fieldStart, glue });
  }
  const { preamble, opening, closing, response, thinking } = json;
  const body = { text: text.text(), parts: text.parts(), preamble, opening, closing, response, thinking };
  const notices = [...(extra.notices ?? []), ...json.notices];
  return makeTrace(context, facts, body, { ...extra, notices, answerField: extra.answerField ?? json.answer });
}

/** The parts of a piece of thinking: labels, tool calls and observations written in it, and the rest. */
function withTools(part: ThinkPart, text: string, path: FieldPath, offset: number): Part[] {
  const parts: Part[] = [];
  const add = (start: number, end: number, kind: Part["kind"], name?: string) => {
    if (end <= start) return;
    const made: Writable<Part> = { kind, start, end, path, fieldStart: offset + start, glue: 0 };
    if (name !== undefined) made.name = name;
    parts.push(made);
  };
  let at = part.start;
  const piece = part.kind === "tag" ? "" : text.slice(part.start, part.end);
  const labels = findInlineLabels(piece)?.tags.map((tag) => ({ ...tag, kind: "tag" as const, name: undefined }));
  for (const span of labels ?? findToolSpans(piece)) {
    add(at, part.start + span.start, part.kind);
    add(part.start + span.start, part.start + span.end, span.kind, span.name);
    at = part.start + span.end;
  }
  add(at, part.end, part.kind);
  return parts;
}

/** A trace whose reasoning and response are fields of their own. Delimiters at the ends of the reasoning field are kept apart; others are parts. */
export function traceOfFields(
  context: ImportContext,
  facts: Facts,
  reasoning: Found,
  response: Found | undefined,
  extra: Extra = {},
): Trace {
  const split = splitThinking(reasoning.text);
  const whole = split.preamble.trim() === "" && split.response.trim() === "" && split.thinking !== "none";
  const shown = { response: response?.text ?? "", responsePath: response?.path };
  if (whole && split.closing !== "" && split.opening !== "") {
    const trace = traceOfField(context, facts, reasoning, extra);
    const { preamble, opening, closing } = trace;
    const around = { preamble: "", opening: preamble + opening, closing: closing + trace.response };
    return { ...trace, ...around, response: shown.response, ...(shown.responsePath && { responsePath: shown.responsePath }) };
  }
  const parts = withTools({ kind: "reasoning", start: 0, end: reasoning.text.length }, reasoning.text, reasoning.path, 0);
  const givenSteps = extra.givenSteps ?? findInlineLabels(reasoning.text)?.steps;
  const thinking = reasoning.text.trim() === "" ? "empty" : "field";
  const empty: Notice[] = thinking === "empty" ? [{ kind: "empty", message: "The reasoning field is empty." }] : [];
  const notices = [...(extra.notices ?? []), ...empty];
  return makeTrace(context, facts, { text: reasoning.text, parts, thinking, ...shown }, { ...extra, givenSteps, notices });
}

/** Numbers the rollouts of a record from 0. */
export const numbered = (traces: readonly Trace[]): Trace[] => traces.map((trace, rollout) => ({ ...trace, rollout }));
