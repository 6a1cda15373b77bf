import { SessionError } from "./error";
import { flagCounts } from "./facts";
import type { TraceFile } from "./traceFile";
import type { PlainDocument, Row, TraceDocument, TraceRef } from "./types";
import type { ViewRow } from "./view";

const siblingsShown = 64;
const plainBytes = 1 << 20;
/** Bytes of the lines around a broken one. */
const aroundBytes = 800;
const aroundUnits = 200;

/** The trace of a reference with its analysis, or the plain record. */
export function documentOf(file: TraceFile, ref: TraceRef, limit?: number): TraceDocument | PlainDocument {
  const { record, rollout } = ref;
  const loaded = file.load(record);
  const slot = file.slotOf(record, rollout);
  if (loaded.problem || slot < 0 || file.columns.kind(slot) !== "trace") return plainOf(file, ref, slot);
  const analysed = file.analyse(record, rollout, limit);
  if (!analysed) return plainOf(file, ref, slot);
  const { start, end } = file.records.range(record);
  return {
    ref,
    line: file.records.line(record),
    ...(file.records.hasLines(record) ? {} : { numbered: true }),
    byteStart: start,
    byteEnd: end,
    trace: analysed.trace,
    analysis: analysed.analysis,
    rollouts: loaded.traces.length,
    siblings: siblingsOf(file, slot),
    notAnalysed: analysed.cut,
  };
}

function plainOf(file: TraceFile, ref: TraceRef, slot: number): PlainDocument {
  const { records } = file;
  const { problem } = file.load(ref.record);
  if (!problem && slot < 0) {
    const rollouts = file.rows.rowsOf(ref.record);
    throw new SessionError("no-rollout", `Record ${ref.record + 1} has ${rollouts} rollouts; there is no rollout ${ref.rollout + 1}.`);
  }
  const { start, end } = records.range(ref.record);
  const { text, truncated } = records.read(ref.record, plainBytes);
  const numbered = records.hasLines(ref.record) ? {} : { numbered: true as const };
  const place = { ref, line: records.line(ref.record), ...numbered, byteStart: start, byteEnd: end };
  if (!problem) return { ...place, text, truncated };
  return { ...place, text, truncated, problem, around: aroundOf(file, ref.record) };
}

function aroundOf(file: TraceFile, record: number): { before?: string; after?: string } {
  const { before, after } = file.records.around(record, aroundBytes);
  return {
    ...(before === undefined ? {} : { before: before.slice(0, aroundUnits) }),
    ...(after === undefined ? {} : { after: after.slice(0, aroundUnits) }),
  };
}

function siblingsOf(file: TraceFile, slot: number): TraceDocument["siblings"] {
  const { columns } = file;
  return columns.sameQuestion(slot, siblingsShown).map((other) => {
    const verdict = columns.verdict(other);
    const model = columns.model(other) || columns.variant(other);
    return {
      ref: { file: file.file, record: columns.record(other), rollout: columns.rollout(other) },
      ...(model === "" ? {} : { model }),
      ...(verdict === undefined ? {} : { verdict, tokens: columns.tokens(other) }),
    };
  });
}

/** One row of the list. Reads the record if that was never done. */
export function readRow(file: TraceFile, row: number, { record, rollout }: ViewRow): Row {
  file.importOnly(record);
  const { columns } = file;
  const slot = Math.max(file.slotOf(record, rollout), file.rows.firstSlot(record));
  const kind = columns.kind(slot);
  const model = columns.model(slot) || columns.variant(slot);
  const base = { row, record, rollout, line: file.records.line(record), id: columns.id(slot), question: columns.question(slot) };
  if (kind === "malformed") return { ...base, kind, error: file.problemOf(record)?.message ?? "" };
  if (kind !== "trace") return { ...base, kind: "plain", ...(model === "" ? {} : { model }) };
  return { ...base, kind, ...(model === "" ? {} : { model }), ...figuresOf(file, slot) };
}

function figuresOf(file: TraceFile, slot: number): Partial<Row> {
  const { columns } = file;
  const verdict = columns.verdict(slot);
  if (verdict === undefined) return {};
  const after = columns.after(slot);
  return {
    verdict,
    tokens: columns.tokens(slot),
    units: columns.units(slot),
    steps: columns.steps(slot),
    ...(after === undefined ? {} : { after }),
    flags: flagCounts(columns, slot),
  };
}
