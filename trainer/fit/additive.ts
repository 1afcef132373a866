// Trees that are added up, as the ONNX file does it: in float32, tree by tree, then what the sum starts from, then softmax.

import type { CartNode } from 'ml-cart';
import { predictLinear } from '#contract/model/linear.ts';
import { softmax, TREE_FORMAT_VERSION, type TreeEnsemble } from '#contract/model/tree.ts';
import type { Table } from '../table/table.ts';
import { flatten } from './flatten.ts';
import type { FittedModel } from './fitted-model.ts';
import { expandRow, layoutOf } from './layout.ts';
import { createWalk, type Walk } from './walk.ts';

/** A tree whose leaves are values of all outputs, or a number that is added to the output `only`. */
export interface Summand {
  readonly root: CartNode;
  readonly only?: number;
}

export interface Sum extends Pick<TreeEnsemble, 'linear' | 'post_transform'> {
  readonly summands: readonly Summand[];
  /** By output; zeros when not said. */
  readonly start?: readonly number[];
}

/** `table` is the one it was fitted on. */
export function additiveModel({ signature, target }: Table, sum: Sum): FittedModel {
  const { summands, linear, post_transform } = sum;
  const outputs = target.type === 'category' ? target.labels : 1;
  const base = (sum.start ?? new Array<number>(outputs).fill(0)).map(Math.fround);
  const layout = layoutOf(signature.features);
  const expanded = new Float64Array(layout.width);
  const valuesOf = (answer: CartNode['distribution'], only: number): readonly number[] => {
    if (typeof answer !== 'number') return answer!.getRow(0);
    const values = new Array<number>(outputs).fill(0);
    values[only] = answer;
    return values;
  };
  const ensemble: TreeEnsemble = {
    format_version: TREE_FORMAT_VERSION,
    outputs,
    base_values: base,
    trees: summands.map(({ root, only = 0 }) =>
      flatten(root, layout, ({ distribution }) => valuesOf(distribution, only)),
    ),
    ...(linear !== undefined && { linear }),
    ...(post_transform !== undefined && { post_transform }),
  };
  // Laid out when it is asked for the first time: a fit that is only written down never is.
  let walk: Walk | null = null;
  return {
    signature,
    ensemble,
    predictAll(rows) {
      const width = signature.features.length;
      walk ??= createWalk(ensemble);
      const answers = walk(rows, width);
      return Array.from({ length: rows.length / width }, (_, row) =>
        answers.subarray(row * outputs, (row + 1) * outputs),
      );
    },
    predict(rows, offset) {
      const margins = new Float32Array(outputs);
      expandRow(layout, rows, offset, expanded);
      for (const { root, only = 0 } of summands) {
        const answer = root.classify(expanded);
        if (typeof answer === 'number') margins[only]! += answer;
        else answer.getRow(0).forEach((value, output) => (margins[output]! += value));
      }
      for (let output = 0; output < outputs; output++) margins[output]! += base[output]!;
      if (linear !== undefined)
        predictLinear(linear, rows, offset).forEach((value, at) => (margins[at]! += value));
      return post_transform === 'softmax' ? softmax(margins) : margins;
    },
  };
}
