/**
 * What is known of every trace of a file, as typed columns: about 70 bytes a trace and the first words of its strings. A trace's number in the
 * columns is its *slot*; slots are given in the order in which records are read, which is not the file's when visible rows come first.
 */
import { type Analysis, type RuleId, ruleIds, type StepFunction, stepFunctions, type UnitRole, unitRoles, type Verdict } from "../analysis";
import type { BinaryReader, BinaryWriter } from "../cache/binary";
import type { Trace } from "../trace";
import { estimatedTokens } from "./estimate";
import { hashText } from "./hash";
import { StringPool } from "./stringPool";

/** What a slot holds. `dead`: its record was read again and has another slot. */
export const slotKinds = ["trace", "plain", "malformed", "dead"] as const;
export type SlotKind = (typeof slotKinds)[number];

/** Things a trace may have, as the `has` qualifier names them. */
export const traceHas = ["logprobs", "steps", "tools", "response", "reference", "system"] as const;

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

interface Table {
  readonly record: Uint32Array;
  readonly rollout: Uint16Array;
  readonly kind: Uint8Array;
  readonly analysed: Uint8Array;
  readonly verdict: Uint8Array;
  readonly model: Uint32Array;
  readonly variant: Uint32Array;
  readonly questionLow: Uint32Array;
  readonly questionHigh: Uint32Array;
  readonly tokens: Uint32Array;
  readonly steps: Uint32Array;
  readonly units: Uint32Array;
  readonly redundantUnits: Uint16Array;
  readonly switches: Uint16Array;
  readonly after: Float32Array;
  readonly verify: Float32Array;
  readonly functions: Uint16Array;
  readonly roles: Uint8Array;
  readonly has: Uint8Array;
  readonly rules: Uint8Array;
  readonly id: Uint32Array;
  readonly question: Uint32Array;
  readonly answer: Uint32Array;
}

const newTable = (capacity: number): Table => ({
  record: new Uint32Array(capacity),
  rollout: new Uint16Array(capacity),
  kind: new Uint8Array(capacity),
  analysed: new Uint8Array(capacity),
  verdict: new Uint8Array(capacity),
  model: new Uint32Array(capacity),
  variant: new Uint32Array(capacity),
  questionLow: new Uint32Array(capacity),
  questionHigh: new Uint32Array(capacity),
  tokens: new Uint32Array(capacity),
  steps: new Uint32Array(capacity),
  units: new Uint32Array(capacity),
  redundantUnits: new Uint16Array(capacity),
  switches: new Uint16Array(capacity),
  after: new Float32Array(capacity),
  verify: new Float32Array(capacity),
  functions: new Uint16Array(capacity),
  roles: new Uint8Array(capacity),
  has: new Uint8Array(capacity),
  rules: new Uint8Array(capacity * ruleIds.length),
  id: new Uint32Array(capacity),
  question: new Uint32Array(capacity),
  answer: new Uint32Array(capacity),
});

/** Columns of a file's traces. Reading a slot beyond `count` gives zeros and empty strings. */
export class TraceColumns {
  count = 0;
  #capacity = firstCapacity;
  #table = newTable(firstCapacity);
  readonly #strings = new StringPool();
  readonly #names: string[] = [""];
  readonly #nameIds = new Map<string, number>([["", 0]]);
  readonly #modelCounts: number[] = [0];
  /** First record of each name. */
  readonly #firstRecords: number[] = [0];

  /** Adds a trace that is read but not analysed; gives its slot. */
  addTrace(record: number, rollout: number, kind: SlotKind, trace: Trace, question: { low: number; high: number; at: number }): number {
    const slot = this.#add(record, rollout, kind);
    const table = this.#table;
    table.model[slot] = this.#countName(trace.model, record);
    table.variant[slot] = this.#countName(trace.variant, record);
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
    for (const name of [this.#table.model[slot] ?? 0, this.#table.variant[slot] ?? 0])
      this.#modelCounts[name] = (this.#modelCounts[name] ?? 1) - 1;
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
    return this.#names[this.#table.model[slot] ?? 0] ?? "";
  }

  variant(slot: number): string {
    return this.#names[this.#table.variant[slot] ?? 0] ?? "";
  }

  /** Name's number for {@link isOf}; −1 for a name that no trace has. */
  nameId(name: string): number {
    return this.#nameIds.get(name) ?? -1;
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
    const all = this.#names.map((name, i) => ({ name, traces: this.#modelCounts[i] ?? 0, first: this.#firstRecords[i] ?? 0 }));
    return all
      .filter(({ name, traces }) => name !== "" && traces > 0)
      .sort((a, b) => a.first - b.first)
      .map(({ name, traces }) => ({ name, traces }));
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
    writer.text(JSON.stringify({ names: this.#names, counts: this.#modelCounts, firsts: this.#firstRecords }));
  }

  /** Columns as they were saved. Throws when the bytes are none. */
  static restore(reader: BinaryReader): TraceColumns {
    const columns = new TraceColumns();
    columns.count = reader.number();
    columns.#capacity = Math.max(firstCapacity, columns.count);
    columns.#table = newTable(columns.#capacity);
    for (const column of Object.values(columns.#table)) new Uint8Array(column.buffer).set(new Uint8Array(reader.buffer()));
    columns.#strings.restore(reader);
    const saved: unknown = JSON.parse(reader.text());
    for (const [i, name] of listOf(saved, "names").entries()) {
      columns.#names[i] = String(name);
      columns.#nameIds.set(String(name), i);
      columns.#modelCounts[i] = Number(listOf(saved, "counts")[i]);
      columns.#firstRecords[i] = Number(listOf(saved, "firsts")[i]);
    }
    return columns;
  }

  #add(record: number, rollout: number, kind: SlotKind): number {
    const slot = this.count;
    if (slot === this.#capacity) this.#grow();
    this.count = slot + 1;
    this.#table.record[slot] = record;
    this.#table.rollout[slot] = rollout;
    this.#table.kind[slot] = slotKinds.indexOf(kind);
    return slot;
  }

  #countName(name: string | undefined, record: number): number {
    const key = name ?? "";
    const known = this.#nameIds.get(key);
    const id = known ?? this.#names.length;
    if (known === undefined) {
      this.#names.push(key);
      this.#nameIds.set(key, id);
      this.#modelCounts.push(0);
      this.#firstRecords.push(record);
    }
    this.#modelCounts[id] = (this.#modelCounts[id] ?? 0) + 1;
    this.#firstRecords[id] = Math.min(this.#firstRecords[id] ?? record, record);
    return id;
  }

  #grow(): void {
    const old = this.#table;
    this.#capacity *= 2;
    this.#table = newTable(this.#capacity);
    for (const [name, column] of Object.entries(this.#table)) {
      const before: unknown = Reflect.get(old, name);
      if (ArrayBuffer.isView(before)) column.set(Reflect.get(old, name));
    }
  }
}

const widthOf = (column: string): number => (column === "rules" ? ruleIds.length : 1);

function listOf(value: unknown, name: string): readonly unknown[] {
  const list: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  return Array.isArray(list) ? list : [];
}

function bits<T>(names: readonly T[], holds: (name: T) => boolean): number {
  return names.reduce((sum, name, i) => (holds(name) ? sum | (1 << i) : sum), 0);
}

function presence<T, I>(names: readonly T[], items: readonly I[], of: (item: I) => T): number {
  let sum = 0;
  for (const item of items) sum |= 1 << names.indexOf(of(item));
  return sum;
}

const fromBits = <T>(names: readonly T[], value: number): T[] => names.filter((_, i) => (value & (1 << i)) !== 0);
