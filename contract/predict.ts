// The product's own request and response: POST /v1/models/{model}/predict.

import type { RowValue } from './features/cell.ts';
import type { Warning } from './features/encode-row.ts';

export interface PredictRequest {
  /** Each row an object of the signature's features by API name. */
  readonly rows: readonly Readonly<Record<string, RowValue>>[];
}

export interface ClassPrediction {
  /** The likeliest label; the first of the signature's labels on a tie. */
  readonly label: string;
  readonly probability: number;
  /** Float32 values in their shortest decimal form, by label. */
  readonly probabilities: Readonly<Record<string, number>>;
}

export interface NumberPrediction {
  /** In the target's unit. */
  readonly value: number;
}

export interface PredictResponse {
  readonly model_name: string;
  readonly model_version: string;
  /** Of the version's manifest.json, lower-case hex. */
  readonly manifest_sha256: string;
  readonly id: string;
  readonly predictions: readonly (ClassPrediction | NumberPrediction)[];
  /** What was answered although the model never saw its like; absent when there is nothing to say. */
  readonly warnings?: readonly Warning[];
  /** How many warnings there are beyond the 100 that are listed; absent when all are. */
  readonly more_warnings?: number;
}
