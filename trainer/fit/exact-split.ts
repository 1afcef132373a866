// The best split of a node, over every boundary between two values and every category: what ml-cart looks for, without
// the boundaries it misses.

import type { Feature } from '#contract/signature.ts';
import { ceilFloat32, nextFloat32 } from '../float32.ts';
import type { Criterion } from './criterion.ts';
import { ONE_HOT_THRESHOLD, type Layout } from './layout.ts';
import type { Range } from './orders.ts';

export interface Split {
  /** Of the layout. */
  readonly column: number;
  /** Float32; rows whose value in the column is below go left. */
  readonly threshold: number;
  readonly score: number;
}

export interface SplitSearch {
  readonly features: readonly Feature[];
  readonly layout: Layout;
  /** By feature: its float32 values by row. */
  readonly columns: readonly Float32Array[];
  /** By feature: rows in the order to look through, sorted for a number. */
  readonly orders: readonly Int32Array[];
  readonly criterion: Criterion;
}

/** The split with the highest score; on a tie the first feature, then its lowest value or first category. Null when no value differs. */
export function findExactSplit(search: SplitSearch, range: Range): Split | null {
  let best: Split | null = null;
  search.features.forEach((feature, index) => {
    const offer = (split: Split): void => {
      if (best === null || split.score > best.score) best = split;
    };
    if (feature.type === 'number') offerThresholds(search, index, range, offer);
    else offerCategories(search, index, feature.categories.length, range, offer);
  });
  return best;
}

type Offer = (split: Split) => void;

/** Missing values are sorted last, so the last boundary parts the known from the missing. */
function offerThresholds(
  { layout, columns, orders, criterion }: SplitSearch,
  feature: number,
  { start, end }: Range,
  offer: Offer,
): void {
  const values = columns[feature]!;
  const order = orders[feature]!;
  const column = layout.first[feature]!;
  if (values[order[start]!] === values[order[end - 1]!]) return;
  criterion.begin();
  for (let place = start; place < end - 1; place++) {
    const row = order[place]!;
    const value = values[row]!;
    const next = values[order[place + 1]!]!;
    if (Number.isNaN(value)) return;
    criterion.move(row);
    if (value === next) continue;
    const threshold = Number.isNaN(next) ? nextFloat32(value) : ceilFloat32((value + next) / 2);
    offer({ column, threshold, score: criterion.score() });
  }
}

/** Rows are put together by category first, so that all categories cost one pass. */
function offerCategories(
  { layout, columns, orders, criterion }: SplitSearch,
  feature: number,
  categories: number,
  { start, end }: Range,
  offer: Offer,
): void {
  const codes = columns[feature]!;
  const order = orders[feature]!;
  const ends = new Int32Array(categories + 1);
  for (let place = start; place < end; place++) {
    const code = codes[order[place]!]!;
    if (code >= 0) ends[code + 1]!++;
  }
  for (let code = 0; code < categories; code++) ends[code + 1]! += ends[code]!;
  const starts = ends.slice();
  const together = new Int32Array(ends[categories]!);
  for (let place = start; place < end; place++) {
    const row = order[place]!;
    const code = codes[row]!;
    if (code >= 0) together[starts[code]!++] = row;
  }
  for (let code = 0; code < categories; code++) {
    const [from, to] = [ends[code]!, ends[code + 1]!];
    if (from === to || to - from === end - start) continue;
    criterion.begin();
    for (let place = from; place < to; place++) criterion.move(together[place]!);
    const column = layout.first[feature]! + code;
    offer({ column, threshold: ONE_HOT_THRESHOLD, score: criterion.score() });
  }
}
