/** How much of a value is still to be computed. */

/** Operations in a value: "8 / 18" has one, "4" none. A value still to be computed has more than the answer. */
export function operations(value: string): number {
  return (value.match(/[\w)}!]\s*(?:[*×·/+÷]|-|\\(?:cdot|times|div))\s*(?=[\w({\\])|\\[dt]?frac/g) ?? []).length;
}
