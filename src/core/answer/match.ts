/** Equality of answers read as structure: scalars, lists, tuples, intervals, matrices, relations, text. Symmetric. */

import { evaluate, exact, isConstant, variablesOf } from "./evaluate";
import { apply, type Node } from "./node";
import { foldText } from "./normalize";
import { plain } from "./parse";
import { fromDecimal } from "./rational";
import { realSetOf, sameRealSet } from "./realSet";
import { bare, close as closeTo, points, sameScalar, unitFactors } from "./scalar";

/** Lists longer than this are compared in order only. */
const maxUnordered = 60;
const maxDepth = 12;

type Relation = Node & { kind: "relation" };
type Group = Node & { kind: "group" };

const isScalar = (node: Node): boolean => node.kind === "number" || node.kind === "symbol" || node.kind === "apply" || node.kind === "unit";

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

interface Assigned {
  readonly name: Node | undefined;
  readonly value: Node;
}

/** `x = 5` and `S \in T` taken apart, chains `a = b = 5` to their end; anything else is its own value. */
function assignment(node: Node): Assigned {
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

function sameName(a: Node, b: Node): boolean {
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

/** Both choices of every ± in a node, the same choice for all; undefined without ±. */
function alternatives(node: Node): readonly [Node, Node] | undefined {
  const upper = choose(node, 1);
  return upper === node ? undefined : [upper, choose(node, -1)];
}

function choose(node: Node, sign: 1 | -1): Node {
  if (node.kind === "unit") {
    const value = choose(node.value, sign);
    return value === node.value ? node : { ...node, value };
  }
  if (node.kind === "relation") {
    const sides = node.sides.map((side) => choose(side, sign));
    return sides.every((side, i) => side === node.sides[i]) ? node : { ...node, sides };
  }
  if (node.kind !== "apply") {
    return node;
  }
  const of = node.of.map((part) => choose(part, sign));
  if (node.name === "pm" || node.name === "mp") {
    return apply((node.name === "pm") === (sign === 1) ? "+" : "-", ...of);
  }
  return of.every((part, i) => part === node.of[i]) ? node : { ...node, of };
}

function isList(node: Node): boolean {
  return node.kind === "group" && (node.open === "" || node.open === "\\{");
}

/** `(1, 2) and (3, 4)`, `a = 4, -8`, ± expanded: the members of a list. */
function members(node: Node): Node[] {
  if (node.kind === "sets" && node.name === "union" && node.of.every(isList)) {
    return node.of.flatMap(members);
  }
  if (node.kind === "group" && isList(node)) {
    return node.items.flatMap(
      (item) => alternatives(item) ?? (item.kind === "group" && item.open === "\\{" && node.open === "" ? members(item) : [item]),
    );
  }
  const both = alternatives(node);
  return both ? [...both] : [node];
}

function sameUnordered(a: readonly Node[], b: readonly Node[], depth: number): boolean {
  if (a.length !== b.length) {
    return false;
  }
  if (a.length > maxUnordered) {
    return sameOrdered(a, b, depth);
  }
  const free = [...b];
  return a.every((item) => {
    const at = free.findIndex((other) => matches(item, other, depth + 1));
    if (at >= 0) {
      free.splice(at, 1);
    }
    return at >= 0;
  });
}

function sameOrdered(a: readonly Node[], b: readonly Node[], depth: number): boolean {
  return a.length === b.length && a.every((item, i) => matches(item, b[i] ?? item, depth + 1));
}

function distinct(items: readonly Node[], depth: number): Node[] {
  const kept: Node[] = [];
  for (const item of items.slice(0, maxUnordered)) {
    if (!kept.some((other) => matches(other, item, depth + 1))) {
      kept.push(item);
    }
  }
  return kept;
}

function sameGroups(a: Group, b: Group, depth: number): boolean {
  if (isList(a) && isList(b)) {
    return sameUnordered(members(a), members(b), depth) || sameUnordered(distinct(members(a), depth), distinct(members(b), depth), depth);
  }
  if (isList(a) || isList(b)) {
    const list = isList(a) ? a : b;
    return list.open === "" ? sameOrdered(a.items, b.items, depth) : false;
  }
  const brackets = a.open === b.open && a.close === b.close;
  return (brackets || a.items.length !== 2) && sameOrdered(a.items, b.items, depth);
}

function entries(node: Node): readonly (readonly Node[])[] | undefined {
  if (node.kind === "matrix") {
    return node.rows;
  }
  if (node.kind === "group" && (node.open === "(" || node.open === "[" || node.open === "")) {
    return node.items.map((item) => [item]);
  }
  if (node.kind === "apply" && (node.name === "+" || node.name === "-" || node.name === "*") && node.of.length === 2) {
    return combinedEntries(node.name, node.of);
  }
  return undefined;
}

function combinedEntries(name: string, of: readonly Node[]): readonly (readonly Node[])[] | undefined {
  const [left, right] = of;
  if (!left || !right) {
    return undefined;
  }
  const a = left.kind === "matrix" || left.kind === "apply" ? entries(left) : undefined;
  const b = right.kind === "matrix" || right.kind === "apply" ? entries(right) : undefined;
  if (name === "*") {
    const rows = a ?? b;
    const factor = a ? right : left;
    return rows && !(a && b) ? rows.map((row) => row.map((cell) => apply("*", factor, cell))) : undefined;
  }
  return a && b && a.length === b.length ? a.map((row, i) => row.map((cell, j) => apply(name, cell, b[i]?.[j] ?? cell))) : undefined;
}

function sameMatrix(a: Node, b: Node, depth: number): boolean {
  const left = entries(a);
  const right = entries(b);
  if (!left || !right) {
    return false;
  }
  const flat = (rows: readonly (readonly Node[])[]): readonly Node[] => rows.flat();
  const vector = (rows: readonly (readonly Node[])[]): boolean => rows.length === 1 || rows.every((row) => row.length === 1);
  const shape = left.length === right.length && left.every((row, i) => row.length === right[i]?.length);
  const loose = (a.kind !== "matrix" || b.kind !== "matrix") && vector(left) && vector(right);
  return (shape || loose) && sameOrdered(flat(left), flat(right), depth);
}

const flipped: Readonly<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!=" };

/** left − right of two relations proportional by a constant of the right sign: 2x + 4y − 3 = 0 and y = −x/2 + 3/4. */
function sameRelation(a: Relation, b: Relation): boolean {
  const [leftA, rightA] = a.sides;
  const [leftB, rightB] = b.sides;
  const [operatorA = "", operatorB = ""] = [a.operators[0], b.operators[0]];
  if (a.sides.length !== 2 || b.sides.length !== 2 || !leftA || !rightA || !leftB || !rightB) {
    return false;
  }
  const names = variablesOf(a, variablesOf(b));
  const ratios: number[] = [];
  for (const point of points) {
    const f = evaluate(leftA, point).re - evaluate(rightA, point).re;
    const g = evaluate(leftB, point).re - evaluate(rightB, point).re;
    if (Number.isFinite(f / g) && g !== 0) {
      ratios.push(f / g);
    }
  }
  const [ratio = 0] = ratios;
  const constant = ratios.length >= 3 && ratio !== 0 && ratios.every((other) => closeTo({ re: other, im: 0 }, { re: ratio, im: 0 }));
  return names.size > 0 && constant && (ratio > 0 ? operatorA === operatorB : flipped[operatorA] === operatorB);
}

function sameChain(a: Relation, b: Relation, depth: number): boolean {
  const forward = a.operators.length === b.operators.length && a.operators.every((operator, i) => operator === b.operators[i]);
  if (forward && sameOrdered(a.sides, b.sides, depth)) {
    return true;
  }
  const reversed = [...b.operators].reverse().map((operator) => flipped[operator]);
  const backward = a.operators.length === reversed.length && a.operators.every((operator, i) => operator === reversed[i]);
  return backward && sameOrdered(a.sides, [...b.sides].reverse(), depth);
}

/** Scalars with percent signs, degrees and units: 28% is 28 and 0.28; a unit on one side only is left out; two known units are converted. */
function sameQuantity(a: Node, b: Node): boolean {
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
      return factors !== "apart" && sameScalar(apply("*", left.node, decimal(factors[0])), apply("*", right.node, decimal(factors[1])));
    }
  }
  if ((left.mark === "deg") !== (right.mark === "deg")) {
    const [degrees, other] = left.mark === "deg" ? [left.node, b] : [right.node, a];
    const radians = apply("/", apply("*", degrees, { kind: "symbol", name: "pi" }), decimal(180));
    return sameScalar(degrees, bare(other).node) || (exact(other) === undefined && sameScalar(radians, other));
  }
  return sameScalar(left.node, right.node) && unitsAgree(a, b);
}

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

function sameText(a: Node, b: Node): boolean {
  const text = (node: Node): string => (node.kind === "text" ? node.text : plain(node));
  return foldText(text(a)) === foldText(text(b)) && foldText(text(a)) !== "";
}

/** True when two answers mean the same. Symmetric; depth is bounded. */
export function matches(a: Node, b: Node, depth = 0): boolean {
  if (depth > maxDepth) {
    return false;
  }
  const left = assignment(a);
  const right = assignment(b);
  if (left.name && right.name) {
    return (
      (sameName(left.name, right.name) && matches(left.value, right.value, depth + 1)) ||
      (a.kind === "relation" && b.kind === "relation" && sameRelation(a, b))
    );
  }
  const strippedA = left.value;
  const strippedB = right.value;
  if (strippedA.kind === "relation" && strippedB.kind === "relation" && relationsMatch(strippedA, strippedB, depth)) {
    return true;
  }
  if (a.kind === "relation" && b.kind === "relation" && sameRelation(a, b)) {
    return true;
  }
  return valuesMatch(strippedA, strippedB, depth);
}

function relationsMatch(a: Relation, b: Relation, depth: number): boolean {
  return sameChain(a, b, depth) || sameRelation(a, b);
}

function valuesMatch(a: Node, b: Node, depth: number): boolean {
  if (a.kind === "number" && b.kind === "number") {
    return sameQuantity(a, b);
  }
  const [listA, listB] = [members(a), members(b)];
  if (listA.length === 1 && listB.length === 1 && isScalar(a) && isScalar(b)) {
    return sameQuantity(a, b);
  }
  if (a.kind === "text" || b.kind === "text") {
    return sameText(a, b) || sameSets(a, b);
  }
  if (a.kind === "based" || b.kind === "based") {
    return plain(a) === plain(b) || plain(a).split("_")[0] === plain(b);
  }
  if (a.kind === "matrix" || b.kind === "matrix") {
    return sameMatrix(a, b, depth);
  }
  if (a.kind === "group" && b.kind === "group" && sameGroups(a, b, depth)) {
    return true;
  }
  if (sameSets(a, b)) {
    return true;
  }
  const both = isList(a) || isList(b) || listA.length > 1 || listB.length > 1;
  const grows = listA.length !== 1 || listB.length !== 1 || listA[0] !== a || listB[0] !== b;
  return both && grows && sameUnordered(listA, listB, depth);
}

function sameSets(a: Node, b: Node): boolean {
  const bracketed = (node: Node): boolean => node.kind !== "group" || node.open !== "";
  const left = bracketed(a) || b.kind !== "group" ? realSetOf(a) : undefined;
  const right = left && realSetOf(b);
  return left !== undefined && right !== undefined && sameRealSet(left, right);
}
