/**
 * Labels given by hand, by the guidelines, to public traces whose licence allows it (MIT, Apache-2.0). Only the labels are kept here: `publicLabels/` names the record and
 * the offsets; the text is read from beside the repository.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Half, type LabelledStep, type LabelledTrace, parseLabel } from "./labels";
import { dataDirectory } from "./silver";

/** A trace of one block: `# file record length field`, then lines of an offset in UTF-16 code units and a label as in the own files. */
interface Block {
  readonly file: string;
  readonly record: number;
  readonly length: number;
  readonly field: string;
  readonly labels: readonly { readonly start: number; readonly label: string }[];
}

/** The labelled public traces of one half; none when the data is absent. A text that is not the one labelled is an error. */
export function readPublicLabels(half: Half): LabelledTrace[] {
  if (!existsSync(dataDirectory)) return [];
  const directory = path.join(import.meta.dirname, "publicLabels");
  return readdirSync(directory)
    .filter((name) => name.startsWith(`${half}-`))
    .sort()
    .flatMap((name) =>
      readFileSync(path.join(directory, name), "utf8")
        .split(/^# /m)
        .slice(1)
        .map((source, index) => traceOf(parseBlock(source), `p${path.basename(name, ".txt").at(-1)}${index}`)),
    );
}

function parseBlock(source: string): Block {
  const [head = "", ...lines] = source.trim().split("\n");
  const [, file = "", record, length, field = ""] = /^(\S+) (\d+) (\d+) (.+)$/.exec(head) ?? [];
  if (field === "") throw new Error(`no trace is named in "${head}"`);
  const labels = lines.map((line) => {
    const space = line.indexOf(" ");
    return { start: Number(line.slice(0, space)), label: line.slice(space + 1) };
  });
  return { file, record: Number(record), length: Number(length), field, labels };
}

function traceOf({ file, record, length, field, labels }: Block, id: string): LabelledTrace {
  const row = recordsOf(file)[record] ?? {};
  const text = reasoningOf(row[field]);
  if (text.length !== length) throw new Error(`${file} ${record}: ${text.length} code units, labelled were ${length}`);
  const steps = labels.map(
    ({ start, label }, i): LabelledStep => ({ start, end: labels[i + 1]?.start ?? length, ...parseLabel(label, id) }),
  );
  return { id, facts: { question: String(row["problem"] ?? row["question"] ?? "") }, text, steps };
}

const read = new Map<string, readonly Record<string, unknown>[]>();

function recordsOf(file: string): readonly Record<string, unknown>[] {
  const known = read.get(file);
  if (known) return known;
  const source = readFileSync(path.join(dataDirectory, file), "utf8");
  const records = file.endsWith(".jsonl")
    ? source
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
    : JSON.parse(source);
  read.set(file, records);
  return records;
}

/** The chain of thought of a field: what stands between the tags of Sky-T1, or before a closing `</think>`; of several answers the first. */
function reasoningOf(value: unknown): string {
  const whole = String(Array.isArray(value) ? value[0] : (value ?? ""));
  const thought = /<\|begin_of_thought\|>([\s\S]*?)<\|end_of_thought\|>/.exec(whole)?.[1] ?? whole;
  const end = thought.indexOf("</think>");
  return end > 0 ? thought.slice(0, end) : thought;
}
