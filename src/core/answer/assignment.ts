/** Names left of "=" and what they are assigned. */
import { isConstant, variablesOf } from "./evaluate";
import type { Node } from "./node";
import { plain } from "./plain";

/** Names that may stand left of "=": a variable, a subscripted one, AB, f(x), a tuple of them, words. */
function isName(node: Node): boolean {
  switch (node.kind) {
    case "symbol":
      return !isConstant(node.name) || node.name === "e" || node.name === "i";
    case "text":
      return true;
    case "apply":
      if (node.name === "^") {
        return node.of[0]?.kind === "symbol" && plain(node) === `^(${plain(node.of[0])},neg(1))`;
      }
      return node.name === "*" && node.of.every(isName) && variablesOf(node).size <= 3;
    case "group":
      return node.items.every(isName);
    default:
      return false;
  }
}

/** The head of a name: f of f(x), so that f(x) and f(n) name one thing. */
function headOf(node: Node): string {
  return node.kind === "apply" && node.of[0] ? headOf(node.of[0]) : plain(node).toLowerCase();
}

/** A value and its name, where it has one. */
export interface Assigned {
  readonly name: Node | undefined;
  readonly value: Node;
}

/** `x = 5` and `S \in T` taken apart, chains `a = b = 5` to their end; anything else is its own value. */
export function assignment(node: Node): Assigned {
  if (node.kind !== "relation") {
    return { name: undefined, value: node };
  }
  const first = node.sides[0];
  const last = node.sides.at(-1);
  const equalities = node.operators.every((operator) => operator === "=");
  const membership = node.operators.length === 1 && node.operators[0] === "in";
  if (!first || !last || !(equalities || membership)) {
    return { name: undefined, value: node };
  }
  if (isName(first) && !(isName(last) && equalities && variablesOf(last).size > 0 && sharesNames(first, last))) {
    return { name: first, value: last };
  }
  const chain = equalities && node.sides.length > 1 && node.sides.every((side) => variablesOf(side).size === 0);
  return chain ? { name: undefined, value: last } : { name: undefined, value: node };
}

function sharesNames(a: Node, b: Node): boolean {
  const names = variablesOf(a);
  return [...variablesOf(b)].some((name) => names.has(name));
}

/** True for two names of one thing; words name anything. */
export function sameName(a: Node, b: Node): boolean {
  if (a.kind === "text" || b.kind === "text") {
    return true;
  }
  const [left, right] = [headOf(a), headOf(b)];
  return (
    left === right ||
    [a, b].some((node) => node.kind === "apply" && node.of.length > 1) ||
    (left === "y" && right === "f") ||
    (left === "f" && right === "y")
  );
}
