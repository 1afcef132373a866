// Rows to try a model with when none are at hand: every feature at its lowest, in the middle, and at its highest.

import type { RowValue } from '#contract/features/cell.ts';
import type { Feature, Signature } from '#contract/signature.ts';

type Row = Readonly<Record<string, RowValue>>;

/** Three rows that fit the signature. */
export const trialRows = ({ features }: Signature): readonly Row[] =>
  [0, 0.5, 1].map((share) =>
    Object.fromEntries(features.map((feature) => [feature.name, valueAt(feature, share)])),
  );

function valueAt(feature: Feature, share: number): RowValue {
  switch (feature.type) {
    case 'number': {
      const { minimum, maximum } = feature;
      const value = minimum + share * (maximum - minimum);
      // A feature that was only seen in whole numbers may go into an input that takes no others.
      return Number.isInteger(minimum) && Number.isInteger(maximum) ? Math.round(value) : value;
    }
    case 'category':
      return feature.categories[Math.round(share * (feature.categories.length - 1))] ?? null;
    case 'boolean':
      return share >= 0.5;
    case 'date':
      return share >= 0.5 ? feature.maximum : feature.minimum;
  }
}
