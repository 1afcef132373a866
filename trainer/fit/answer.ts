// What a node answers for its rows. A leaf of three rows that agree is not certain: a few more rows are added, that are
// spread as its parent's are, which were smoothed likewise. On few rows a leaf then answers much as its neighbours do.

import type { Table } from '../table.ts';
import type { Range } from './orders.ts';

/** Values by output: the probability of each label, or the one number. */
export type Answer = readonly number[];

/** Answers for the rows in `order[start…end)`, given what the parent answers; the root has none. */
export type AnswerNode = (order: Int32Array, range: Range, parent: Answer | null) => Answer;

/**
 * (nc + s·pc) / (n + s) for each label c, with s = `smoothing` rows and pc the parent's answer (m-estimate, Cestnik 1990,
 * with the parent as prior; at the root 1/k); for a number the mean, with s rows of the parent's.
 */
export function createAnswers(
  target: Table['target'],
  smoothing: number,
  weights: Float64Array,
): AnswerNode {
  if (target.type === 'category') {
    const even = new Array<number>(target.labels).fill(1 / target.labels);
    return (order, { start, end }, parent) => {
      const rows = (parent ?? even).map((probability) => smoothing * probability);
      let count = 0;
      for (let place = start; place < end; place++) {
        const row = order[place]!;
        rows[target.codes[row]!]! += weights[row]!;
        count += weights[row]!;
      }
      return rows.map((found) => found / (count + smoothing));
    };
  }
  return (order, { start, end }, parent) => {
    let [sum, count] = [0, 0];
    for (let place = start; place < end; place++) {
      const row = order[place]!;
      sum += weights[row]! * target.values[row]!;
      count += weights[row]!;
    }
    const prior = parent?.[0] ?? sum / count;
    return [(sum + smoothing * prior) / (count + smoothing)];
  };
}
