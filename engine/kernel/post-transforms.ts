// Post transforms of ai.onnx.ml's operators (onnxruntime/core/providers/cpu/ml/ml_common.h), in float32.

import { expf } from './expf.ts';

const f = Math.fround;
const LOWEST = -3.4028234663852886e38;

/** What is nearer to 0 counts as no score at SOFTMAX_ZERO. */
const NOTHING = f(0.0000001);

export function softmaxInPlace(values: Float32Array): void {
  const largest = largestOf(values);
  let sum = 0;
  for (let place = 0; place < values.length; place++) {
    values[place] = expf(f(values[place]! - largest));
    sum = f(sum + values[place]!);
  }
  for (let place = 0; place < values.length; place++) values[place] = values[place]! / sum;
}

export function softmaxZeroInPlace(values: Float32Array): void {
  const largest = largestOf(values);
  const ofZero = expf(-largest);
  let sum = 0;
  for (let place = 0; place < values.length; place++) {
    const value = values[place]!;
    if (value > NOTHING || value < -NOTHING) {
      values[place] = expf(f(value - largest));
      sum = f(sum + values[place]!);
    } else values[place] = value * ofZero;
  }
  for (let place = 0; place < values.length; place++) values[place] = values[place]! / sum;
}

/** NaN is larger than nothing. */
function largestOf(values: Float32Array): number {
  let largest = LOWEST;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}
