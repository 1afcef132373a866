// Functions of float32 rows as ONNX Runtime's standard operators have them: MLAS's polynomials on four lanes, each operation
// rounded by itself, since WebAssembly has no fused one (onnxruntime/core/mlas/lib: compute.cpp, logistic.cpp, tanh.cpp).

const f = Math.fround;

const LANES = 4;
const LOWEST = -3.4028234663852886e38;

// MlasExpConstants.
const LOWER = -88.37625885009766;
const BIAS = 12582912;
const LOG2_E = 1.4426950216293335;
const LN2_HIGH = f(-6.93145752e-1);
const LN2_LOW = f(-1.42860677e-6);
const POLYNOMIAL = [
  0.0013780593872070313, 0.008373124524950981, 0.041669536381959915, 0.166664719581604,
  0.49999985098838806, 1, 1,
].map(f);

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** exp of what is at most 0. */
function exp(x: number): number {
  const clamped = Math.max(LOWER, x);
  const biased = f(f(clamped * LOG2_E) + BIAS);
  const m = f(biased - BIAS);
  const r = f(f(m * LN2_LOW) + f(f(m * LN2_HIGH) + clamped));
  let p = POLYNOMIAL[0]!;
  for (let term = 1; term < POLYNOMIAL.length; term++) p = f(f(p * r) + POLYNOMIAL[term]!);
  float[0] = biased;
  bits[0] = (bits[0]! << 23) + 0x3f80_0000;
  return f(p * float[0]);
}

/** Softmax of each row, in place. */
export function softmaxRows(values: Float32Array, width: number): void {
  for (let start = 0; start < values.length; start += width) {
    const row = values.subarray(start, start + width);
    const largest = maximumOf(row);
    const sums = [0, 0, 0, 0];
    const whole = width - (width % LANES);
    for (let place = 0; place < whole; place++) {
      row[place] = exp(f(row[place]! - largest));
      sums[place % LANES] = f(sums[place % LANES]! + row[place]!);
    }
    let sum = f(f(sums[0]! + sums[2]!) + f(sums[1]! + sums[3]!));
    for (let place = whole; place < width; place++) {
      row[place] = exp(f(row[place]! - largest));
      sum = f(sum + row[place]!);
    }
    const scale = f(1 / sum);
    for (let place = 0; place < width; place++) row[place] = row[place]! * scale;
  }
}

/** The lanes keep a NaN, what is left over behind them does not. */
function maximumOf(row: Float32Array): number {
  const whole = row.length - (row.length % LANES);
  let largest = LOWEST;
  for (let place = 0; place < whole; place++) largest = Math.max(largest, row[place]!);
  for (let place = whole; place < row.length; place++)
    largest = largest < row[place]! ? row[place]! : largest;
  return largest;
}

const LOGISTIC_TOP = [
  4.37031012579801e-11, 1.15627324459942e-7, 6.08574864600143e-5, 8.51377133304701e-3,
  2.48287947061529e-1,
].map(f);
const LOGISTIC_BOTTOM = [
  6.10247389755681e-13, 5.76102136993427e-9, 6.2910678501704e-6, 1.70198817374094e-3,
  1.16817656904453e-1, 9.9315192102318e-1,
].map(f);

/** The Sigmoid operator. */
export function sigmoid(x: number): number {
  const value = clamp(x, -18, 18);
  const square = f(value * value);
  const top = f(polynomial(LOGISTIC_TOP, square) * value);
  return clamp(f(f(top / polynomial(LOGISTIC_BOTTOM, square)) + 0.5), 0, 1);
}

const TANH_TOP = [
  -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8,
  1.48572235717979e-5, 6.37261928875436e-4, 4.89352455891786e-3,
].map(f);
const TANH_BOTTOM = [
  1.19825839466702e-6, 1.18534705686654e-4, 2.268434632439e-3, 4.89352518554385e-3,
].map(f);

/** The Tanh operator. */
export function tanh(x: number): number {
  const value = clamp(x, -9, 9);
  const square = f(value * value);
  return f(f(polynomial(TANH_TOP, square) * value) / polynomial(TANH_BOTTOM, square));
}

/** Horner's scheme, the highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = coefficients[0]!;
  for (let term = 1; term < coefficients.length; term++) sum = f(f(sum * x) + coefficients[term]!);
  return sum;
}

const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);
