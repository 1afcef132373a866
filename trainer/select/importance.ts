// Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019): what held-out rows lose when one feature is shuffled.

import { lossOf, mean, type Answers } from './metrics.ts';
import { shuffle, type Random } from '../table/random.ts';
import type { Table } from '../table/table.ts';

/** Shuffles per feature; their mean is one fold's figure. */
const REPEATS = 5;

/** By feature: mean loss on `heldOut` with that feature's values shuffled, minus the loss without. */
export function permutationImportance(
  heldOut: Table,
  answer: (rows: Float32Array) => Answers,
  random: Random,
): readonly number[] {
  const { count, width, values, target } = heldOut;
  const loss = lossOf(target, answer(values));
  return heldOut.signature.features.map((_, feature) => {
    const column = Float32Array.from({ length: count }, (_, row) => values[row * width + feature]!);
    const losses = Array.from({ length: REPEATS }, () => {
      shuffle(column, random);
      const shuffled = values.slice();
      column.forEach((value, row) => (shuffled[row * width + feature] = value));
      return lossOf(target, answer(shuffled));
    });
    return mean(losses) - loss;
  });
}
