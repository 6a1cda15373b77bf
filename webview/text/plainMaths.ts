/** Maths as plain characters, for one-line places that cannot hold typeset formulas. */
import { formulaAt } from "../../src/core/formulaSource";

/** Longest text that is turned; a line of a list shows less. */
const longest = 400;

const symbols: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  epsilon: "ε",
  varepsilon: "ε",
  theta: "θ",
  lambda: "λ",
  mu: "μ",
  pi: "π",
  rho: "ρ",
  sigma: "σ",
  tau: "τ",
  phi: "φ",
  varphi: "φ",
  omega: "ω",
  Gamma: "Γ",
  Delta: "Δ",
  Theta: "Θ",
  Lambda: "Λ",
  Sigma: "Σ",
  Phi: "Φ",
  Omega: "Ω",
  infty: "∞",
  times: "×",
  cdot: "·",
  div: "÷",
  pm: "±",
  mp: "∓",
  le: "≤",
  leq: "≤",
  leqslant: "≤",
  ge: "≥",
  geq: "≥",
  geqslant: "≥",
  ne: "≠",
  neq: "≠",
  approx: "≈",
  equiv: "≡",
  sim: "∼",
  cong: "≅",
  to: "→",
  rightarrow: "→",
  Rightarrow: "⇒",
  mapsto: "↦",
  iff: "⇔",
  in: "∈",
  notin: "∉",
  subset: "⊂",
  subseteq: "⊆",
  cup: "∪",
  cap: "∩",
  emptyset: "∅",
  forall: "∀",
  exists: "∃",
  sum: "∑",
  prod: "∏",
  int: "∫",
  partial: "∂",
  nabla: "∇",
  angle: "∠",
  triangle: "△",
  perp: "⊥",
  parallel: "∥",
  circ: "°",
  degree: "°",
  prime: "′",
  ldots: "…",
  dots: "…",
  cdots: "…",
  quad: " ",
  qquad: " ",
  mid: "|",
  lvert: "|",
  rvert: "|",
  vert: "|",
  lfloor: "⌊",
  rfloor: "⌋",
  lceil: "⌈",
  rceil: "⌉",
  langle: "⟨",
  rangle: "⟩",
  setminus: "∖",
  bmod: " mod ",
  pmod: " mod ",
};

/** Commands whose braces hold what is read, and commands that only lay out. */
const wrappers =
  /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathbb|mathcal|mathit|boldsymbol|operatorname|overline|vec|hat|bar|mbox)\s*\{([^{}]*)\}/g;
const layout = /\\(?:left|right|displaystyle|textstyle|limits|nolimits|[bB]igg?[lr]?)(?![A-Za-z])|\\[,;:! ]|~/g;
const fraction = /\\[dtc]?frac\s*(?:\{([^{}]*)\}|(\d))\s*(?:\{([^{}]*)\}|(\d))/g;

const superscripts: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0123456789+-n"].map((key, at) => [key, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"][at] ?? key]),
);
const subscripts: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0123456789"].map((key, at) => [key, [..."₀₁₂₃₄₅₆₇₈₉"][at] ?? key]),
);

/** A formula's source as plain characters: fractions with a stroke, small powers and indices raised or lowered, symbols by their signs. */
export function plainTex(tex: string): string {
  let text = tex
    .slice(0, longest)
    .replace(/\\\\|(?<!\\)&/g, " ")
    .replace(layout, " ")
    .replace(/\\([A-Za-z]+)/g, (whole, name: string) => symbols[name] ?? whole);
  text = untilSame(text, (now) =>
    now
      .replace(wrappers, "$1")
      .replace(
        fraction,
        (_, a: string | undefined, b: string | undefined, c: string | undefined, d: string | undefined) =>
          `${part(a ?? b ?? "")}/${part(c ?? d ?? "")}`,
      )
      .replace(/\\sqrt\s*\{([^{}]*)\}/g, (_, inside: string) => `√${part(inside)}`)
      .replace(/\^\s*(?:\{([^{}]*)\}|(\S))/g, (_, inside: string | undefined, one: string | undefined) =>
        raised((inside ?? one ?? "").trim()),
      )
      .replace(/_\s*(?:\{([^{}]*)\}|(\S))/g, (_, inside: string | undefined, one: string | undefined) =>
        lowered((inside ?? one ?? "").trim()),
      ),
  );
  return text
    .replace(/\\([A-Za-z]+)/g, "$1")
    .replace(/\\([{}%$#&_])|[{}]/g, (_, kept: string | undefined) => kept ?? "")
    .replaceAll(caret, "^")
    .replaceAll(low, "_")
    .replace(/\s+/g, " ")
    .trim();
}

/** A text as one line with its formulas in plain characters. What stands outside formulas, such as money, stays. */
export function plainMaths(text: string): string {
  const source = text.slice(0, longest);
  if (!/[$\\]/.test(source)) return source;
  let shown = "";
  let at = 0;
  while (at < source.length) {
    const code = source.charCodeAt(at);
    const found = code === 0x24 || code === 0x5c ? formulaAt(source, at) : undefined;
    if (found) shown += plainTex(found.tex.replace(/\\(?:begin|end)\{[^{}]*\}/g, " "));
    else shown += source[at];
    at = found ? found.end : at + 1;
  }
  return shown;
}

/** Replaces inner braces first, so that nested ones come free: at most as often as anyone nests in a line. */
function untilSame(text: string, change: (text: string) => string): string {
  let now = text;
  for (let round = 0; round < 6; round++) {
    const next = change(now);
    if (next === now) break;
    now = next;
  }
  return now;
}

/** Stand for `^` and `_` that were dealt with, until all is done. */
const caret = "\ue000";
const low = "\ue001";

/** Brackets round what a stroke or a root would tear apart. */
const part = (inside: string): string => (/^[\w.√π]*$/u.test(inside.trim()) ? inside.trim() : `(${inside.trim()})`);

function raised(inside: string): string {
  if (inside === "°" || inside === "′") return inside;
  if (inside === "'") return "′";
  return allIn(inside, superscripts) ?? `${caret}${/^\w*$/.test(inside) || inside.length === 1 ? inside : `(${inside})`}`;
}

const lowered = (inside: string): string =>
  allIn(inside, subscripts) ?? `${low}${/^\w*$/.test(inside) || inside.length === 1 ? inside : `(${inside})`}`;

function allIn(inside: string, table: Readonly<Record<string, string>>): string | undefined {
  const signs = [...inside].map((key) => table[key]);
  return inside !== "" && signs.every((sign) => sign !== undefined) ? signs.join("") : undefined;
}
