/** Values of scalar nodes: exact fractions where possible, complex doubles at given values of the variables otherwise. */
import { type Complex, exponential, logarithm, minus, plus, product, quotient, raise, real, size, undefinedValue } from "./complex";
import type { Node } from "./node";
import { add, divide, multiply, negate, power, type Rational, rational } from "./rational";

const exactRules: Readonly<Record<string, (a: Rational, b: Rational) => Rational | undefined>> = {
  "+": add,
  "-": (a, b) => add(a, negate(b)),
  "*": multiply,
  "/": divide,
  "^": power,
  neg: negate,
  root: (degree, a) => (degree.n > 0n && degree.d === 1n ? power(a, { n: 1n, d: degree.n }) : undefined),
  percent: (a) => rational(a.n, a.d * 100n),
  deg: (a) => a,
  abs: (a) => (a.n < 0n ? negate(a) : a),
  floor: (a) => rational(floorOf(a)),
  ceil: (a) => rational(-floorOf(negate(a))),
  "!": (a) => factorial(a),
  binom: (n, k) => choose(n, k),
};

function floorOf(a: Rational): bigint {
  const quotientOf = a.n / a.d;
  return a.n < 0n && quotientOf * a.d !== a.n ? quotientOf - 1n : quotientOf;
}

function factorial(a: Rational): Rational | undefined {
  if (a.d !== 1n || a.n < 0n || a.n > 400n) {
    return undefined;
  }
  let value = 1n;
  for (let i = 2n; i <= a.n; i += 1n) {
    value *= i;
  }
  return { n: value, d: 1n };
}

function choose(n: Rational, k: Rational): Rational | undefined {
  if (n.d !== 1n || k.d !== 1n || n.n < 0n || n.n > 2000n || k.n < 0n) {
    return undefined;
  }
  if (k.n > n.n) {
    return { n: 0n, d: 1n };
  }
  let value = 1n;
  for (let i = 1n; i <= k.n && i <= 2000n; i += 1n) {
    value = (value * (n.n - k.n + i)) / i;
  }
  return rational(value);
}

/** The exact value of a node without variables; undefined when it is irrational, has variables or grows too large. */
export function exact(node: Node): Rational | undefined {
  if (node.kind === "number") {
    return node.value;
  }
  if (node.kind === "unit") {
    return exact(node.value);
  }
  if (node.kind !== "apply") {
    return undefined;
  }
  const rule = exactRules[node.name];
  const first = rule && node.of[0] ? exact(node.of[0]) : undefined;
  if (!rule || first === undefined) {
    return undefined;
  }
  const second = node.of[1] ? exact(node.of[1]) : first;
  return second === undefined ? undefined : rule(first, second);
}

/** Value of a variable by its name. */
export type Assignment = (name: string) => number;

const constants: Readonly<Record<string, Complex>> = {
  pi: real(Math.PI),
  e: real(Math.E),
  i: { re: 0, im: 1 },
  infty: real(Number.POSITIVE_INFINITY),
};

/** True for a name with a fixed value: π, e, i, ∞. */
export const isConstant = (name: string): boolean => Object.hasOwn(constants, name);

const sine = (a: Complex): Complex =>
  a.im === 0 ? real(Math.sin(a.re)) : { re: Math.sin(a.re) * Math.cosh(a.im), im: Math.cos(a.re) * Math.sinh(a.im) };
const cosine = (a: Complex): Complex =>
  a.im === 0 ? real(Math.cos(a.re)) : { re: Math.cos(a.re) * Math.cosh(a.im), im: -Math.sin(a.re) * Math.sinh(a.im) };
const onReal =
  (f: (x: number) => number) =>
  (a: Complex): Complex =>
    a.im === 0 ? real(f(a.re)) : undefinedValue;

/** Gamma function by Lanczos' approximation, for factorials of values that are not integers. */
function gamma(x: number): number {
  if (x < 0.5) {
    return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  }
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
    9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const t = x + 6.5;
  const sum = terms.reduce((total, term, i) => total + term / (x + i), 0.99999999999980993);
  return Math.sqrt(2 * Math.PI) * t ** (x - 0.5) * Math.exp(-t) * sum;
}

type Rule = (a: Complex, b: Complex) => Complex;
const rules: Readonly<Record<string, Rule>> = {
  "+": plus,
  "-": minus,
  "*": product,
  "/": quotient,
  "^": raise,
  neg: (a) => ({ re: -a.re, im: -a.im }),
  root: (degree, a) =>
    a.im === 0 && a.re < 0 && degree.re % 2 === 1 ? real(-((-a.re) ** (1 / degree.re))) : raise(a, quotient(real(1), degree)),
  percent: (a) => ({ re: a.re / 100, im: a.im / 100 }),
  deg: (a) => a,
  abs: (a) => real(size(a)),
  floor: onReal(Math.floor),
  ceil: onReal(Math.ceil),
  "!": onReal((x) => gamma(x + 1)),
  binom: (n, k) => real(gamma(n.re + 1) / (gamma(k.re + 1) * gamma(n.re - k.re + 1))),
  sin: sine,
  cos: cosine,
  tan: (a) => quotient(sine(a), cosine(a)),
  cot: (a) => quotient(cosine(a), sine(a)),
  sec: (a) => quotient(real(1), cosine(a)),
  csc: (a) => quotient(real(1), sine(a)),
  arcsin: onReal(Math.asin),
  arccos: onReal(Math.acos),
  arctan: onReal(Math.atan),
  sinh: onReal(Math.sinh),
  cosh: onReal(Math.cosh),
  tanh: onReal(Math.tanh),
  ln: logarithm,
  lg: (a) => quotient(logarithm(a), real(Math.LN10)),
  exp: exponential,
  min: (a, b) => real(Math.min(a.re, b.re)),
  max: (a, b) => real(Math.max(a.re, b.re)),
};
const trigonometric = new Set(["sin", "cos", "tan", "cot", "sec", "csc"]);

/**
 * The value of a scalar node; not a number where it has none (sets, relations, unknown functions). `log` without base is natural unless both sides
 * of a comparison use it, which the caller arranges by `logBase`.
 */
export function evaluate(node: Node, variables: Assignment, logBase = 10): Complex {
  switch (node.kind) {
    case "number":
      return real(Number(node.value.n) / Number(node.value.d));
    case "symbol":
      return constants[node.name] ?? real(variables(node.name));
    case "unit":
      return evaluate(node.value, variables, logBase);
    case "apply":
      return applied(node.name, node.of, variables, logBase);
    default:
      return undefinedValue;
  }
}

function applied(name: string, of: readonly Node[], variables: Assignment, logBase: number): Complex {
  const values = of.map((part) => {
    const value = evaluate(part, variables, logBase);
    const degrees = trigonometric.has(name) && part.kind === "apply" && part.name === "deg";
    return degrees ? product(value, real(Math.PI / 180)) : value;
  });
  const [first = undefinedValue, second = first] = values;
  if (name === "log") {
    return values.length > 1 ? quotient(logarithm(second), logarithm(first)) : quotient(logarithm(first), logarithm(real(logBase)));
  }
  if (name === "prime") {
    return real(variables(`${JSON.stringify(of[0] && of[0].kind === "symbol" ? of[0].name : "")}'`));
  }
  return rules[name]?.(first, second) ?? undefinedValue;
}

/** Names of the variables in a node, constants left out. */
export function variablesOf(node: Node, into: Set<string> = new Set()): Set<string> {
  switch (node.kind) {
    case "symbol":
      if (!isConstant(node.name)) {
        into.add(node.name);
      }
      break;
    case "unit":
      variablesOf(node.value, into);
      break;
    case "apply":
    case "sets":
      for (const part of node.of) {
        variablesOf(part, into);
      }
      break;
    case "group":
      for (const part of node.items) {
        variablesOf(part, into);
      }
      break;
    case "relation":
      for (const part of node.sides) {
        variablesOf(part, into);
      }
      break;
    default:
      break;
  }
  return into;
}
