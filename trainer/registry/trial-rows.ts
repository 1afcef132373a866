// Rows to try a model with when none are at hand: every feature at its lowest, in the middle, and at its highest.

import type { RowValue } from '#contract/cell.ts';
import type { Feature, Signature } from '#contract/signature.ts';

type Row = Readonly<Record<string, RowValue>>;

/** Three rows that fit the signature. */
export const trialRows = ({ features }: Signature): readonly Row[] =>
  [0, 0.5, 1].map((share) =>
    Object.fromEntries(features.map((feature) => [feature.name, valueAt(feature, share)])),
  );

function valueAt(feature: Feature, share: number): RowValue {
  switch (feature.type) {
    case 'number':
      return feature.minimum + share * (feature.maximum - feature.minimum);
    case 'category':
      return feature.categories[Math.round(share * (feature.categories.length - 1))] ?? null;
    case 'boolean':
      return share >= 0.5;
    case 'date':
      return share >= 0.5 ? feature.maximum : feature.minimum;
  }
}
