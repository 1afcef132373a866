// Attributions of a row → the list a person reads: the strongest feature first, with the value that was given.

import type { RowValue } from '../cell.ts';
import type { Signature } from '../signature.ts';

export interface Contribution {
  /** API name. */
  readonly feature: string;
  /** As it was sent. */
  readonly value: RowValue;
  readonly contribution: number;
}

export interface Contributions {
  readonly contributions: readonly Contribution[];
  /** What the features that are not listed add together; absent when all are. */
  readonly others?: { readonly features: number; readonly contribution: number };
}

/** Digits enough for sums that are right to a millionth of the largest, and few enough to read. */
const DIGITS = 9;

/**
 * The `top` features by size of their attribution, equals in the order of the signature. `attributions` are by feature,
 * `row` by API name.
 */
export function rankContributions(
  { features }: Signature,
  row: Readonly<Record<string, RowValue>>,
  attributions: Float64Array,
  top: number,
): Contributions {
  const order = features
    .map((_, index) => index)
    .sort((a, b) => Math.abs(attributions[b]!) - Math.abs(attributions[a]!) || a - b);
  const contributions = order.slice(0, top).map((index): Contribution => {
    const { name } = features[index]!;
    return { feature: name, value: row[name] ?? null, contribution: rounded(attributions[index]!) };
  });
  const rest = order.slice(top);
  if (rest.length === 0) return { contributions };
  const contribution = rounded(rest.reduce((sum, index) => sum + attributions[index]!, 0));
  return { contributions, others: { features: rest.length, contribution } };
}

/** The number to nine significant digits, as the answer has it. */
export const rounded = (value: number): number => Number(value.toPrecision(DIGITS));
