// A version's tree.json → what explains its answers. The Worker and the browser call this and nothing below it.

import { offsetsOf, widthOf } from '../encoded.ts';
import type { Signature } from '../signature.ts';
import type { TreeEnsemble } from '../tree.ts';
import { flattenTrees } from './flat-trees.ts';
import { createTreeShap } from './tree-shap.ts';

/**
 * What the attributions add up to: a probability, the raw score of a class before it is made a probability (log-odds), or
 * the number that is predicted, in the target's unit.
 */
export type Space = 'probability' | 'margin' | 'value';

export interface Explainer {
  readonly space: Space;
  /** Features of the signature, each a row of the attributions. */
  readonly features: number;
  /** One a label, or 1 for a number. */
  readonly outputs: number;
  /** The answer to a row of which nothing is known, by output: where the attributions start from. */
  readonly baseValues: Float64Array;
  /**
   * Writes the attributions of the encoded row at `offset` of `rows` to `into`: [features, outputs] row-major, float64.
   * With the base values they add up to the answer. Allocates nothing.
   */
  explain(rows: Float32Array, offset: number, into: Float64Array): void;
  /** The same for one output alone: [features]. */
  explainOutput(rows: Float32Array, offset: number, output: number, into: Float64Array): void;
}

/** Prepares a version's trees; call it once per version, not per row. Throws RangeError where they do not fit its signature. */
export function createExplainer(ensemble: TreeEnsemble, signature: Signature): Explainer {
  const { features, target } = signature;
  const { outputs } = ensemble;
  const answers = target.type === 'category' ? target.labels.length : 1;
  if (outputs !== answers)
    throw new RangeError(`trees answer ${outputs} values, the signature has ${answers}`);
  const trees = createTreeShap(flattenTrees(ensemble.trees, featuresByPlace(signature)), outputs);
  const baseValues = trees.expected.map((value, output) => value + ensemble.base_values[output]!);
  return {
    space: target.type === 'category' ? 'probability' : 'value',
    features: features.length,
    outputs,
    baseValues,
    explain(rows, offset, into) {
      into.fill(0, 0, features.length * outputs);
      trees.add(rows, offset, 0, outputs, into);
    },
    explainOutput(rows, offset, output, into) {
      into.fill(0, 0, features.length);
      trees.add(rows, offset, output, output + 1, into);
    },
  };
}

/** By place in an encoded row: the feature of the value there. */
function featuresByPlace(signature: Signature): Int32Array {
  const offsets = offsetsOf(signature);
  const width = signature.features.reduce((sum, feature) => sum + widthOf(feature), 0);
  const features = new Int32Array(width);
  signature.features.forEach((feature, index) =>
    features.fill(index, offsets[index], offsets[index]! + widthOf(feature)),
  );
  return features;
}
