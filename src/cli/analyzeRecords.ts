import { analyze } from "../core/analyze";
import { analysisJson, type OffsetUnit } from "../core/export/analysisJson";
import type { TraceReader } from "../core/traceReader";
import type { ReadingRequest } from "./files";

/** What `analyze` writes about each trace. */
export interface AnalyzeRequest extends ReadingRequest {
  readonly path: string;
  readonly withText: boolean;
  readonly offsets: OffsetUnit;
}

/** The lines of some records, and messages about those that cannot be read. */
export interface AnalyzedRecords {
  readonly lines: string;
  readonly problems: readonly string[];
  /** How many records were read. */
  readonly records: number;
}

/** Analyses records `[from, to)`: one JSON line per trace. Traces without any text are left out. */
export function analyzeRecords(file: TraceReader, from: number, to: number, request: AnalyzeRequest): AnalyzedRecords {
  const problems: string[] = [];
  let lines = "";
  for (let record = from; record < to; record++) {
    const content = file.read(record);
    if (content.kind === "broken") {
      const { part, line, byteOffset, column, message } = content.problem;
      problems.push(
        `${request.path}${part === undefined ? "" : `/${part}`}:${line}${column === undefined ? "" : `:${column}`}: ${message} (byte ${byteOffset}); the record is left out`,
      );
      continue;
    }
    for (const trace of content.traces) {
      if (trace.text === "" && trace.response === "" && trace.thinking === "none") continue;
      const options = { file: request.path, withText: request.withText, offsets: request.offsets };
      lines += `${JSON.stringify(analysisJson(trace, analyze(trace), options))}\n`;
    }
  }
  return { lines, problems, records: to - from };
}
