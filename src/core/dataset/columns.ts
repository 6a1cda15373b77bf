/**
 * What is known of every trace of a file, as typed columns: about 70 bytes a trace and the first words of its strings. A trace's number in the
 * columns is its *slot*; slots are given in the order in which records are read, which is not the file's when visible rows come first.
 */
import { type Analysis, type RuleId, ruleIds, type StepFunction, stepFunctions, type UnitRole, unitRoles, type Verdict } from "../analysis";
import type { BinaryReader, BinaryWriter } from "../cache/binary";
import type { Trace } from "../trace";
import { bits, fromBits, presence } from "./bits";
import { newTable, type SlotKind, slotKinds, type Table, tableOf, traceHas, widthOf } from "./columnTable";
import { estimatedTokens } from "./estimate";
import { hashText } from "./hash";
import { NameCounts } from "./nameCounts";
import { StringPool } from "./stringPool";

const verdicts: readonly Verdict[] = ["unknown", "correct", "wrong"];
const largestCount = 255;
const firstCapacity = 1024;

const has: Readonly<Record<(typeof traceHas)[number], (trace: Trace) => boolean>> = {
  logprobs: (trace) => (trace.signals ?? []).some((signal) => signal.level === "token"),
  steps: (trace) => trace.givenSteps !== undefined,
  tools: (trace) => trace.parts.some((part) => part.kind === "tool-call" || part.kind === "observation"),
  response: (trace) => trace.response.trim() !== "",
  reference: (trace) => trace.reference !== undefined && trace.reference !== "",
  system: (trace) => trace.system !== undefined && trace.system !== "",
};

/** Columns of a file's traces. Reading a slot beyond `count` gives zeros and empty strings. */
export class TraceColumns {
  count = 0;
  #capacity = firstCapacity;
  #table: Table = newTable(firstCapacity);
  readonly #strings = new StringPool();
  readonly #names = new NameCounts();

  /** Adds a trace that is read but not analysed; gives its slot. */
  addTrace(record: number, rollout: number, kind: SlotKind, trace: Trace, question: { low: number; high: number; at: number }): number {
    const slot = this.#add(record, rollout, kind);
    const table = this.#table;
    table.model[slot] = this.#names.add(trace.model ?? "", record);
    table.variant[slot] = this.#names.add(trace.variant ?? "", record);
    table.questionLow[slot] = question.low;
    table.questionHigh[slot] = question.high;
    table.question[slot] = question.at;
    table.id[slot] = this.#strings.add(trace.id);
    table.has[slot] = bits(traceHas, (name) => has[name](trace));
    table.tokens[slot] = estimatedTokens(trace.text);
    return slot;
  }

  /** Adds a record that could not be read. */
  addMalformed(record: number, id: string): number {
    const slot = this.#add(record, 0, "malformed");
    this.#table.id[slot] = this.#strings.add(id);
    this.#table.analysed[slot] = 1;
    return slot;
  }

  /** Keeps a question's first words and its hash, for the traces of one record to share. */
  addQuestion(question: string, normalized: string): { low: number; high: number; at: number } {
    return { ...hashText(normalized), at: this.#strings.add(question) };
  }

  /** Fills in what the analysis says. */
  setAnalysis(slot: number, analysis: Analysis): void {
    const table = this.#table;
    table.analysed[slot] = 1;
    table.verdict[slot] = verdicts.indexOf(analysis.verdict);
    table.tokens[slot] = analysis.tokens;
    table.steps[slot] = analysis.steps.length;
    table.units[slot] = analysis.units.length;
    table.redundantUnits[slot] = Math.min(0xffff, analysis.measures.redundantUnits);
    table.switches[slot] = Math.min(0xffff, analysis.measures.switches);
    table.after[slot] = analysis.measures.postAnswerShare ?? Number.NaN;
    table.verify[slot] = analysis.measures.functionShares.verify;
    table.functions[slot] = presence(stepFunctions, analysis.steps, (step) => step.function);
    table.roles[slot] = presence(unitRoles, analysis.units, (unit) => unit.role);
    table.answer[slot] = analysis.finalAnswer === undefined ? 0 : this.#strings.add(analysis.finalAnswer);
    const first = slot * ruleIds.length;
    for (const flag of analysis.flags) {
      const at = first + ruleIds.indexOf(flag.rule);
      table.rules[at] = Math.min(largestCount, (table.rules[at] ?? 0) + 1);
    }
  }

  /** The analysis of a trace failed: nothing more will be known of it. */
  setFailed(slot: number): void {
    this.#table.analysed[slot] = 1;
    this.#table.kind[slot] = slotKinds.indexOf("plain");
  }

  /** Takes a slot out: its record is read again. */
  kill(slot: number): void {
    this.#names.remove(this.#table.model[slot] ?? 0);
    this.#names.remove(this.#table.variant[slot] ?? 0);
    this.#table.kind[slot] = slotKinds.indexOf("dead");
  }

  record(slot: number): number {
    return this.#table.record[slot] ?? 0;
  }

  rollout(slot: number): number {
    return this.#table.rollout[slot] ?? 0;
  }

  kind(slot: number): SlotKind {
    return slotKinds[this.#table.kind[slot] ?? 0] ?? "dead";
  }

  analysed(slot: number): boolean {
    return this.#table.analysed[slot] === 1;
  }

  /** Undefined for a trace without analysis, and for records that are no traces. */
  verdict(slot: number): Verdict | undefined {
    return this.analysed(slot) && this.kind(slot) === "trace" ? verdicts[this.#table.verdict[slot] ?? 0] : undefined;
  }

  /** Tokens; estimated from the text's length until analysed. */
  tokens(slot: number): number {
    return this.#table.tokens[slot] ?? 0;
  }

  steps(slot: number): number {
    return this.#table.steps[slot] ?? 0;
  }

  units(slot: number): number {
    return this.#table.units[slot] ?? 0;
  }

  redundantUnits(slot: number): number {
    return this.#table.redundantUnits[slot] ?? 0;
  }

  switches(slot: number): number {
    return this.#table.switches[slot] ?? 0;
  }

  /** Share of tokens after the first answer, 0 to 1; undefined when the trace states no answer. */
  after(slot: number): number | undefined {
    const value = this.#table.after[slot] ?? Number.NaN;
    return Number.isNaN(value) ? undefined : value;
  }

  /** Share of tokens in verifying steps, 0 to 1; 0 until analysed. */
  verifyShare(slot: number): number {
    return this.#table.verify[slot] ?? 0;
  }

  model(slot: number): string {
    return this.#names.get(this.#table.model[slot] ?? 0);
  }

  variant(slot: number): string {
    return this.#names.get(this.#table.variant[slot] ?? 0);
  }

  /** Name's number for {@link isOf}; −1 for a name that no trace has. */
  nameId(name: string): number {
    return this.#names.idOf(name);
  }

  /** True when the trace is of that model or variant. */
  isOf(slot: number, nameId: number): boolean {
    return this.#table.model[slot] === nameId || this.#table.variant[slot] === nameId;
  }

  id(slot: number): string {
    return this.#strings.get(this.#table.id[slot] ?? 0);
  }

  /** First 200 code units of the question, white space folded. */
  question(slot: number): string {
    return this.#strings.get(this.#table.question[slot] ?? 0);
  }

  /** Final answer, cut like every string of the columns. */
  answer(slot: number): string | undefined {
    const at = this.#table.answer[slot] ?? 0;
    return at === 0 ? undefined : this.#strings.get(at);
  }

  /** The normalised question's hash as text; empty when there is no question. */
  questionKey(slot: number): string {
    const low = this.#table.questionLow[slot] ?? 0;
    const high = this.#table.questionHigh[slot] ?? 0;
    return low === 0 && high === 0 ? "" : `${high.toString(36)}.${low.toString(36)}`;
  }

  /** Slots with the same question, at most `limit`, without the slot itself. */
  sameQuestion(slot: number, limit: number): number[] {
    const low = this.#table.questionLow[slot] ?? 0;
    const high = this.#table.questionHigh[slot] ?? 0;
    return low === 0 && high === 0 ? [] : this.withQuestion(low, high, limit, slot);
  }

  /** Slots whose question has this hash, at most `limit`. */
  withQuestion(low: number, high: number, limit: number, except = -1): number[] {
    const { questionLow, questionHigh, kind } = this.#table;
    const dead = slotKinds.indexOf("dead");
    const found: number[] = [];
    for (let slot = 0; slot < this.count && found.length < limit; slot++) {
      if (questionLow[slot] === low && questionHigh[slot] === high && slot !== except && kind[slot] !== dead) found.push(slot);
    }
    return found;
  }

  /** Flags of one rule, 255 at most. */
  ruleCount(slot: number, rule: RuleId): number {
    return this.#table.rules[slot * ruleIds.length + ruleIds.indexOf(rule)] ?? 0;
  }

  /** Rules with at least one flag. */
  rules(slot: number): RuleId[] {
    return ruleIds.filter((rule) => this.ruleCount(slot, rule) > 0);
  }

  functions(slot: number): StepFunction[] {
    return fromBits(stepFunctions, this.#table.functions[slot] ?? 0);
  }

  roles(slot: number): UnitRole[] {
    return fromBits(unitRoles, this.#table.roles[slot] ?? 0);
  }

  has(slot: number): string[] {
    return fromBits(traceHas, this.#table.has[slot] ?? 0);
  }

  /** Models and variants with the number of their traces, in the order in which they first stand in the file. */
  models(): { readonly name: string; readonly traces: number }[] {
    return this.#names.counts();
  }

  /** Slots of each record that is read, in the order of their slots: first slot and how many. */
  *recordSlots(): Generator<{ readonly record: number; readonly first: number; readonly count: number }> {
    let first = 0;
    for (let slot = 1; slot <= this.count; slot++) {
      if (slot < this.count && this.record(slot) === this.record(first)) continue;
      if (this.kind(first) !== "dead") yield { record: this.record(first), first, count: slot - first };
      first = slot;
    }
  }

  save(writer: BinaryWriter): void {
    writer.number(this.count);
    for (const [name, column] of Object.entries(this.#table)) writer.array(column.subarray(0, this.count * widthOf(name)));
    this.#strings.save(writer);
    writer.text(this.#names.save());
  }

  /** Columns as they were saved. Throws when the bytes are none. */
  static restore(reader: BinaryReader): TraceColumns {
    const columns = new TraceColumns();
    columns.count = reader.number();
    columns.#capacity = Math.max(firstCapacity, columns.count);
    columns.#table = newTable(columns.#capacity);
    for (const column of Object.values(columns.#table)) new Uint8Array(column.buffer).set(new Uint8Array(reader.buffer()));
    columns.#strings.restore(reader);
    columns.#names.restore(reader.text());
    return columns;
  }

  #add(record: number, rollout: number, kind: SlotKind): number {
    const slot = this.count;
    if (slot === this.#capacity) {
      this.#capacity *= 2;
      this.#table = tableOf(this.#capacity, this.#table);
    }
    this.count = slot + 1;
    this.#table.record[slot] = record;
    this.#table.rollout[slot] = rollout;
    this.#table.kind[slot] = slotKinds.indexOf(kind);
    return slot;
  }
}
