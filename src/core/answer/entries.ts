/** Entries of matrices and vectors. */
import { apply, type Node } from "./node";

/** Rows of a matrix, of a tuple as a column, of sums and multiples of matrices; undefined for anything else. */
export function entries(node: Node): readonly (readonly Node[])[] | undefined {
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
