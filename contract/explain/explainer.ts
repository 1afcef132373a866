// A version's tree.json → attributions of its answers to the features. The Worker and the browser call this; the files it
// imports from here are its own.

import { offsetsOf, widthOf } from '../features/encoded.ts';
import type { Signature } from '../signature.ts';
import type { TreeEnsemble } from '../model/tree.ts';
import type { Additive } from './additive.ts';
import { flattenTrees } from './flat-trees.ts';
import { createLinearShap } from './linear-shap.ts';
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

/** Prepares a version's model; call it once per version, not per row. Throws RangeError where it does not fit its signature. */
export function createExplainer(ensemble: TreeEnsemble, signature: Signature): Explainer {
  const { features, target } = signature;
  const { outputs } = ensemble;
  const answers = target.type === 'category' ? target.labels.length : 1;
  if (outputs !== answers)
    throw new RangeError(`the model answers ${outputs} values, the signature has ${answers}`);
  const terms = termsOf(ensemble, featuresByPlace(signature));
  const baseValues = Float64Array.from(ensemble.base_values);
  for (const { expected } of terms)
    expected.forEach((value, output) => (baseValues[output]! += value));
  return {
    space: spaceOf(ensemble, signature),
    features: features.length,
    outputs,
    baseValues,
    explain(rows, offset, into) {
      into.fill(0, 0, features.length * outputs);
      for (const term of terms) term.add(rows, offset, 0, outputs, into);
    },
    explainOutput(rows, offset, output, into) {
      into.fill(0, 0, features.length);
      for (const term of terms) term.add(rows, offset, output, output + 1, into);
    },
  };
}

function termsOf(
  { trees, linear, outputs }: TreeEnsemble,
  features: Int32Array,
): readonly Additive[] {
  const ofTrees = createTreeShap(flattenTrees(trees, features), outputs);
  return linear === undefined ? [ofTrees] : [ofTrees, createLinearShap(linear, features)];
}

function spaceOf({ post_transform }: TreeEnsemble, { target }: Signature): Space {
  if (target.type === 'number') return 'value';
  return post_transform === undefined ? 'probability' : 'margin';
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
