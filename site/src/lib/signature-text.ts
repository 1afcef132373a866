// How what a signature names is shown: labels of its features, values of its target.

import type { Feature, Target } from '#contract/signature.ts';
import type { Numbers } from './numbers.ts';

/** The column's name, without a unit at its end that is shown beside the field anyway. */
export function labelOf(feature: Feature): string {
  if (feature.type !== 'number' || feature.unit === null) return feature.column;
  const suffix = `(${feature.unit})`;
  return feature.column.endsWith(suffix)
    ? feature.column.slice(0, -suffix.length).trimEnd()
    : feature.column;
}

/** A value of the target as a person says it: a label, or a number with its unit. */
export function targetText(target: Target, value: string | number, { short }: Numbers): string {
  if (typeof value === 'string') return value;
  const unit = target.type === 'number' ? target.unit : null;
  return unit === null ? short(value) : `${short(value)} ${unit}`;
}
