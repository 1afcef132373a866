// What a model's outputs say, in the shape the API says it.

import { shortestDecimal } from '#contract/tensors/float32.ts';
import type { ClassPrediction, NumberPrediction } from '#contract/predict.ts';
import type { Target } from '#contract/signature.ts';

/** `outputs`: the probabilities of the labels in their order, or the number. */
export function predictionOf(
  target: Target,
  outputs: Float32Array,
): ClassPrediction | NumberPrediction {
  const values = Array.from(outputs, (value) => Number(shortestDecimal(value)));
  if (target.type === 'number') return { value: values[0] ?? NaN };
  const best = outputs.indexOf(Math.max(...outputs));
  return {
    label: target.labels[best] ?? '',
    probability: values[best] ?? NaN,
    probabilities: Object.fromEntries(target.labels.map((label, at) => [label, values[at] ?? NaN])),
  };
}
