/** Reader for the labelled traces of `labels/`; the format is described in `GUIDELINES.md`. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type StepFunction, stepFunctions, type UnitRole, unitRoles } from "../../src/core/analysis";

/** A step as a person labelled it. Offsets are UTF-16 code units in the trace's text. */
export interface LabelledStep {
  readonly start: number;
  readonly end: number;
  readonly function: StepFunction;
  /** The role of the unit that starts here. */
  readonly unit?: UnitRole;
  readonly flags: readonly string[];
  /** The candidate answer it states. */
  readonly answer?: string;
}

/** A labelled trace. */
export interface LabelledTrace {
  readonly id: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly text: string;
  readonly steps: readonly LabelledStep[];
}

/** The part that may be read while rules and weights change, and the part that only gives figures. */
export type Half = "tune" | "judge";

/** The labelled traces of one part, all its files in the order of their names. */
export function readLabels(half: Half, directory = path.join(import.meta.dirname, "labels")): LabelledTrace[] {
  return readdirSync(directory)
    .filter((file) => file.startsWith(`${half}-`))
    .sort()
    .flatMap((file) => parseLabels(readFileSync(path.join(directory, file), "utf8")));
}

/** Parses a label file. A malformed line is an error that names the trace. */
export function parseLabels(source: string): LabelledTrace[] {
  return source
    .split(/^# (?=[a-z]{2}\d+$)/m)
    .filter((block) => block.trim() !== "")
    .map(parseTrace);
}

function parseTrace(block: string): LabelledTrace {
  const chunks = block.split(/^(?=@)/m);
  const [id = "", ...head] = (chunks[0] ?? "").split("\n");
  const facts: Record<string, string> = {};
  for (const line of head) {
    const colon = line.indexOf(":");
    if (colon > 0) facts[line.slice(0, colon)] = line.slice(colon + 1).trim();
  }
  const steps: LabelledStep[] = [];
  let text = "";
  for (const chunk of chunks.slice(1)) {
    const lineEnd = chunk.indexOf("\n");
    const header = parseHeader(chunk.slice(0, lineEnd), id);
    const separator = header.joint === "@@" ? "\n\n" : header.joint === "@/" ? "\n" : facts["lang"] === "zh" ? "" : " ";
    const body = chunk.slice(lineEnd + 1).trimEnd();
    if (text !== "") text += separator;
    steps.push({ start: text.length, end: text.length + body.length, ...header.label });
    text += body;
  }
  return { id, facts, text, steps };
}

type Header = { joint: string; label: Label };

function parseHeader(line: string, id: string): Header {
  const space = line.indexOf(" ");
  return { joint: line.slice(0, space), label: parseLabel(line.slice(space + 1), id) };
}

type Label = Omit<LabelledStep, "start" | "end">;

/** Reads `function !role ^flag =answer`, all but the function optional. Anything else is an error that names the trace. */
export function parseLabel(line: string, id: string): Label {
  const equals = line.indexOf(" =");
  const answer = equals < 0 ? undefined : line.slice(equals + 2).trim();
  const [name = "", ...marks] = (equals < 0 ? line : line.slice(0, equals)).trim().split(/\s+/);
  const stepFunction = stepFunctions.find((known) => known === name);
  if (!stepFunction) throw new Error(`${id}: unknown function in "${line}"`);
  const role = marks.find((mark) => mark.startsWith("!"))?.slice(1);
  const unit = unitRoles.find((known) => known === role);
  if (role !== undefined && !unit) throw new Error(`${id}: unknown role in "${line}"`);
  const flags = marks.filter((mark) => mark.startsWith("^")).map((mark) => mark.slice(1));
  return { function: stepFunction, flags, ...(unit ? { unit } : {}), ...(answer === undefined ? {} : { answer }) };
}
