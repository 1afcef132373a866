// Gini impurity (Breiman et al. 1984, §4.3) in weights of rows: that of two sides is lowest when Σ nc²/n over both is highest.

import type { ClassColumn } from '../table/table.ts';
import type { Impurity } from './impurity.ts';

/**
 * A node answers (nc + s·pc) / (n + s) for each label c, with s = `smoothing` rows and pc the parent's answer (m-estimate,
 * Cestnik 1990, with the parent as prior; at the root 1/k).
 */
export function giniImpurity(
  { codes, labels }: ClassColumn,
  weights: Float64Array,
  smoothing: number,
): Impurity {
  const all = new Float64Array(labels);
  const near = new Float64Array(labels);
  const far = new Float64Array(labels);
  const even = new Array<number>(labels).fill(1 / labels);
  const boundary = { place: -1 };
  const node = { weight: 0, squares: 0, isPure: true };
  return {
    boundary,
    open(rows, start, end) {
      for (let label = 0; label < labels; label++) all[label] = 0;
      let weight = 0;
      for (let place = start; place < end; place++) {
        const row = rows[place]!;
        all[codes[row]!]! += weights[row]!;
        weight += weights[row]!;
      }
      let [squares, found] = [0, 0];
      for (let label = 0; label < labels; label++) {
        const own = all[label]!;
        squares += own * own;
        if (own > 0) found++;
      }
      node.weight = weight;
      node.squares = squares;
      node.isPure = found <= 1;
    },
    isPure: () => node.isPure,
    answer(parent) {
      const prior = parent ?? even;
      const size = node.weight + smoothing;
      const answer = new Array<number>(labels);
      for (let label = 0; label < labels; label++)
        answer[label] = (all[label]! + smoothing * prior[label]!) / size;
      return answer;
    },
    sweep({ rows, ranks, size }, missing) {
      const { weight: total, squares } = node;
      for (let label = 0; label < labels; label++) {
        near[label] = 0;
        far[label] = all[label]!;
      }
      let [nearWeight, nearSquares, farSquares] = [0, 0, squares];
      let [best, found] = [-Infinity, -1];
      let rank = ranks[0]!;
      for (let place = 0; place + 1 < size && rank !== missing; place++) {
        const row = rows[place]!;
        const code = codes[row]!;
        const weight = weights[row]!;
        nearWeight += weight;
        nearSquares += weight * (2 * near[code]! + weight);
        farSquares -= weight * (2 * far[code]! - weight);
        near[code]! += weight;
        far[code]! -= weight;
        const next = ranks[place + 1]!;
        if (next === rank) continue;
        rank = next;
        const score = nearSquares / nearWeight + farSquares / (total - nearWeight);
        if (score > best) {
          best = score;
          found = place;
        }
      }
      boundary.place = found;
      return best;
    },
    part({ rows }, from, to) {
      let [nearWeight, nearSquares, farSquares] = [0, 0, node.squares];
      // Labels that these rows do not have are left as they are.
      for (let place = from; place < to; place++) {
        const code = codes[rows[place]!]!;
        near[code] = 0;
        far[code] = all[code]!;
      }
      for (let place = from; place < to; place++) {
        const row = rows[place]!;
        const code = codes[row]!;
        const weight = weights[row]!;
        nearWeight += weight;
        nearSquares += weight * (2 * near[code]! + weight);
        farSquares -= weight * (2 * far[code]! - weight);
        near[code]! += weight;
        far[code]! -= weight;
      }
      return nearSquares / nearWeight + farSquares / (node.weight - nearWeight);
    },
    parentScore: () => node.squares / node.weight,
    total: () => node.weight - node.squares / node.weight,
    gain: (score) => (score - node.squares / node.weight) / node.weight,
  };
}
