/** Exact fractions over big integers, bounded in size: an operation whose result would be too large gives undefined. */

/** A fraction in lowest terms with a positive denominator. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

const maxBits = 6000;
const limit = 1n << BigInt(maxBits);

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) {
    [x, y] = [y, x % y];
  }
  return x;
}

const bits = (value: bigint): number => value.toString(16).length * 4;

/** n / d in lowest terms; undefined for d = 0 or beyond 6,000 bits. */
export function rational(n: bigint, d = 1n): Rational | undefined {
  if (d === 0n || n >= limit || n <= -limit || d >= limit || d <= -limit) {
    return undefined;
  }
  if (d === 1n) {
    return { n, d };
  }
  const factor = gcd(n, d) * (d < 0n ? -1n : 1n);
  return { n: n / factor, d: d / factor };
}

/** The value of decimal digits such as "12.50" or ".4"; undefined beyond 400 digits. */
export function fromDecimal(digits: string): Rational | undefined {
  if (digits.length > 400) {
    return undefined;
  }
  const [whole = "", part = ""] = digits.split(".");
  return rational(BigInt(`${whole}${part}` || "0"), part === "" ? 1n : 10n ** BigInt(part.length));
}

/** Sum. */
export const add = (a: Rational, b: Rational): Rational | undefined => rational(a.n * b.d + b.n * a.d, a.d * b.d);
/** Product. */
export const multiply = (a: Rational, b: Rational): Rational | undefined => rational(a.n * b.n, a.d * b.d);
/** Quotient; undefined for a division by zero. */
export const divide = (a: Rational, b: Rational): Rational | undefined => rational(a.n * b.d, a.d * b.n);
/** Additive inverse. */
export const negate = (a: Rational): Rational => ({ n: -a.n, d: a.d });
/** Equality. */
export const same = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;

function root(value: bigint, degree: bigint): bigint | undefined {
  if (value < 0n) {
    return undefined;
  }
  if (value < 2n) {
    return value;
  }
  let high = 1n << BigInt(Math.ceil(bits(value) / Number(degree)) + 1);
  let low = 0n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** degree <= value) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low ** degree === value ? low : undefined;
}

/** a to the power b where that is rational and small: integer exponents up to 2,000, exact roots up to degree 6. Undefined otherwise. */
export function power(a: Rational, b: Rational): Rational | undefined {
  if (b.d > 6n || bits(b.n) > 12 || b.n > 2000n || b.n < -2000n) {
    return undefined;
  }
  const n = b.d === 1n ? a.n : root(a.n, b.d);
  const d = b.d === 1n ? a.d : root(a.d, b.d);
  if (n === undefined || d === undefined || (bits(n) + bits(d)) * Math.abs(Number(b.n)) > maxBits * 2) {
    return undefined;
  }
  return b.n >= 0n ? rational(n ** b.n, d ** b.n) : rational(d ** -b.n, n ** -b.n);
}

/** The nearest number. Exact to double precision also where numerator and denominator overflow. */
export function toNumber(a: Rational): number {
  const direct = Number(a.n) / Number(a.d);
  if (Number.isFinite(direct)) {
    return direct;
  }
  const shift = BigInt(Math.max(0, Math.min(bits(a.n), bits(a.d)) - 1000));
  return Number(a.n >> shift) / Number(a.d >> shift);
}
