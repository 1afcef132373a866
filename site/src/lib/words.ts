// How numbers read in English, for what does not speak the visitor's language yet.

import type { Feature, Target } from '#contract/signature.ts';
import { en } from './words/en.ts';

export const { count, short: shortNumber, percent, duration, moment: day, bytes } = en.numbers;

/** The column's name, without a unit at its end that is shown beside the field anyway. */
export function labelOf(feature: Feature): string {
  if (feature.type !== 'number' || feature.unit === null) return feature.column;
  const suffix = `(${feature.unit})`;
  return feature.column.endsWith(suffix)
    ? feature.column.slice(0, -suffix.length).trimEnd()
    : feature.column;
}

/** A value of the target as a person says it: a label, or a number with its unit. */
export function targetText(target: Target, value: string | number): string {
  if (typeof value === 'string') return value;
  const unit = target.type === 'number' ? target.unit : null;
  return unit === null ? shortNumber(value) : `${shortNumber(value)} ${unit}`;
}
