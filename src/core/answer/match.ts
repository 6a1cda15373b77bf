/** Equality of answers read as structure: scalars, lists, tuples, intervals, matrices, relations, text. Symmetric. */
import { assignment, sameName } from "./assignment";
import { entries } from "./entries";
import { isList, members } from "./members";
import type { Node } from "./node";
import { foldText } from "./normalize";
import { plain } from "./plain";
import { sameQuantity } from "./quantity";
import { realSetOf, sameRealSet } from "./realSet";
import { flipped, type Relation, sameRelation } from "./relations";

/** Lists longer than this are compared in order only. */
const maxUnordered = 60;
const maxDepth = 12;

type Group = Node & { kind: "group" };

const isScalar = (node: Node): boolean => node.kind === "number" || node.kind === "symbol" || node.kind === "apply" || node.kind === "unit";

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

function sameChain(a: Relation, b: Relation, depth: number): boolean {
  const forward = a.operators.length === b.operators.length && a.operators.every((operator, i) => operator === b.operators[i]);
  if (forward && sameOrdered(a.sides, b.sides, depth)) {
    return true;
  }
  const reversed = [...b.operators].reverse().map((operator) => flipped[operator]);
  const backward = a.operators.length === reversed.length && a.operators.every((operator, i) => operator === reversed[i]);
  return backward && sameOrdered(a.sides, [...b.sides].reverse(), depth);
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
