// What is true of a row's value, and parts it from the rows that went the other way at a split.

import { shortestDecimal } from '../tensors/float32.ts';
import type { CategoryFeature, Feature } from '../signature.ts';

export type Relation =
  | { readonly relation: '<' | '≥'; readonly threshold: number }
  | { readonly relation: 'is' | 'is not'; readonly category: string | boolean }
  | { readonly relation: 'is one of' | 'is none of'; readonly categories: readonly string[] }
  | { readonly relation: 'is missing' };

export interface Split {
  /** A value below the threshold goes left; otherwise, a code other than it. */
  readonly isBelow: boolean;
  readonly threshold: number;
}

export const goesLeft = ({ isBelow, threshold }: Split, value: number): boolean =>
  isBelow ? value < threshold : value !== threshold;

/** Of a value that is no category. */
export function relate(feature: Feature, split: Split, value: number): Relation {
  if (Number.isNaN(value)) return { relation: 'is missing' };
  if (feature.type === 'boolean') return { relation: 'is', category: value === 1 };
  const isLeft = goesLeft(split, value);
  const threshold = shortestDecimal(split.threshold);
  return split.isBelow
    ? { relation: isLeft ? '<' : '≥', threshold: Number(threshold) }
    : { relation: isLeft ? 'is not' : 'is', category: threshold };
}

export interface Sides {
  /** Codes of the categories on the row's side of the split, as far as the splits before left them. */
  readonly own: readonly number[];
  /** Those on the other side. */
  readonly other: readonly number[];
  readonly isBelow: boolean;
}

/** Of a category, in the shorter words. One that the model does not know is none of them. */
export function relateCategory(
  { categories }: CategoryFeature,
  value: number,
  { own, other, isBelow }: Sides,
): Relation {
  if (Number.isNaN(value) && isBelow) return { relation: 'is missing' };
  const names = (codes: readonly number[]): string[] => codes.map((code) => categories[code]!);
  const isOwn = own.includes(value);
  if (isOwn && own.length === 1) return { relation: 'is', category: categories[value]! };
  if (other.length === 1) return { relation: 'is not', category: names(other)[0]! };
  return isOwn && own.length <= other.length
    ? { relation: 'is one of', categories: names(own) }
    : { relation: 'is none of', categories: names(other) };
}
