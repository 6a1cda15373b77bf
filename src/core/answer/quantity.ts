/** Equality of scalars with percent signs, degrees and units. */
import { evaluate, exact, variablesOf } from "./evaluate";
import { apply, type Node } from "./node";
import { fromDecimal } from "./rational";
import { bare, close, sameScalar, unitFactors } from "./scalar";

/** Scalars with percent signs, degrees and units: 28% is 28 and 0.28; a unit on one side only is left out; two known units are converted. */
export function sameQuantity(a: Node, b: Node): boolean {
  if (sameScalar(a, b)) {
    return unitsAgree(a, b);
  }
  const left = bare(a);
  const right = bare(b);
  if (left.mark === "" && right.mark === "") {
    return false;
  }
  if (left.mark === "unit" && right.mark === "unit") {
    const factors = unitFactors(left.words, right.words, left.power, right.power);
    if (factors !== undefined) {
      return factors !== "apart" && sameConverted(left.node, right.node, factors);
    }
  }
  if ((left.mark === "deg") !== (right.mark === "deg")) {
    const [degrees, other] = left.mark === "deg" ? [left.node, b] : [right.node, a];
    const radians = apply("/", apply("*", degrees, { kind: "symbol", name: "pi" }), decimal(180));
    return sameScalar(degrees, bare(other).node) || (exact(other) === undefined && sameScalar(radians, other));
  }
  return sameScalar(left.node, right.node) && unitsAgree(a, b);
}

/** Two values times the factors of their units. Constants are compared as numbers: most factors are no short decimals. */
function sameConverted(a: Node, b: Node, [left, right]: readonly [number, number]): boolean {
  if (variablesOf(a).size > 0 || variablesOf(b).size > 0) {
    return sameScalar(apply("*", a, decimal(left)), apply("*", b, decimal(right)));
  }
  const [one, other] = [evaluate(a, noValue), evaluate(b, noValue)];
  return close({ re: one.re * left, im: one.im * left }, { re: other.re * right, im: other.im * right });
}

const noValue = (): number => Number.NaN;

function decimal(value: number): Node {
  const digits = value.toFixed(12);
  return { kind: "number", value: fromDecimal(digits) ?? { n: 0n, d: 1n }, decimals: -1, digits: digits.length };
}

function unitsAgree(a: Node, b: Node): boolean {
  const left = bare(a);
  const right = bare(b);
  if (left.mark !== "unit" || right.mark !== "unit") {
    return true;
  }
  const factors = unitFactors(left.words, right.words, left.power, right.power);
  return factors === undefined || (factors !== "apart" && Math.abs(factors[0] / factors[1] - 1) < 1e-9);
}
