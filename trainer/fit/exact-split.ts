// The best split of a node, over every boundary between two values and every category: what ml-cart looks for, without
// the boundaries it misses.

import type { EncodedFeature } from '#contract/features/encoded.ts';
import type { Random } from '../table/random.ts';
import type { Impurity } from './impurity.ts';
import { createNodeOrder } from './node-order.ts';
import type { Range } from './orders.ts';
import type { Ranks } from './ranks.ts';

export interface Split {
  /** Place in an encoded row. */
  readonly feature: number;
  /** Rows of this rank or below go left; of `isOne`, all rows but those of this rank. */
  readonly rank: number;
  readonly isOne: boolean;
  /** The next rank above that the node has; of `isOne` the rank itself. */
  readonly above: number;
  readonly score: number;
}

export interface SplitSearch {
  readonly features: readonly EncodedFeature[];
  /** By feature. */
  readonly columns: readonly Ranks[];
  /** Open for the node. */
  readonly impurity: Impurity;
  /** Looks through `count` features that can be split, drawn anew for each node; null for all in their order. */
  readonly draw: { readonly random: Random; readonly count: number } | null;
}

export interface SplitFinder {
  /**
   * The split of `rows[range]` with the highest score among the first `open` features that the finder keeps; on a tie the
   * first feature (of those that are drawn: the first that was), then its lowest value or first category. Null when no
   * value differs.
   */
  find(rows: Int32Array, range: Range, open: number): Split | null;
  /** Features that may differ further down than the node that was looked at last: its own, less those of one value. */
  open(): number;
}

export function createSplitFinder(
  { features, columns, impurity, draw }: SplitSearch,
  count: number,
): SplitFinder {
  const { order, sort } = createNodeOrder(count);
  // Below a node the features of one value stay behind those that differ; nodes beside it see the same ones in front.
  const own = Int32Array.from(features.keys());
  let best: Split | null = null;
  let bestScore = -Infinity;
  let last = own.length;

  const isBetter = (score: number, feature: number): boolean =>
    score > bestScore ||
    (draw === null && score === bestScore && best !== null && feature < best.feature);

  function offerBoundary(feature: number): void {
    const { missing } = columns[feature]!;
    const score = impurity.sweep(order, missing);
    if (!isBetter(score, feature)) return;
    const { place } = impurity.boundary;
    const [rank, above] = [order.ranks[place]!, order.ranks[place + 1]!];
    bestScore = score;
    best = { feature, rank, isOne: false, above, score };
  }

  /** One category against the rest; of two values that is no other split than the boundary. */
  function offerCategories(feature: number): void {
    const { values, missing } = columns[feature]!;
    const { ranks, size } = order;
    let groups = 1;
    for (let place = 1; place < size && groups < 3; place++)
      if (ranks[place] !== ranks[place - 1]) groups++;
    if (groups < 3) return;
    for (let from = 0, to = 0; from < size; from = to) {
      const rank = ranks[from]!;
      while (to < size && ranks[to] === rank) to++;
      if (rank === missing || values[rank]! < 0) continue;
      const score = impurity.part(order, from, to);
      if (!isBetter(score, feature)) continue;
      bestScore = score;
      best = { feature, rank, isOne: true, above: rank, score };
    }
  }

  /** False when the node has one value only. */
  function look(rows: Int32Array, range: Range, feature: number): boolean {
    if (!sort(rows, range, columns[feature]!.ranks)) return false;
    offerBoundary(feature);
    if (features[feature]!.type === 'category') offerCategories(feature);
    return true;
  }

  return {
    open: () => last,
    find(rows, range, open) {
      best = null;
      bestScore = -Infinity;
      let kept = 0;
      last = open;
      while (kept < last && (draw === null || kept < draw.count)) {
        const at = draw === null ? kept : kept + draw.random.below(last - kept);
        const feature = own[at]!;
        own[at] = own[kept]!;
        own[kept] = feature;
        if (look(rows, range, feature)) kept++;
        else {
          own[kept] = own[--last]!;
          own[last] = feature;
        }
      }
      return best;
    },
  };
}
