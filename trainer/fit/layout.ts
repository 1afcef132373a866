// How features become ml-cart's columns, which know numbers and `<` only: a number is one column, a category feature
// one column of 0 and 1 per category. "below 1" on such a column is "not this category", and goes left.

import type { Feature } from '#contract/signature.ts';

export interface Layout {
  /** Columns in all. */
  readonly width: number;
  /** By feature: its first column. */
  readonly first: readonly number[];
  /** By column: the feature it comes from. */
  readonly feature: readonly number[];
  /** By column: the category it stands for, or null for a number. */
  readonly category: readonly (number | null)[];
}

/** The threshold ml-cart itself would choose between 0 and 1. */
export const ONE_HOT_THRESHOLD = 0.5;

export function layoutOf(features: readonly Feature[]): Layout {
  const first: number[] = [];
  const feature: number[] = [];
  const category: (number | null)[] = [];
  features.forEach((found, index) => {
    first.push(feature.length);
    const categories = found.type === 'number' ? [null] : found.categories.map((_, code) => code);
    for (const code of categories) {
      feature.push(index);
      category.push(code);
    }
  });
  return { width: feature.length, first, feature, category };
}

/**
 * Spreads the encoded row at `offset` of `rows` over `into`, `layout.width` columns. A category that is missing or
 * unknown is none of the categories: all its columns are 0.
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
