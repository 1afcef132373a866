// Tail probabilities that the tests need, accurate to about 1e-14: normal, chi-square, and the Kolmogorov-Smirnov statistics.
// Formulas: Abramowitz & Stegun, Handbook of Mathematical Functions, 6.5, 7.1 and 26.4.

const SQRT_PI = Math.sqrt(Math.PI);

/** Complementary error function (A&S 7.1.2): 1 − erf(x). */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x < 2) return 1 - erf(x);
  if (x > 27) return 0;
  // Continued fraction 7.1.14, from the inside out.
  let fraction = x;
  for (let term = 120; term > 0; term--) fraction = x + term / 2 / fraction;
  return Math.exp(-x * x) / (SQRT_PI * fraction);
}

/** Series 7.1.6, which has positive terms only. */
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return ((2 * Math.exp(-x * x)) / SQRT_PI) * sum;
}

/** P(Z > z) of a standard normal Z. */
export const normalSurvival = (z: number): number => erfc(z / Math.SQRT2) / 2;

/** P(X > x) of a chi-square X with `df` degrees of freedom, a whole number (A&S 26.4.4 and 26.4.5). */
export function chiSquareSurvival(x: number, df: number): number {
  if (!(x > 0) || df < 1) return 1;
  const half = x / 2;
  // Terms half^k / Γ(k + 1) · e^−half, k = 0, 1, 2, … for an even df, ½, 1½, … for an odd one.
  const isOdd = df % 2 === 1;
  const terms = isOdd ? (df - 1) / 2 : df / 2;
  const first = isOdd ? Math.sqrt(half) / (SQRT_PI / 2) : 1;
  let sum = isOdd ? erfc(Math.sqrt(half)) : 0;
  let exponent = -half;
  let term = first;
  for (let k = 0; k < terms; k++) {
    sum += term * Math.exp(exponent);
    term *= half / (k + (isOdd ? 1.5 : 1));
    // Kept in range: a term is `term · e^exponent`.
    if (term > 1e250) {
      term *= 1e-250;
      exponent += 250 * Math.LN10;
    }
  }
  return Math.min(1, sum);
}

/**
 * P(D ≥ d) of the two-sided two-sample Kolmogorov-Smirnov statistic under equal continuous distributions, exactly: the
 * share of lattice paths from (0, 0) to (m, n) that reach the distance d (Hodges 1958). O(m · n).
 */
export function ksTwoSampleSurvival(d: number, m: number, n: number): number {
  if (d <= 0) return 1;
  // Distances are multiples of 1 / (m n): compared as whole numbers.
  const limit = Math.round(d * m * n) - 0.5;
  const isOutside = (i: number, j: number): boolean => Math.abs(i * n - j * m) >= limit;
  // outside[j] after row i: P(a path to (i, j) has been outside). The last step came from the left with j / (i + j).
  let outside = new Float64Array(n + 1);
  for (let i = 0; i <= m; i++) {
    const row = new Float64Array(n + 1);
    for (let j = 0; j <= n; j++) {
      if (isOutside(i, j)) row[j] = 1;
      else if (i + j > 0) {
        const below = i > 0 ? outside[j]! * (i / (i + j)) : 0;
        const left = j > 0 ? row[j - 1]! * (j / (i + j)) : 0;
        row[j] = below + left;
      }
    }
    outside = row;
  }
  return outside[n]!;
}

/**
 * P(D ≥ d) of the one-sample statistic with n values: Marsaglia, Tsang & Wang, "Evaluating Kolmogorov's distribution"
 * (2003), 1 − n! / nⁿ · (Hⁿ)ₖₖ.
 */
export function ksOneSampleSurvival(d: number, n: number): number {
  if (d <= 0) return 1;
  if (d >= 1) return 0;
  // Beyond double precision, the matrix would be large for nothing.
  if (n * d * d > 18) return 2 * Math.exp(-2 * n * d * d);
  const k = Math.floor(n * d) + 1;
  const h = k - n * d;
  const size = 2 * k - 1;
  const matrix = ksMatrix(size, h);
  const { values, exponent: start } = power({ values: matrix, exponent: 0 }, n, size);
  let exponent = start;
  let probability = values[(k - 1) * size + k - 1]!;
  for (let i = 1; i <= n; i++) {
    probability *= i / n;
    if (probability < 1e-140) {
      probability *= 1e140;
      exponent -= 140;
    }
  }
  return Math.max(0, 1 - probability * 10 ** exponent);
}

function ksMatrix(size: number, h: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) if (i - j + 1 >= 0) matrix[i * size + j] = 1;
  for (let i = 0; i < size; i++) {
    matrix[i * size]! -= h ** (i + 1);
    matrix[(size - 1) * size + i]! -= h ** (size - i);
  }
  if (2 * h - 1 > 0) matrix[(size - 1) * size]! += (2 * h - 1) ** size;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) for (let g = 2; g <= i - j + 1; g++) matrix[i * size + j]! /= g;
  return matrix;
}

interface Scaled {
  readonly values: Float64Array;
  /** The values stand for themselves times 10^exponent. */
  readonly exponent: number;
}

function power(base: Scaled, times: number, size: number): Scaled {
  if (times === 1) return base;
  const half = power(base, Math.floor(times / 2), size);
  const squared = product(half, half, size);
  return times % 2 === 0 ? squared : product(squared, base, size);
}

function product(a: Scaled, b: Scaled, size: number): Scaled {
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++) {
      const factor = a.values[i * size + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) values[i * size + j]! += factor * b.values[k * size + j]!;
    }
  const exponent = a.exponent + b.exponent;
  const middle = values[((size * size) / 2) | 0]!;
  if (middle <= 1e140) return { values, exponent };
  return { values: values.map((value) => value * 1e-140), exponent: exponent + 140 };
}
