import { type Failure, fail, ok, type Result } from "../core/result";
import type { TraceReader } from "../core/traceReader";
import { type AnalyzedRecords, type AnalyzeRequest, analyzeRecords } from "./analyzeRecords";
import { type Command, exit } from "./command";
import { openTraces, readingHelp, readingOptions, readReading } from "./files";
import { type JobRecords, Jobs } from "./jobs";
import { type Arguments, readArguments, readCount } from "./options";
import { Progress, say, write } from "./output";

const help = `Usage: trace-inspector analyze FILE|FOLDER|- [OPTIONS]

Prints one JSON line per trace: its steps, thinking units, candidate answers, flags with their evidence, and measures.

  --record N            only record N, counted from 0
  --jobs N              analyse on N threads (default 1); the lines and their order are the same
  --with-text           add the analysed text
  --offsets codepoint   count offsets in Unicode code points instead of UTF-16 code units
${readingHelp}

A record that cannot be read is named on standard error and makes the exit status 1; all others are analysed.`;

async function run(args: readonly string[]): Promise<number> {
  const read = readArguments(args, {
    record: { type: "string" },
    jobs: { type: "string" },
    "with-text": { type: "boolean" },
    offsets: { type: "string" },
    ...readingOptions,
  });
  const request = read.ok ? readRequest(read.value) : read;
  if (!request.ok) {
    say(`trace-inspector analyze: ${request.error.message}`);
    return exit.usage;
  }
  const jobs = inJobs(request.value) ? new Jobs(request.value.jobs, request.value) : undefined;
  const opened = await openTraces(request.value.path, request.value);
  const status = opened.ok ? await analyzeFile(opened.value, request.value, jobs) : notOpened(opened.error);
  jobs?.end();
  return status;
}

const inJobs = ({ jobs, path, record }: Request): boolean => jobs > 1 && path !== "-" && record === undefined;

function notOpened({ message }: Failure): number {
  say(`trace-inspector analyze: ${message}`);
  return exit.data;
}

interface Request extends AnalyzeRequest {
  readonly record?: number;
  readonly jobs: number;
}

function readRequest(given: Arguments): Result<Request> {
  const [path, ...more] = given.positionals;
  if (path === undefined || more.length > 0) return fail("usage", "takes one FILE, or - for standard input");
  const record = given.text("record");
  const number = record === undefined ? undefined : readCount("record", record, 0);
  if (number && !number.ok) return number;
  const jobs = readCount("jobs", given.text("jobs") ?? "1", 1);
  if (!jobs.ok) return jobs;
  const offsets = given.text("offsets") ?? "utf16";
  if (offsets !== "utf16" && offsets !== "codepoint") return fail("usage", `--offsets takes utf16 or codepoint, not "${offsets}"`);
  return ok({
    path,
    withText: given.flag("with-text"),
    offsets,
    jobs: jobs.value,
    ...readReading(given),
    ...(number ? { record: number.value } : {}),
  });
}

async function analyzeFile(file: TraceReader, request: Request, jobs: Jobs | undefined): Promise<number> {
  const { count } = file.records;
  if (request.record !== undefined && request.record >= count) {
    say(`trace-inspector analyze: ${request.path} has ${count} records; there is no record ${request.record} (they are counted from 0)`);
    return exit.data;
  }
  let problems = 0;
  let done = 0;
  const progress = new Progress(count, "records");
  const take = (result: AnalyzedRecords | JobRecords): void => {
    write(result.lines);
    if (result.problems.length > 0) progress.clear();
    for (const problem of result.problems) say(problem);
    problems += result.problems.length;
    done += result.records;
    progress.update(done);
  };
  if (request.record !== undefined) take(analyzeRecords(file, request.record, request.record + 1, request));
  else if (jobs) await jobs.analyze(file, take);
  else for (let record = 0; record < count; record++) take(analyzeRecords(file, record, record + 1, request));
  progress.clear();
  return problems > 0 ? exit.data : exit.done;
}

export const analyzeCommand: Command = { name: "analyze", summary: "steps, units, flags and measures of every trace", help, run };
