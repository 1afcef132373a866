// Rows that lie in wait for a faulty conversion: values on every threshold and one float32 step beside it, missing and
// unseen values, the ends of the float32 range.

import type { EncodedSignature } from '#contract/features/encoded.ts';
import type { TreeEnsemble } from '#contract/model/tree.ts';
import { nextFloat32, previousFloat32 } from './float32.ts';
import { createRandom } from './random.ts';
import type { Table } from './table.ts';

const LARGEST = Math.fround(3.4028234663852886e38);
const SMALLEST = 2 ** -149;
const EXTREMES = [
  NaN,
  0,
  -0,
  1,
  -1,
  SMALLEST,
  -SMALLEST,
  2 ** -126,
  LARGEST,
  -LARGEST,
  Infinity,
  -Infinity,
];

/** [count, features] encoded rows. Each value is taken from its feature's hard cases, or from a row of the table. */
export function adversarialRows(
  ensemble: TreeEnsemble,
  table: Table,
  { count, seed }: { count: number; seed: number },
): Float32Array<ArrayBuffer> {
  const random = createRandom(seed, 'adversarial rows');
  const { width } = table;
  const cases = hardCases(ensemble, table.signature);
  const rows = new Float32Array(count * width);
  for (let row = 0; row < count; row++) {
    const real = random.below(table.count) * width;
    for (let feature = 0; feature < width; feature++) {
      const hard = cases[feature]!;
      const isReal = random.next() < 0.4;
      rows[row * width + feature] = isReal
        ? table.values[real + feature]!
        : hard[random.below(hard.length)]!;
    }
  }
  return rows;
}

/** By feature: every threshold with its neighbours and the extremes, or every code with the codes that mean nothing. */
function hardCases(ensemble: TreeEnsemble, { features }: EncodedSignature): readonly number[][] {
  const cases = features.map((feature): number[] =>
    feature.type === 'number'
      ? [...EXTREMES, feature.minimum, feature.maximum]
      : [...EXTREMES, -2, 0.5, ...feature.categories.keys(), feature.categories.length],
  );
  for (const tree of ensemble.trees) {
    tree.mode.forEach((mode, node) => {
      const threshold = tree.threshold[node]!;
      const beside = [threshold, nextFloat32(threshold), previousFloat32(threshold)];
      if (mode !== 'leaf') cases[tree.feature[node]!]!.push(...beside);
    });
  }
  return cases;
}
