// The same row answered twice: are both answers equal to the bit?

import type { ClassPrediction, NumberPrediction } from '#contract/predict.ts';
import type { Target } from '#contract/signature.ts';

export interface Comparison {
  /** Float32 values that were compared. */
  readonly values: number;
  readonly different: number;
  readonly largest: number;
}

/** `edge` as the API wrote it: the shortest decimals that name its float32 values. */
export function compareAnswers(
  target: Target,
  edge: ClassPrediction | NumberPrediction,
  here: Float32Array,
): Comparison {
  const theirs =
    'label' in edge && target.type === 'category'
      ? target.labels.map((label) => edge.probabilities[label] ?? NaN)
      : ['value' in edge ? edge.value : NaN];
  const gaps = theirs.map((value, at) => {
    const ours = here[at] ?? NaN;
    return Object.is(Math.fround(value), ours) ? 0 : Math.abs(Math.fround(value) - ours);
  });
  const different = gaps.filter((gap) => gap !== 0).length;
  return { values: theirs.length, different, largest: Math.max(...gaps) };
}
