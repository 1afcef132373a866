// How numbers read on the page.

import type { Feature, Target } from '#contract/signature.ts';

const SHORT = new Intl.NumberFormat('en', { maximumSignificantDigits: 5 });
const WHOLE = new Intl.NumberFormat('en');

export const shortNumber = (value: number): string => SHORT.format(value);

export const count = (value: number): string => WHOLE.format(value);

/** A share of 1. What is not quite nothing or not quite all is never rounded to it. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 1 && share > 0.999) return '>99.9%';
  const digits = share === 0 || share === 1 ? 0 : 1;
  return `${(share * 100).toFixed(digits)}%`;
}

export function duration(milliseconds: number): string {
  if (milliseconds < 1) return 'under 1 ms';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** A moment (ISO 8601) in the visitor's own time zone. */
export const day = (at: string): string => DAY.format(new Date(at));

/** A size as a person says it, in steps of 1,000. */
export function bytes(size: number): string {
  if (size < 1000) return `${size} bytes`;
  if (size < 1_000_000) return `${shortNumber(Number((size / 1000).toPrecision(3)))} kB`;
  return `${shortNumber(Number((size / 1_000_000).toPrecision(3)))} MB`;
}

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
