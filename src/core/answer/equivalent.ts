/** Whether two answers mean the same. */

/** The verdict and the rule that gave it, in a word or two. */
export interface Equivalence {
  readonly equal: boolean;
  readonly how: string;
}

function folded(answer: string): string {
  return answer
    .replace(/\\(?:text|mathrm|mbox)\{([^{}]*)\}/g, "$1")
    .replace(/\\d?t?frac/g, "\\frac")
    .replace(/[\s$]|\\[,;:! ]|\\(?:left|right)|\^\\circ|°|[.。]$/g, "")
    .replace(/(\d),(?=\d{3}(?!\d))/g, "$1")
    .toLowerCase();
}

/** Compares two answers; symmetric. */
export function equivalent(a: string, b: string): Equivalence {
  const left = folded(a);
  const right = folded(b);
  if (left === right) {
    return { equal: true, how: "same text" };
  }
  const numbers = [Number(left), Number(right)];
  const equal = left !== "" && right !== "" && numbers[0] === numbers[1];
  return { equal, how: equal ? "same number" : "different" };
}
