import type { GivenStep, Json, JsonObject, Span, Trace } from "../trace";
import { at, displayText, firstOf, get, isArray, isObject } from "./access";
import { flat } from "./flat";
import type { Importer } from "./importer";
import { labelledPassages } from "./inlineLabels";
import { stepLabelNames } from "./stepFields";

/** Lists of labelled ranges over a text. */
const listNames = ["sections", "nodes", "spans", "segments", "annotations", "labels"] as const;

interface Section {
  /** Code points in the field, or undefined where the section brings its text only. */
  readonly start?: number;
  readonly end?: number;
  readonly text?: string;
  readonly label?: string;
}

function readSection(value: Json): Section | undefined {
  if (!isObject(value)) return undefined;
  const start = value.start ?? value.start_char ?? value.begin;
  const end = value.end ?? value.end_char;
  const text = [value.text, value.content].find((item) => typeof item === "string");
  const label = firstOf(value, stepLabelNames, (found) => displayText(found.value));
  const named = label === undefined ? {} : { label };
  if (typeof start === "number" && typeof end === "number" && start >= 0 && end > start) return { start, end, ...named };
  return typeof text === "string" && text.trim() !== "" && label !== undefined ? { text, ...named } : undefined;
}

/** Fields that hold a copy of the text with labels written into it. */
const annotatedNames = ["annotated_response", "annotated_reasoning", "annotated_trace", "labeled_response", "annotation"] as const;

function sectionsOf(record: JsonObject): Section[] {
  for (const name of annotatedNames) {
    const text = get(record, name);
    const passages = typeof text === "string" ? labelledPassages(text) : [];
    if (passages.length > 0) return passages;
  }
  for (const name of listNames) {
    const list = get(record, name);
    if (!isArray(list) || list.length === 0) continue;
    const sections = list.map(readSection);
    if (sections.every((section) => section !== undefined)) return sections;
  }
  return [];
}

/** Converts ascending code-point offsets to UTF-16 code units; offsets past the end give the length. */
export function codePointsToUnits(text: string, offsets: readonly number[]): number[] {
  const units: number[] = [];
  let unit = 0;
  let point = 0;
  for (const offset of offsets) {
    while (point < offset && unit < text.length) {
      unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
      point++;
    }
    units.push(unit);
  }
  return units;
}

/** Ranges of the sections in the field, sorted, in UTF-16 code units. */
function rangesIn(field: string, sections: readonly Section[]): (Span & { label?: string })[] {
  const offsets = [...new Set(sections.flatMap((section) => [section.start ?? 0, section.end ?? 0]))].sort((a, b) => a - b);
  const units = codePointsToUnits(field, offsets);
  const unitOf = new Map(offsets.map((offset, i) => [offset, units[i] ?? field.length]));
  let from = 0;
  const ranges = sections.flatMap((section) => {
    const named = section.label === undefined ? {} : { label: section.label };
    if (section.start !== undefined && section.end !== undefined) {
      return [{ start: unitOf.get(section.start) ?? 0, end: unitOf.get(section.end) ?? 0, ...named }];
    }
    const wanted = (section.text ?? "").trim();
    const found = field.indexOf(wanted, from);
    if (found < 0) return [];
    from = found + wanted.length;
    return [{ start: found, end: from, ...named }];
  });
  return ranges.sort((a, b) => a.start - b.start);
}

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** Steps that tile the text: each range begins a step, a gap with words between two ranges is a step without label. */
function tile(text: string, ranges: readonly (Span & { label?: string })[]): GivenStep[] {
  const steps: GivenStep[] = [];
  let at = 0;
  const add = (end: number, label?: string) => {
    if (end <= at) return;
    steps.push({ start: at, end, ...(label !== undefined && { label }) });
    at = end;
  };
  const extend = (end: number) => {
    const last = steps.at(-1);
    if (!last || end <= at) return;
    steps[steps.length - 1] = { ...last, end };
    at = end;
  };
  for (const range of ranges) {
    const start = Math.min(Math.max(range.start, at), text.length);
    if (hasWords(text.slice(at, start))) add(start);
    else extend(start);
    add(Math.min(range.end, text.length), range.label);
  }
  if (!hasWords(text.slice(at))) extend(text.length);
  add(text.length);
  return steps;
}

function withSections(trace: Trace, record: JsonObject, sections: readonly Section[]): Trace {
  const first = trace.parts[0];
  const field = first ? at(record, first.path) : undefined;
  if (!first || typeof field !== "string" || trace.parts.some((part) => part.glue > 0)) return trace;
  const ranges = rangesIn(field, sections).map((range) => ({
    ...range,
    start: range.start - first.fieldStart,
    end: range.end - first.fieldStart,
  }));
  const inside = ranges.filter((range) => range.end > 0 && range.start < trace.text.length);
  const given = inside.length > 0 ? tile(trace.text, inside) : [];
  return given.length > 0 ? { ...trace, givenSteps: given } : trace;
}

/** A text with labelled ranges over it: `sections`, `nodes` and `edges`. Offsets count code points. */
export const sectionsImporter: Importer = {
  id: "sections",
  title: "Text with labelled sections",
  sniff: (record) => (flat.sniff(record) > 0.25 && sectionsOf(record).length > 0 ? 0.86 : 0),
  read: (record, context) => flat.read(record, context).map((trace) => withSections(trace, record, sectionsOf(record))),
};
