// What a fit gives, whatever the family.

import type { EncodedSignature } from '#contract/features/encoded.ts';
import type { TreeEnsemble } from '#contract/model/tree.ts';

export interface FittedModel {
  /** The table's, with categories in the order the trees ask in. */
  readonly signature: EncodedSignature;
  readonly ensemble: TreeEnsemble;
  /** ml-cart's own answer to the row at `offset` of `rows`, encoded by `signature`: one value per output. */
  predict(rows: Float32Array, offset: number): ArrayLike<number>;
  /** The same for all rows of `rows`, some hundred times faster. */
  predictAll(rows: Float32Array): readonly Float32Array[];
}
