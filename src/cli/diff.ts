import { analyze } from "../core/analyze";
import { compareTraces } from "../core/compare/compareTraces";
import { normalizeQuestion, type PairItem, type PairKey, pairKeys, pairTraces } from "../core/compare/pairing";
import { type DiffSide, diffJson } from "../core/export/diffJson";
import { fail, ok, type Result } from "../core/result";
import type { Trace } from "../core/trace";
import type { TraceReader } from "../core/traceReader";
import { type Command, exit } from "./command";
import { openTraces, type ReadingRequest, readingHelp, readingOptions, readReading } from "./files";
import { type Arguments, readArguments } from "./options";
import { printJson, say } from "./output";

const help = `Usage: trace-inspector diff A B
       trace-inspector diff FILE [FILE2] --teacher MODEL --student MODEL [--by KEY]

Aligns two traces unit by unit and step by step; one JSON line a pair.

A and B are FILE#RECORD or FILE#RECORD.ROLLOUT, both counted from 0. With --teacher and --student every pair of the two models is compared:
traces of one file, or the teacher's in FILE and the student's in FILE2, joined by id, else question text, else position. Two files whose
traces name no model are joined with diff FILE FILE2 alone. What did not join is said on standard error.

  --by KEY              join by id, question, index or the name of a field of the records, whatever else would join more

${readingHelp}`;

async function run(args: readonly string[]): Promise<number> {
  const read = readArguments(args, { teacher: { type: "string" }, student: { type: "string" }, by: { type: "string" }, ...readingOptions });
  if (!read.ok) return usage(read.error.message);
  const [first, second, ...more] = read.value.positionals;
  if (first === undefined || more.length > 0) return usage("takes two traces, or one or two files");
  const reading = readReading(read.value);
  const done =
    isTraceName(first) && second !== undefined && isTraceName(second)
      ? await diffTwo(first, second, reading)
      : await diffAll(first, second, read.value, reading);
  if (done.ok) return exit.done;
  if (done.error.code === "usage") return usage(done.error.message);
  say(`trace-inspector diff: ${done.error.message}`);
  return exit.data;
}

function usage(message: string): number {
  say(`trace-inspector diff: ${message}; see trace-inspector diff --help`);
  return exit.usage;
}

const traceName = /^(.*)#(\d+)(?:\.(\d+))?$/s;
const isTraceName = (text: string): boolean => traceName.test(text);

async function diffTwo(first: string, second: string, reading: ReadingRequest): Promise<Result<void>> {
  const teacher = await readTrace(first, reading);
  if (!teacher.ok) return teacher;
  const student = await readTrace(second, reading);
  if (!student.ok) return student;
  printPair(teacher.value, student.value);
  return ok(undefined);
}

async function readTrace(name: string, reading: ReadingRequest): Promise<Result<DiffSide>> {
  const [, path = "", record = "", rollout = "0"] = traceName.exec(name) ?? [];
  const opened = await openTraces(path, reading);
  if (!opened.ok) return opened;
  const { count } = opened.value.records;
  if (Number(record) >= count)
    return fail("no-record", `${path} has ${count} records; there is no record ${record} (they are counted from 0)`);
  const content = opened.value.read(Number(record));
  if (content.kind === "broken")
    return fail("not-json", `${path}:${content.problem.line}: ${content.problem.message} (byte ${content.problem.byteOffset})`);
  const trace = content.traces[Number(rollout)];
  if (!trace)
    return fail(
      "no-rollout",
      `record ${record} of ${path} has ${content.traces.length} rollouts; there is no rollout ${rollout} (they are counted from 0)`,
    );
  return ok({ file: path, trace, analysis: analyze(trace) });
}

async function diffAll(
  teacherPath: string,
  studentPath: string | undefined,
  given: Arguments,
  reading: ReadingRequest,
): Promise<Result<void>> {
  const teacherModel = given.text("teacher");
  const studentModel = given.text("student");
  if (studentPath === undefined && (teacherModel === undefined || studentModel === undefined))
    return fail("usage", "one file needs --teacher MODEL and --student MODEL");
  const teacherFile = await openTraces(teacherPath, reading);
  if (!teacherFile.ok) return teacherFile;
  const studentFile = studentPath === undefined ? teacherFile : await openTraces(studentPath, reading);
  if (!studentFile.ok) return studentFile;
  const teachers = tracesOf(teacherFile.value, teacherModel);
  const students = tracesOf(studentFile.value, studentModel);
  if (teachers.length === 0) return fail("no-traces", noTraces(teacherPath, teacherFile.value, teacherModel));
  if (students.length === 0) return fail("no-traces", noTraces(studentPath ?? teacherPath, studentFile.value, studentModel));
  const by = given.text("by");
  const item = pairItem(by);
  const pairing = pairTraces(teachers.map(item), students.map(item), joinKey(by));
  for (const [left, right] of pairing.pairs) {
    const teacher = teachers[left];
    const student = students[right];
    if (teacher && student) printPair(sideOf(teacherPath, teacher), sideOf(studentPath ?? teacherPath, student));
  }
  say(pairing.report);
  return ok(undefined);
}

function noTraces(path: string, file: TraceReader, model: string | undefined): string {
  const names = new Set<string>();
  for (const trace of tracesOf(file, undefined)) names.add(trace.model ?? trace.variant ?? "(no model)");
  const has = names.size > 0 ? `it has ${[...names].slice(0, 20).join(", ")}` : "it has no traces";
  return model === undefined ? `${path}: ${has}` : `${path} has no trace of model "${model}"; ${has}`;
}

function tracesOf(file: TraceReader, model: string | undefined): Trace[] {
  const found: Trace[] = [];
  for (let record = 0; record < file.records.count; record++) {
    const content = file.read(record);
    if (content.kind === "broken") continue;
    for (const trace of content.traces)
      if (trace.text !== "" && (model === undefined || trace.model === model || trace.variant === model)) found.push(trace);
  }
  return found;
}

const joinKey = (by: string | undefined): PairKey => (by === undefined ? "auto" : (pairKeys.find((key) => key === by) ?? "key"));

const pairItem =
  (field: string | undefined) =>
  (trace: Trace): PairItem => ({
    id: trace.id,
    question: normalizeQuestion(trace.question),
    index: trace.record,
    rollout: trace.rollout,
    ...(field !== undefined && Object.hasOwn(trace.columns, field) ? { key: String(trace.columns[field]) } : {}),
  });

const sideOf = (file: string, trace: Trace): DiffSide => ({ file, trace, analysis: analyze(trace) });

const printPair = (teacher: DiffSide, student: DiffSide): void => printJson(diffJson(teacher, student, compareTraces(teacher, student)));

export const diffCommand: Command = { name: "diff", summary: "two traces, or all pairs of two models, aligned", help, run };
