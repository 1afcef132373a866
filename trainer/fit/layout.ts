// How features become ml-cart's columns, which know numbers and `<` only. A number is one column. A category feature is
// its code, plus one column of 0 and 1 per category: "below ½" there is "not this category", and goes left.

import type { EncodedFeature } from '#contract/features/encoded.ts';

export interface Layout {
  /** Columns in all. */
  readonly width: number;
  /** By feature: its first column, the value itself; those of its categories follow. */
  readonly first: readonly number[];
  /** By column: the feature it comes from. */
  readonly feature: readonly number[];
  /** By column: the category it stands for, or null for the value itself. */
  readonly category: readonly (number | null)[];
}

/** The threshold ml-cart itself would choose between 0 and 1. */
export const ONE_HOT_THRESHOLD = 0.5;

export function layoutOf(features: readonly EncodedFeature[]): Layout {
  const first: number[] = [];
  const feature: number[] = [];
  const category: (number | null)[] = [];
  features.forEach((found, index) => {
    first.push(feature.length);
    const categories = found.type === 'number' ? [] : found.categories.keys();
    for (const code of [null, ...categories]) {
      feature.push(index);
      category.push(code);
    }
  });
  return { width: feature.length, first, feature, category };
}

/**
 * Spreads the encoded row at `offset` of `rows` over `into`, `layout.width` columns. A category that is missing or
 * unknown is none of the categories: all their columns are 0.
 */
export function expandRow(
  layout: Layout,
  rows: Float32Array,
  offset: number,
  into: Float64Array,
): void {
  for (let column = 0; column < layout.width; column++) {
    const value = rows[offset + layout.feature[column]!]!;
    const category = layout.category[column]!;
    if (category === null) into[column] = value;
    else into[column] = value === category ? 1 : 0;
  }
}
