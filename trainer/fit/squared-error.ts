// Squared error about the mean, counted about the node's mean so that large offsets do not cancel digits away.

import type { NumberColumn } from '../table/table.ts';
import type { Impurity } from './impurity.ts';

/** A node answers its rows' mean, with `smoothing` rows of the parent's answer among them. */
export function squaredErrorImpurity(
  { values }: NumberColumn,
  weights: Float64Array,
  smoothing: number,
): Impurity {
  const boundary = { place: -1 };
  const node = { weight: 0, sum: 0, mean: 0, squares: 0, rest: 0, isPure: true };
  return {
    boundary,
    open(rows, start, end) {
      const first = values[rows[start]!]!;
      let [weight, sum, isPure] = [0, 0, true];
      for (let place = start; place < end; place++) {
        const row = rows[place]!;
        const value = values[row]!;
        weight += weights[row]!;
        sum += weights[row]! * value;
        if (value !== first) isPure = false;
      }
      const mean = sum / weight;
      let [squares, rest] = [0, 0];
      for (let place = start; place < end; place++) {
        const row = rows[place]!;
        const difference = values[row]! - mean;
        squares += weights[row]! * difference * difference;
        rest += weights[row]! * difference;
      }
      node.weight = weight;
      node.sum = sum;
      node.mean = mean;
      node.squares = squares;
      node.rest = rest;
      node.isPure = isPure;
    },
    isPure: () => node.isPure,
    answer(parent) {
      const prior = parent?.[0] ?? node.mean;
      return [(node.sum + smoothing * prior) / (node.weight + smoothing)];
    },
    sweep({ rows, ranks, size }, missing) {
      const { weight: total, mean, rest } = node;
      let [nearWeight, nearSum] = [0, 0];
      let [best, found] = [-Infinity, -1];
      let rank = ranks[0]!;
      for (let place = 0; place + 1 < size && rank !== missing; place++) {
        const row = rows[place]!;
        const weight = weights[row]!;
        nearWeight += weight;
        nearSum += weight * (values[row]! - mean);
        const next = ranks[place + 1]!;
        if (next === rank) continue;
        rank = next;
        const farSum = rest - nearSum;
        const score = (nearSum * nearSum) / nearWeight + (farSum * farSum) / (total - nearWeight);
        if (score > best) {
          best = score;
          found = place;
        }
      }
      boundary.place = found;
      return best;
    },
    part({ rows }, from, to) {
      const { weight: total, mean, rest } = node;
      let [nearWeight, nearSum] = [0, 0];
      for (let place = from; place < to; place++) {
        const row = rows[place]!;
        nearWeight += weights[row]!;
        nearSum += weights[row]! * (values[row]! - mean);
      }
      const farSum = rest - nearSum;
      return (nearSum * nearSum) / nearWeight + (farSum * farSum) / (total - nearWeight);
    },
    parentScore: () => (node.rest * node.rest) / node.weight,
    total: () => node.squares,
    gain: (score) => node.squares - score,
  };
}
