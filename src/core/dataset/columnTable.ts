import { ruleIds } from "../analysis";

/** What a slot holds. `dead`: its record was read again and has another slot. */
export const slotKinds = ["trace", "plain", "malformed", "dead"] as const;
export type SlotKind = (typeof slotKinds)[number];

/** Things a trace may have, as the `has` qualifier names them. */
export const traceHas = ["logprobs", "steps", "tools", "response", "reference", "system"] as const;

/** One typed array a column, each with a place a slot; `rules` has one a rule. */
export interface Table {
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

/** An empty table. */
export const newTable = (capacity: number): Table => ({
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

/** Places a slot takes in a column. */
export const widthOf = (column: string): number => (column === "rules" ? ruleIds.length : 1);

/** A table of another capacity with the same content. */
export function tableOf(capacity: number, old: Table): Table {
  const table = newTable(capacity);
  for (const [name, column] of Object.entries(table)) {
    const before: unknown = Reflect.get(old, name);
    if (ArrayBuffer.isView(before)) column.set(Reflect.get(old, name));
  }
  return table;
}
