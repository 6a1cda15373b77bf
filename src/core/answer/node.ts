/** An answer read as structure. */
import type { Rational } from "./rational";

/** What an answer or a part of it is. Depth and size are bounded by the parser. */
export type Node =
  /** A number; `decimals` counts digits after the point as written, -1 for an integer; `digits` counts significant digits. */
  | { readonly kind: "number"; readonly value: Rational; readonly decimals: number; readonly digits: number }
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "text"; readonly text: string }
  /** An operation or function: + * / ^ neg sqrt root sin … abs floor ceil ! binom pm mp deg percent log(base, x). */
  | { readonly kind: "apply"; readonly name: string; readonly of: readonly Node[] }
  /** A value with words after it that name its unit. */
  | { readonly kind: "unit"; readonly value: Node; readonly words: string; readonly power: number }
  /** Items in brackets as written, "(" "[" "{" and ")" "]" "}"; or, with empty brackets, a bare list. */
  | { readonly kind: "group"; readonly open: string; readonly close: string; readonly items: readonly Node[] }
  | { readonly kind: "matrix"; readonly rows: readonly (readonly Node[])[] }
  /** Sides joined by relations = < <= > >= != in; one more side than operators. */
  | { readonly kind: "relation"; readonly operators: readonly string[]; readonly sides: readonly Node[] }
  /** union, intersection, difference. */
  | { readonly kind: "sets"; readonly name: "union" | "intersection" | "difference"; readonly of: readonly [Node, Node] }
  /** A numeral with a base written as subscript, 204_5. */
  | { readonly kind: "based"; readonly digits: string; readonly base: string };

/** The number n. */
export const integer = (n: number): Node => ({ kind: "number", value: { n: BigInt(n), d: 1n }, decimals: -1, digits: String(n).length });

/** name(of…). */
export const apply = (name: string, ...of: Node[]): Node => ({ kind: "apply", name, of });
