import type { FileProblem } from "../core/session/types";
import type { TraceReader } from "../core/traceReader";
import { type Command, exit } from "./command";
import { openTraces, readingHelp, readingOptions, readReading } from "./files";
import { readArguments } from "./options";
import { printJson, say } from "./output";

const help = `Usage: trace-inspector info FILE|FOLDER|- [OPTIONS]

Prints one JSON object about a file: its format, the importer that reads it and how well it fits (0 to 1), records, traces, models, and
problems with their lines and byte offsets. Broken records do not make the command fail: all others are counted.

${readingHelp}`;

/** Problems that are printed in full; the rest are counted. */
const shownProblems = 1000;

async function run(args: readonly string[]): Promise<number> {
  const read = readArguments(args, readingOptions);
  const path = read.ok ? read.value.positionals[0] : undefined;
  if (!read.ok || path === undefined || read.value.positionals.length > 1) {
    say(`trace-inspector info: ${read.ok ? "takes one FILE" : read.error.message}`);
    return exit.usage;
  }
  const opened = await openTraces(path, readReading(read.value));
  if (!opened.ok) {
    say(`trace-inspector info: ${opened.error.message}`);
    return exit.data;
  }
  printJson(describe(path, opened.value), 2);
  return exit.done;
}

function describe(path: string, file: TraceReader): unknown {
  const { records } = file;
  const models = new Map<string, number>();
  const problems: FileProblem[] = [];
  let traces = 0;
  let malformed = 0;
  for (let record = 0; record < records.count; record++) {
    const content = file.read(record);
    if (content.kind === "broken") {
      malformed += 1;
      if (problems.length < shownProblems) problems.push(content.problem);
      continue;
    }
    for (const trace of content.traces) {
      if (trace.text === "" && trace.response === "") continue;
      traces += 1;
      const model = trace.model ?? trace.variant;
      if (model !== undefined) models.set(model, (models.get(model) ?? 0) + 1);
    }
  }
  return {
    file: path,
    format: records.container,
    ...(records.packing === undefined ? {} : { packing: records.packing }),
    bytes: records.progress.total,
    ...(records.notices.length === 0 ? {} : { notices: records.notices }),
    ...(file.joinedBy === undefined ? {} : { joinedBy: file.joinedBy }),
    importer: file.choice?.importer ?? "",
    importerTitle: file.choice?.title ?? "",
    confidence: Math.round((file.choice?.confidence ?? 0) * 1000) / 1000,
    records: records.count,
    traces,
    models: [...models].map(([name, count]) => ({ name, traces: count })),
    malformed,
    problems,
  };
}

export const infoCommand: Command = { name: "info", summary: "what a file holds", help, run };
