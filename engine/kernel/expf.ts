// exp of float32 as ONNX Runtime's tree and linear operators have it: musl's expf, which is Arm's (optimized-routines, expf.c).
// Math.exp rounded to float32 is another function: it differs in some 650 of a million values.

/** 2^(i/32) for i from 0 to 31. */
const POWERS = Float64Array.of(
  1.0,
  1.0218971486541166,
  1.0442737824274138,
  1.0671404006768237,
  1.0905077326652577,
  1.1143867425958924,
  1.1387886347566916,
  1.1637248587775775,
  1.189207115002721,
  1.215247359980469,
  1.241857812073484,
  1.2690509571917332,
  1.2968395546510096,
  1.3252366431597413,
  1.3542555469368927,
  1.383909881963832,
  1.4142135623730951,
  1.4451808069770467,
  1.4768261459394993,
  1.5091644275934228,
  1.5422108254079407,
  1.5759808451078865,
  1.6104903319492543,
  1.645755478153965,
  1.681792830507429,
  1.718619298122478,
  1.7562521603732995,
  1.7947090750031072,
  1.8340080864093424,
  1.8741676341103,
  1.9152065613971474,
  1.9571441241754002,
);

const STEPS = 32;

/** 32 / ln 2. */
const SCALE = 46.16624130844683;

/** Added and taken off again, rounds to a whole number. */
const SHIFT = 6755399441055744;

/** 2^(r/32) − 1 for |r| ≤ ½ is about this polynomial of r, without its constant. */
const CUBE = 1.6938359250920212e-6;
const SQUARE = 0.00023459809789509004;
const LINE = 0.021660849396613134;

/** Above, a float32 overflows; below, it is 0. */
const LARGEST = 88.72283172607422;
const SMALLEST = -103.97207641601563;

/** `x` and the answer are float32. */
export function expf(x: number): number {
  if (x > LARGEST) return Infinity;
  if (x < SMALLEST) return 0;
  const scaled = SCALE * x;
  const whole = scaled + SHIFT - SHIFT;
  const r = scaled - whole;
  const steps = Math.floor(whole / STEPS);
  const power = POWERS[whole - steps * STEPS]! * 2 ** steps;
  const r2 = r * r;
  const tail = LINE * r + 1;
  return Math.fround(((CUBE * r + SQUARE) * r2 + tail) * power);
}

/** The logistic function of ONNX Runtime's ai.onnx.ml operators (ml_common.h). */
export function logisticOf(x: number): number {
  const positive = Math.fround(1 / Math.fround(1 + expf(-Math.abs(x))));
  return x < 0 ? Math.fround(1 - positive) : positive;
}
