/** Complex arithmetic in double precision, so that roots and logarithms of negative numbers have a value. */

/** re + im·i. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A real number. */
export const real = (re: number): Complex => ({ re, im: 0 });
/** No value. */
export const undefinedValue: Complex = { re: Number.NaN, im: Number.NaN };

/** Sum. */
export const plus = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
/** Difference. */
export const minus = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im });
/** Product. */
export const product = (a: Complex, b: Complex): Complex =>
  a.im === 0 && b.im === 0 ? real(a.re * b.re) : { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
/** Absolute value. */
export const size = (a: Complex): number => (a.im === 0 ? Math.abs(a.re) : Math.hypot(a.re, a.im));

/** Quotient; not a number for a division by zero. */
export function quotient(a: Complex, b: Complex): Complex {
  const d = b.re * b.re + b.im * b.im;
  if (d === 0) {
    return undefinedValue;
  }
  return b.im === 0 ? { re: a.re / b.re, im: a.im / b.re } : { re: (a.re * b.re + a.im * b.im) / d, im: (a.im * b.re - a.re * b.im) / d };
}

/** Natural logarithm, principal branch. */
export function logarithm(a: Complex): Complex {
  return a.im === 0 && a.re > 0 ? real(Math.log(a.re)) : { re: Math.log(size(a)), im: Math.atan2(a.im, a.re) };
}

/** e to the power a. */
export function exponential(a: Complex): Complex {
  const r = Math.exp(a.re);
  return a.im === 0 ? real(r) : { re: r * Math.cos(a.im), im: r * Math.sin(a.im) };
}

/** a to the power b, principal branch; real where both are real and a is not negative or b is an integer. 0 to the power 0 is 1. */
export function raise(a: Complex, b: Complex): Complex {
  if (a.im === 0 && b.im === 0 && (a.re >= 0 || Number.isInteger(b.re))) {
    return real(a.re ** b.re);
  }
  return a.re === 0 && a.im === 0 ? real(0) : exponential(product(b, logarithm(a)));
}
