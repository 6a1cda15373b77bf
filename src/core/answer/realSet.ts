/** Sets of real numbers as sorted disjoint intervals, for intervals, unions and inequalities in one variable. */
import { evaluate, variablesOf } from "./evaluate";
import type { Node } from "./node";
import { close } from "./scalar";

/** An interval from `low` to `high`; infinite ends are open. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly lowClosed: boolean;
  readonly highClosed: boolean;
}

/** A set of reals: intervals that neither overlap nor touch, ascending. */
export type RealSet = readonly Interval[];

const all: Interval = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, lowClosed: false, highClosed: false };

function tidy(intervals: readonly Interval[]): RealSet {
  const sorted = intervals
    .filter((item) => item.low < item.high || (item.low === item.high && item.lowClosed && item.highClosed))
    .sort((a, b) => a.low - b.low || Number(b.lowClosed) - Number(a.lowClosed));
  const merged: Interval[] = [];
  for (const item of sorted) {
    const last = merged.at(-1);
    if (!last || item.low > last.high || (item.low === last.high && !item.lowClosed && !last.highClosed)) {
      merged.push(item);
      continue;
    }
    const further = item.high > last.high || (item.high === last.high && item.highClosed);
    merged[merged.length - 1] = further ? { ...last, high: item.high, highClosed: item.highClosed } : last;
  }
  return merged;
}

function complement(set: RealSet): RealSet {
  const gaps: Interval[] = [];
  let low = Number.NEGATIVE_INFINITY;
  let lowClosed = false;
  for (const item of set) {
    gaps.push({ low, lowClosed, high: item.low, highClosed: !item.lowClosed && Number.isFinite(item.low) });
    low = item.high;
    lowClosed = !item.highClosed && Number.isFinite(item.high);
  }
  gaps.push({ low, lowClosed, high: Number.POSITIVE_INFINITY, highClosed: false });
  return tidy(gaps);
}

function intersection(a: RealSet, b: RealSet): RealSet {
  return complement(tidy([...complement(a), ...complement(b)]));
}

function constant(node: Node): number | undefined {
  const value = variablesOf(node).size === 0 ? evaluate(node, () => Number.NaN) : undefined;
  return value && value.im === 0 && !Number.isNaN(value.re) ? value.re : undefined;
}

function intervalOf(node: Node & { kind: "group" }): RealSet | undefined {
  const [first, second] = node.items;
  const low = first && constant(first);
  const high = second && constant(second);
  if (node.items.length !== 2 || low === undefined || high === undefined || low > high) {
    return undefined;
  }
  return tidy([
    { low, high, lowClosed: node.open === "[" && Number.isFinite(low), highClosed: node.close === "]" && Number.isFinite(high) },
  ]);
}

function pointsOf(items: readonly Node[]): RealSet | undefined {
  const values = items.map(constant);
  return values.some((value) => value === undefined)
    ? undefined
    : tidy(values.map((value = 0) => ({ low: value, high: value, lowClosed: true, highClosed: true })));
}

function below(limit: number, closed: boolean): RealSet {
  return tidy([{ ...all, high: limit, highClosed: closed }]);
}

/** The solutions of left − right (operator) 0 when that is linear in one variable. */
function linear(left: Node, right: Node, operator: string): RealSet | undefined {
  const names = variablesOf(right, variablesOf(left));
  if (names.size !== 1) {
    return undefined;
  }
  const at = (x: number): number => evaluate(left, () => x).re - evaluate(right, () => x).re;
  const [f0, f1, f2, f3] = [at(0), at(1), at(2), at(-1.5)];
  const slope = f1 - f0;
  const straight =
    Math.abs(f2 - f0 - 2 * slope) < 1e-9 * (1 + Math.abs(slope)) && Math.abs(f3 - f0 + 1.5 * slope) < 1e-9 * (1 + Math.abs(slope));
  if (!straight || slope === 0 || !Number.isFinite(slope)) {
    return undefined;
  }
  const zero = -f0 / slope + 0;
  if (operator === "!=") {
    return complement(tidy([{ low: zero, high: zero, lowClosed: true, highClosed: true }]));
  }
  const closed = operator.length === 2;
  const less = operator.startsWith("<") === slope > 0;
  return less ? below(zero, closed) : complement(below(zero, !closed));
}

/** −∞ < x and x < ∞ exclude nothing. */
function isInfinite(node: Node): boolean {
  const value = constant(node);
  return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
}

function relationSet(node: Node & { kind: "relation" }): RealSet | undefined {
  const { operators, sides } = node;
  const last = sides.at(-1);
  if (operators.length === 1 && operators[0] === "in" && last) {
    return realSetOf(last);
  }
  let set: RealSet = [all];
  for (const [i, operator] of operators.entries()) {
    const left = sides[i];
    const right = sides[i + 1];
    if ((left && isInfinite(left)) || (right && isInfinite(right))) {
      continue;
    }
    const part = left && right && /^(?:[<>]=?|!=)$/.test(operator) ? linear(left, right, operator) : undefined;
    if (!part) {
      return undefined;
    }
    set = intersection(set, part);
  }
  return set;
}

/** The set of reals that a node stands for: an interval, a union, a set of points, inequalities linear in one variable. Undefined otherwise. */
export function realSetOf(node: Node): RealSet | undefined {
  if (node.kind === "symbol") {
    return node.name === "mathbb:R" ? [all] : node.name === "emptyset" || node.name === "varnothing" ? [] : undefined;
  }
  if (node.kind === "text") {
    return /^(?:all )?reals?(?: numbers?)?$|^全体实数$/.test(node.text) ? [all] : undefined;
  }
  if (node.kind === "relation") {
    return relationSet(node);
  }
  if (node.kind === "sets") {
    const [left, right] = node.of.map(realSetOf);
    return left && right && combined(node.name, left, right);
  }
  if (node.kind !== "group") {
    return undefined;
  }
  if (node.open === "\\{") {
    return pointsOf(node.items);
  }
  if (node.open === "") {
    const parts = node.items.map(realSetOf);
    return parts.length > 0 && parts.every((part) => part !== undefined) ? tidy(parts.flat()) : undefined;
  }
  return intervalOf(node);
}

function combined(name: "union" | "intersection" | "difference", left: RealSet, right: RealSet): RealSet {
  if (name === "union") {
    return tidy([...left, ...right]);
  }
  return intersection(left, name === "difference" ? complement(right) : right);
}

function sameEnd(a: number, b: number): boolean {
  const rounded = Math.abs(a - b) <= 0.5000001e-4 && (isDecimal4(a) || isDecimal4(b));
  return a === b || close({ re: a, im: 0 }, { re: b, im: 0 }) || rounded;
}

/** A value with exactly four decimals: the rounding people use for interval ends. */
function isDecimal4(value: number): boolean {
  const scaled = value * 1e4;
  return Math.abs(scaled - Math.round(scaled)) < 1e-7 && Math.round(scaled) % 10 !== 0;
}

/** Equality of two sets, ends compared to nine digits or as decimals rounded to four places. */
export function sameRealSet(a: RealSet, b: RealSet): boolean {
  return (
    a.length === b.length &&
    a.every((item, i) => {
      const other = b[i];
      return (
        other !== undefined &&
        item.lowClosed === other.lowClosed &&
        item.highClosed === other.highClosed &&
        sameEnd(item.low, other.low) &&
        sameEnd(item.high, other.high)
      );
    })
  );
}
