// Attributions of a row → what a person reads: the strongest feature first, with the value that was given.

import type { RowValue } from '../features/cell.ts';
import type { Signature } from '../signature.ts';

export interface Contribution {
  /** API name. */
  readonly feature: string;
  /** As it was sent. */
  readonly value: RowValue;
  readonly contribution: number;
}

/** The base value, the contributions and those of the others add up to the output. */
export interface Contributions {
  /** The answer to a row of which nothing is known: the mean of the answers to the training rows. */
  readonly base_value: number;
  readonly output: number;
  /** By size. */
  readonly contributions: readonly Contribution[];
  /** What the features that are not listed add together; absent when all are. */
  readonly others?: { readonly features: number; readonly contribution: number };
}

export interface RankOptions {
  /** By API name. */
  readonly row: Readonly<Record<string, RowValue>>;
  /** By feature. */
  readonly attributions: Float64Array;
  readonly baseValue: number;
  /** How many features to list. */
  readonly top: number;
}

/** Decimal places that are kept of numbers below 1; of greater ones, as many digits in all. */
const DIGITS = 9;

/** The strongest features, equals in the order of the signature; all numbers to a billionth of the largest. */
export function rankContributions(
  { features }: Signature,
  { row, attributions, baseValue, top }: RankOptions,
): Contributions {
  const round = roundingFor([baseValue, ...attributions]);
  const rounded = Array.from(attributions, round);
  const order = features
    .map((_, index) => index)
    .sort((a, b) => Math.abs(rounded[b]!) - Math.abs(rounded[a]!) || a - b);
  const contributions = order.slice(0, top).map((index): Contribution => {
    const { name } = features[index]!;
    return { feature: name, value: row[name] ?? null, contribution: rounded[index]! };
  });
  const rest = order.slice(top);
  const restSum = rest.reduce((sum, index) => sum + attributions[index]!, 0);
  return {
    base_value: round(baseValue),
    output: round(attributions.reduce((sum, part) => sum + part, baseValue)),
    contributions,
    ...(rest.length > 0 && { others: { features: rest.length, contribution: round(restSum) } }),
  };
}

function roundingFor(values: readonly number[]): (value: number) => number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const places = Math.max(0, DIGITS - Math.ceil(Math.log10(largest)));
  // Adding 0 makes a negative zero a zero.
  return (value) => Number(value.toFixed(places)) + 0;
}
