// How numbers, columns and metrics read in a report.

import { METRICS } from '#contract/model/metric-words.ts';

// Years and other numbers of four digits are written without a comma.
const SHORT = new Intl.NumberFormat('en', { maximumSignificantDigits: 4, useGrouping: 'min2' });
const EXACT = new Intl.NumberFormat('en', { maximumSignificantDigits: 7, useGrouping: 'min2' });
const WHOLE = new Intl.NumberFormat('en');

export const count = (value: number): string => WHOLE.format(value);

/** A number with so many digits as a person reads, and its unit. */
export const quantity = (value: number, unit: string | null = null): string =>
  united(SHORT.format(value), unit);

/** A threshold, with digits enough to know on which side a value is. */
export const boundary = (value: number, unit: string | null): string =>
  united(EXACT.format(value), unit);

const united = (number: string, unit: string | null): string =>
  unit === null ? withMinus(number) : `${withMinus(number)} ${unit}`;

/** A hyphen is no minus. */
export const withMinus = (number: string): string => number.replace(/^-/, '−');

/** With its sign, to three digits. */
export const signed = (value: number, unit: string | null = null): string =>
  `${value < 0 ? '' : '+'}${quantity(Number(value.toPrecision(3)), unit)}`;

/** A share of an axis, which has round ones. */
export const percentTick = (share: number): string => `${Math.round(share * 100)}%`;

/** `1 row`, `2,000 rows`. */
export const plural = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** A share of 1. What is not quite nothing or not quite all is never rounded to it. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 1 && share > 0.999) return '>99.9%';
  return `${(share * 100).toFixed(share === 0 || share === 1 ? 0 : 1)}%`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  const [last, ...before] = [...names].reverse();
  return before.length === 0 ? (last ?? '') : `${before.reverse().join(', ')} and ${last}`;
}

/** The column's name without a unit at its end that is written behind it anyway. */
export function labelOf(column: string, unit: string | null): string {
  const suffix = `(${unit})`;
  return unit !== null && column.endsWith(suffix)
    ? column.slice(0, -suffix.length).trimEnd()
    : column;
}

/** `Length (m)`. */
export const withUnit = (label: string, unit: string | null): string =>
  unit === null ? label : `${label} (${unit})`;

export const metricTitle = (name: string): string => METRICS[name]?.title ?? name;

export const metricBetter = (name: string): string => METRICS[name]?.better ?? '';

/** What a metric is measured in: nats, the target's unit, or nothing. */
export function metricUnit(name: string, targetUnit: string | null): string | null {
  if (name === 'log_loss') return 'nats';
  return name === 'rmse' || name === 'mae' ? targetUnit : null;
}
