/** Equations and inequalities as wholes. */
import { evaluate, variablesOf } from "./evaluate";
import type { Node } from "./node";
import { close as closeTo, points } from "./scalar";

/** A relation or chain of relations. */
export type Relation = Node & { kind: "relation" };

/** The operator of a relation read from right to left. */
export const flipped: Readonly<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!=" };

/** left − right of two relations proportional by a constant of the right sign: 2x + 4y − 3 = 0 and y = −x/2 + 3/4. */
export function sameRelation(a: Relation, b: Relation): boolean {
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
