// Half precision (IEEE 754 binary16): one sign bit, five of exponent, ten of fraction. By hand, because not every browser
// has DataView.setFloat16 yet.

const SMALLEST_NORMAL = 2 ** -14;
/** The step between subnormal numbers. */
const STEP = 2 ** -24;
/** From here on the nearest binary16 is infinity. */
const OVERFLOW = 65_520;

export function readFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * STEP;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The bits of the nearest binary16; of two that are equally near, the one with an even fraction. */
export function float16Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= OVERFLOW) return sign | 0x7c00;
  if (size < SMALLEST_NORMAL) return sign | roundHalfEven(size / STEP);
  const exponent = exponentOf(size);
  // A fraction that rounds up to 1024 carries into the exponent, as it should.
  return sign | (((exponent + 15) << 10) + roundHalfEven((size / 2 ** exponent - 1) * 1024));
}

function exponentOf(size: number): number {
  const exponent = Math.floor(Math.log2(size));
  return 2 ** exponent > size ? exponent - 1 : exponent;
}

function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest > 0.5 || (rest === 0.5 && below % 2 === 1)) return below + 1;
  return below;
}
