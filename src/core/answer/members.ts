/** Members of lists and sets, every ± written out. */
import { apply, type Node } from "./node";

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

/** True for a list without brackets or in braces: its order does not count. */
export function isList(node: Node): boolean {
  return node.kind === "group" && (node.open === "" || node.open === "\\{");
}

/** `(1, 2) and (3, 4)`, `a = 4, -8`, ± expanded: the members of a list. */
export function members(node: Node): Node[] {
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
