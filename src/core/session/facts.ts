import { type RuleId, ruleIds } from "../analysis";
import type { TraceColumns } from "../dataset/columns";
import type { FactValue, RowFacts } from "../dataset/query";
import type { TraceFile } from "./traceFile";

/** Gives a qualifier's value of a slot; undefined when the row has none, or the analysis has not reached it. */
type Fact = (file: TraceFile, slot: number) => FactValue | undefined;

const analysedTrace = (columns: TraceColumns, slot: number): boolean => columns.analysed(slot) && columns.kind(slot) === "trace";

/** A value that only an analysed trace has. */
const figure =
  (value: (columns: TraceColumns, slot: number) => FactValue | undefined): Fact =>
  ({ columns }, slot) =>
    analysedTrace(columns, slot) ? value(columns, slot) : undefined;

const figures: Readonly<Record<string, Fact>> = {
  flag: figure((columns, slot) => columns.rules(slot)),
  tokens: figure((columns, slot) => columns.tokens(slot)),
  units: figure((columns, slot) => columns.units(slot)),
  "units.redundant": figure((columns, slot) => columns.redundantUnits(slot)),
  "unit.role": figure((columns, slot) => columns.roles(slot)),
  steps: figure((columns, slot) => columns.steps(slot)),
  fn: figure((columns, slot) => columns.functions(slot)),
  after: figure((columns, slot) => percent(columns.after(slot))),
  correct: figure((columns, slot) => correctness[columns.verdict(slot) ?? "unknown"]),
  answer: figure((columns, slot) => columns.answer(slot)),
  switches: figure((columns, slot) => columns.switches(slot)),
  is: ({ columns }, slot) => [columns.kind(slot), columns.verdict(slot) ?? ""],
};

const known: Readonly<Record<string, Fact>> = {
  model: ({ columns }, slot) => [columns.model(slot), columns.variant(slot)].filter((name) => name !== "").join(" ") || undefined,
  id: ({ columns }, slot) => columns.id(slot),
  question: ({ columns }, slot) => columns.question(slot),
  rollout: ({ columns }, slot) => columns.rollout(slot) + 1,
  line: ({ columns, records }, slot) => records.line(columns.record(slot)),
  has: ({ columns }, slot) => columns.has(slot),
};

const correctness = { correct: "true", wrong: "false", unknown: "unknown" } as const;

const percent = (share: number | undefined): number | undefined => (share === undefined ? undefined : share * 100);

/** True when the qualifier's value comes from the analysis. */
export const needsAnalysis = (name: string): boolean => Object.hasOwn(figures, name);

/** What a query may ask of a row. A name that is no qualifier is a column of the record, which is read for it. */
export const factsOf = (file: TraceFile, slot: number): RowFacts => ({
  value: (name) => {
    const fact = Object.hasOwn(figures, name) ? figures[name] : Object.hasOwn(known, name) ? known[name] : undefined;
    return fact ? fact(file, slot) : columnOf(file, slot, name);
  },
});

function columnOf(file: TraceFile, slot: number, name: string): FactValue | undefined {
  const columns = file.load(file.columns.record(slot)).traces[file.columns.rollout(slot)]?.columns;
  return columns && Object.hasOwn(columns, name) ? columns[name] : undefined;
}

/** What free text is searched in: question, chain of thought and response, or the text of a broken record. */
export function searchText(file: TraceFile, slot: number): string {
  const record = file.columns.record(slot);
  const trace = file.load(record).traces[file.columns.rollout(slot)];
  if (!trace || file.columns.kind(slot) !== "trace") return file.records.read(record).text;
  return `${trace.question}\n${trace.preamble}${trace.text}${trace.response}`;
}

const shownRules: readonly RuleId[] = ["restate", "repeat", "reverify", "loop"];
const integrityRules: readonly RuleId[] = ruleIds.slice(ruleIds.indexOf("unclosed-think"));

/** Flag counts of a list row: the four redundancy rules, then the integrity rules together. */
export function flagCounts(columns: TraceColumns, slot: number): [number, number, number, number, number] {
  const [restate = 0, repeat = 0, reverify = 0, loop = 0] = shownRules.map((rule) => columns.ruleCount(slot, rule));
  const integrity = integrityRules.reduce((sum, rule) => sum + columns.ruleCount(slot, rule), 0);
  return [restate, repeat, reverify, loop, integrity];
}
