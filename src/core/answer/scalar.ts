/** Equality of scalars: exact fractions, rounding of decimals, values at fixed points. */
import { type Complex, minus, size } from "./complex";
import { type Assignment, evaluate, exact, variablesOf } from "./evaluate";
import type { Node } from "./node";
import { same, toNumber } from "./rational";
import { knownUnit } from "./units";

const tolerance = 1e-9;

/** Fixed values for variables: the same name has the same value in every comparison. Points 0 to 2 are positive, 3 and 4 negative. */
function pointAt(point: number): Assignment {
  return (name) => {
    let hash = 2166136261 ^ (point * 7919);
    for (let i = 0; i < name.length; i += 1) {
      hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
    }
    hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
    const share = ((hash ^ (hash >>> 13)) >>> 0) / 4294967296;
    return (point >= 3 ? -1 : 1) * (0.3 + 2.6 * share);
  };
}

/** The assignments at which expressions are compared. */
export const points: readonly Assignment[] = [pointAt(0), pointAt(1), pointAt(2), pointAt(3), pointAt(4)];

/** True when two values agree to nine digits. */
export function close(a: Complex, b: Complex): boolean {
  if (!Number.isFinite(a.re) || !Number.isFinite(b.re)) {
    return a.re === b.re && a.im === b.im;
  }
  const difference = size(minus(a, b));
  return difference <= tolerance * Math.max(1e-6, size(a), size(b)) || (a.im === 0 && b.im === 0 && a.re === b.re);
}

const isReal = (a: Complex): boolean => Math.abs(a.im) <= 1e-12 * Math.max(1, Math.abs(a.re));
const hasValue = (a: Complex): boolean => !Number.isNaN(a.re) && !Number.isNaN(a.im);

const noVariables: Assignment = () => Number.NaN;

function unsigned(node: Node): { node: Node; negative: boolean } {
  return node.kind === "apply" && node.name === "neg" && node.of[0] ? { node: node.of[0], negative: true } : { node, negative: false };
}

/** Decimal as written: a number with digits after the point, its sign, or undefined. */
function decimalOf(node: Node): { decimals: number; digits: number } | undefined {
  const inner = unsigned(node.kind === "unit" ? node.value : node).node;
  return inner.kind === "number" && inner.decimals >= 0 ? inner : undefined;
}

/** A decimal of four places or more stands for what rounds to it: 2.6667 for 8/3. Fewer places are taken as exact. */
function roundsTo(decimal: Node, other: Node, value: number, otherValue: number): boolean {
  const written = decimalOf(decimal);
  const others = decimalOf(other);
  if (!written || written.decimals < 4 || written.digits < 4 || (others && others.decimals < written.decimals)) {
    return false;
  }
  return Math.abs(value - otherValue) <= 0.5000001 * 10 ** -written.decimals;
}

function sameConstant(a: Node, b: Node): boolean {
  const exactA = exact(a);
  const exactB = exact(b);
  if (exactA && exactB && same(exactA, exactB)) {
    return true;
  }
  const left = exactA ? { re: toNumber(exactA), im: 0 } : evaluate(a, noVariables);
  const right = exactB ? { re: toNumber(exactB), im: 0 } : evaluate(b, noVariables);
  if (!hasValue(left) || !hasValue(right)) {
    return false;
  }
  if (!(exactA && exactB) && close(left, right)) {
    return true;
  }
  return isReal(left) && isReal(right) && (roundsTo(a, b, left.re, right.re) || roundsTo(b, a, right.re, left.re));
}

/**
 * True when two scalar nodes have the same value for every value of their variables, judged at three positive points and, where both are real
 * there, two negative ones. Deterministic; the chance of a false "equal" is that of four coincidences to nine digits.
 */
export function sameScalar(a: Node, b: Node): boolean {
  const variables = variablesOf(a);
  variablesOf(b, variables);
  if (variables.size === 0) {
    return sameConstant(a, b);
  }
  let agreed = 0;
  for (const [index, point] of points.entries()) {
    const left = evaluate(a, point);
    const right = evaluate(b, point);
    const values = hasValue(left) && hasValue(right) && Number.isFinite(left.re) && Number.isFinite(right.re);
    if (!values || (index >= 3 && !(isReal(left) && isReal(right)))) {
      continue;
    }
    if (!close(left, right)) {
      return false;
    }
    agreed += 1;
  }
  return agreed >= 2;
}

/** The node without a percent sign, degree sign or unit at its top. */
export function bare(node: Node): { node: Node; mark: "percent" | "deg" | "unit" | ""; words: string; power: number } {
  if (node.kind === "unit") {
    return { node: node.value, mark: "unit", words: node.words, power: node.power };
  }
  if (node.kind === "apply" && (node.name === "percent" || node.name === "deg") && node.of[0]) {
    return { node: node.of[0], mark: node.name, words: "", power: 1 };
  }
  return { node, mark: "", words: "", power: 1 };
}

/** Two named units as factors to their dimension's base, raised to their powers; undefined when one is unknown, "apart" for two dimensions. */
export function unitFactors(a: string, b: string, powerA: number, powerB: number): readonly [number, number] | "apart" | undefined {
  const left = knownUnit(a);
  const right = knownUnit(b);
  if (!left || !right) {
    return undefined;
  }
  if (left.dimension !== right.dimension) {
    return "apart";
  }
  return powerA === powerB ? [left.factor ** powerA, right.factor ** powerB] : [1, 1];
}
