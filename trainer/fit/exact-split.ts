// The best split of a node, over every boundary between two values and every category: what ml-cart looks for, without
// the boundaries it misses.

import type { EncodedFeature } from '#contract/encoded.ts';
import { ceilFloat32, nextFloat32 } from '../float32.ts';
import type { Random } from '../random.ts';
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
  readonly features: readonly EncodedFeature[];
  readonly layout: Layout;
  /** By feature: its float32 values by row. */
  readonly columns: readonly Float32Array[];
  /** By feature: rows in the order to look through, sorted for a number. */
  readonly orders: readonly Int32Array[];
  readonly criterion: Criterion;
  /** Looks through `count` features that can be split, drawn anew for each node; null for all in their order. */
  readonly draw: { readonly random: Random; readonly count: number } | null;
}

/** The split with the highest score; on a tie the first feature looked at, then its lowest value or first category. Null when no value differs. */
export function findExactSplit(search: SplitSearch, range: Range): Split | null {
  const { features, draw } = search;
  let best: Split | null = null;
  let offers = 0;
  const offer = (split: Split): void => {
    offers++;
    if (best === null || split.score > best.score) best = split;
  };
  const look = (index: number): void => {
    const feature = features[index]!;
    if (feature.type === 'number') offerThresholds(search, index, range, offer);
    else offerCategories(search, index, feature.categories.length, range, offer);
  };
  if (draw === null) features.forEach((_, index) => look(index));
  else {
    const left = [...features.keys()];
    for (let found = 0; found < draw.count && left.length > 0;) {
      const [index] = left.splice(draw.random.below(left.length), 1);
      const before = offers;
      look(index!);
      if (offers > before) found++;
    }
  }
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

/**
 * Rows are put together by category first, so that one pass does for all categories. Two kinds of split are offered:
 * the codes below one against the rest (a missing value is in the rest), and one category against the rest.
 */
function offerCategories(
  { layout, columns, orders, criterion }: SplitSearch,
  feature: number,
  categories: number,
  range: Range,
  offer: Offer,
): void {
  const { rows, starts } = groupByCode(columns[feature]!, orders[feature]!, categories, range);
  const size = range.end - range.start;
  const first = layout.first[feature]!;
  const moveAll = (code: number): void => {
    for (let place = starts[code]!; place < starts[code + 1]!; place++)
      criterion.move(rows[place]!);
  };
  const present = [...starts.keys()].filter((code) => starts[code]! < starts[code + 1]!);

  criterion.begin();
  present.forEach((code, place) => {
    moveAll(code);
    if (starts[code + 1] === size) return;
    const threshold = (code + (present[place + 1] ?? code + 1)) / 2;
    offer({ column: first, threshold, score: criterion.score() });
  });
  for (const code of present) {
    if (starts[code + 1]! - starts[code]! === size) return;
    criterion.begin();
    moveAll(code);
    offer({ column: first + 1 + code, threshold: ONE_HOT_THRESHOLD, score: criterion.score() });
  }
}

/** The node's rows that have a category, by code; those of `code` are from `starts[code]` up to `starts[code + 1]`. */
function groupByCode(
  codes: Float32Array,
  order: Int32Array,
  categories: number,
  { start, end }: Range,
): { rows: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(categories + 1);
  for (let place = start; place < end; place++) {
    const code = codes[order[place]!]!;
    if (code >= 0) starts[code + 1]!++;
  }
  for (let code = 0; code < categories; code++) starts[code + 1]! += starts[code]!;
  const rows = new Int32Array(starts[categories]!);
  const next = starts.slice();
  for (let place = start; place < end; place++) {
    const row = order[place]!;
    const code = codes[row]!;
    if (code >= 0) rows[next[code]!++] = row;
  }
  return { rows, starts };
}
