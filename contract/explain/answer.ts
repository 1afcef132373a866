// The product's own request and response: POST /v1/models/{model}/explain.

import type { RowValue } from '../features/cell.ts';
import type { Warning } from '../features/encode-row.ts';
import type { ClassPrediction, NumberPrediction } from '../predict.ts';
import type { Contributions } from './contributions.ts';
import type { Step } from './decision-path.ts';
import type { Space } from './explainer.ts';

export interface ExplainRequest {
  readonly rows: readonly Readonly<Record<string, RowValue>>[];
  /** The label to explain; by default each row's predicted one. Only for classes. */
  readonly label?: string;
  /** How many features to list; by default all. */
  readonly top?: number;
}

export interface Explanation extends Contributions {
  readonly prediction: ClassPrediction | NumberPrediction;
  /** The label that is explained; absent for a number. */
  readonly label?: string;
  /** From the root to the leaf; only for a model of a single tree. */
  readonly path?: readonly Step[];
}

export interface ExplainResponse {
  readonly model_name: string;
  readonly model_version: string;
  /** Of the version's manifest.json, lower-case hex. */
  readonly manifest_sha256: string;
  readonly id: string;
  /** What output, base value and contributions are: probabilities, raw scores (log-odds), or values in the target's unit. */
  readonly space: Space;
  readonly explanations: readonly Explanation[];
  readonly warnings?: readonly Warning[];
  /** How many warnings there are beyond the 100 that are listed; absent when all are. */
  readonly more_warnings?: number;
}
