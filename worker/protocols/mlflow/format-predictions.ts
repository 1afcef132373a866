// The answer of MLflow's scoring server: {"predictions": […]}, one label, value or list of probabilities a row.

import { shortestDecimal } from '#contract/tensors/float32.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import { invalid } from '#contract/problem.ts';
import { likeliest } from '../../inference/likeliest.ts';
import type { Inference } from '../../inference/predictor.ts';
import type { PredictMethod } from './parse-invocation.ts';

/** JSON text. Throws ProblemError when probabilities are asked of a model that predicts a number. */
export function formatPredictions(
  manifest: TabularManifest,
  { outputs, rows }: Inference,
  method: PredictMethod,
): string {
  const { target } = manifest.signature;
  if (target.type === 'number') {
    if (method === 'predict_proba')
      throw invalid(
        '/params/predict_method',
        'must be "predict" for a model that predicts a number',
      );
    return wrap(Array.from(outputs, shortestDecimal));
  }
  const width = target.labels.length;
  if (method === 'predict') {
    const texts = target.labels.map((label) => JSON.stringify(label));
    return wrap(likeliest(outputs, rows, width).map((index) => texts[index]!));
  }
  return wrap(
    Array.from({ length: rows }, (_, row) => {
      const values = Array.from(outputs.subarray(row * width, (row + 1) * width), shortestDecimal);
      return `[${values.join(',')}]`;
    }),
  );
}

const wrap = (predictions: readonly string[]): string =>
  `{"predictions":[${predictions.join(',')}]}`;
