/** The view's memory: what survives hiding and reload. */
import type { ViewState } from "../../src/protocol/host";

/** Where a webview keeps its state between reloads (VS Code's `acquireVsCodeApi`). */
export interface StateKeeper {
  getState(): unknown;
  setState(state: unknown): void;
}

/** The state of a view that was never used. */
export const initialState: ViewState = {
  view: "inspect",
  query: "",
  matchCase: false,
  regex: false,
  sort: { key: "file", descending: false },
  raw: false,
  foldRedundant: false,
  foldedUnits: [],
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

/** Checks of the state's fields; a field that fails is dropped and the initial value stands. */
const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  view: (value) => value === "inspect" || value === "compare",
  query: (value) => typeof value === "string",
  matchCase: (value) => typeof value === "boolean",
  regex: (value) => typeof value === "boolean",
  sort: (value) => isRecord(value) && typeof value.key === "string" && typeof value.descending === "boolean",
  ref: isRef,
  step: isCount,
  unit: isCount,
  anchor: (value) => isRecord(value) && typeof value.row === "string" && typeof value.by === "number",
  raw: (value) => typeof value === "boolean",
  foldRedundant: (value) => typeof value === "boolean",
  foldedUnits: (value) => Array.isArray(value) && value.every(isCount),
  pair: (value) => isRecord(value) && isRef(value.teacher) && isRef(value.student),
  sides: (value) => isRecord(value) && isRecord(value.teacher) && isRecord(value.student),
  peer: (value) => typeof value === "string",
  listWidth: isCount,
  columns: (value) =>
    Array.isArray(value) && value.every((item) => isRecord(item) && typeof item.key === "string" && typeof item.shown === "boolean"),
  signal: (value) => typeof value === "string",
};

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isRef(value: unknown): boolean {
  return isRecord(value) && isCount(value.file) && isCount(value.record) && isCount(value.rollout);
}

/** The known, well-formed fields of a stored state; anything else is left out. */
export function readState(stored: unknown): Partial<ViewState> {
  if (!isRecord(stored)) return {};
  return Object.fromEntries(Object.entries(stored).filter(([name, value]) => checks[name]?.(value) === true));
}

/** Calls `send` at most once per `ms`, always with the newest value, the last one included. */
export function throttled<T>(ms: number, send: (value: T) => void): (value: T) => void {
  let waiting: { value: T } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const fire = (): void => {
    timer = undefined;
    if (!waiting) return;
    const { value } = waiting;
    waiting = undefined;
    send(value);
    timer = setTimeout(fire, ms);
  };
  return (value) => {
    waiting = { value };
    if (timer === undefined) fire();
  };
}
