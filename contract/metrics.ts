// What is recorded of a model's quality. Every figure has the dummy's beside it and its spread over the folds.

import { parseCount, parseList, parseObject, parseRecord, ParseError } from './parse.ts';

export interface Spread {
  readonly mean: number;
  /** Sample standard deviation over the folds. */
  readonly sd: number;
}

export interface Metrics {
  readonly folds: number;
  /** By metric name: accuracy, macro_f1, log_loss, ece for classes; rmse, mae, r2 for a number. */
  readonly model: Readonly<Record<string, Spread>>;
  /** The same metrics of the dummy: the commonest class with the class frequencies, or the mean. */
  readonly dummy: Readonly<Record<string, Spread>>;
  /** Rows by true label, columns by predicted label, counted over all held-out rows; absent for a number. */
  readonly confusion_matrix?: readonly (readonly number[])[];
  /** By feature: how much worse the log-loss (or RMSE) of held-out rows gets when its values are shuffled. */
  readonly permutation_importance: Readonly<Record<string, Spread>>;
}

export function parseMetrics(value: unknown, pointer: string): Metrics {
  const object = parseObject(value, pointer);
  const matrix = object.confusion_matrix;
  return {
    folds: parseCount(object.folds, `${pointer}/folds`),
    model: parseRecord(object.model, `${pointer}/model`, parseSpread),
    dummy: parseRecord(object.dummy, `${pointer}/dummy`, parseSpread),
    ...(matrix === undefined
      ? {}
      : {
          confusion_matrix: parseList(matrix, `${pointer}/confusion_matrix`, (row, at) =>
            parseList(row, at, parseCount),
          ),
        }),
    permutation_importance: parseRecord(
      object.permutation_importance,
      `${pointer}/permutation_importance`,
      parseSpread,
    ),
  };
}

function parseSpread(value: unknown, pointer: string): Spread {
  const { mean, sd } = parseObject(value, pointer);
  if (typeof mean !== 'number' || typeof sd !== 'number')
    throw new ParseError(pointer, 'must have a mean and an sd');
  return { mean, sd };
}
