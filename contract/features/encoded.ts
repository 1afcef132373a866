// A signature as the model sees it: what one float32 each stands for. A date is three of them, everything else is one, so
// the trainer's tables, tree.json and baseline.json know numbers and categories only.

import type {
  CategoryFeature,
  DateFeature,
  Feature,
  NumberFeature,
  Signature,
  Target,
} from '../signature.ts';

/** One value of an encoded row. */
export type EncodedFeature = NumberFeature | CategoryFeature;

export interface EncodedSignature {
  /** In the order of the values in an encoded row. */
  readonly features: readonly EncodedFeature[];
  readonly target: Target;
}

/** The parts of a day in the order they are encoded in; the range of the year is the feature's own. */
export const DATE_PARTS = [
  { part: 'year', what: 'Year', minimum: null, maximum: null },
  { part: 'month', what: 'Month, 1 to 12,', minimum: 1, maximum: 12 },
  { part: 'weekday', what: 'Day of the week, 1 (Monday) to 7,', minimum: 1, maximum: 7 },
] as const;

/** Float32 values that a feature takes in an encoded row. */
export const widthOf = (feature: Feature): number =>
  feature.type === 'date' ? DATE_PARTS.length : 1;

/** By feature: the place of its first value in an encoded row. */
export function offsetsOf({ features }: Pick<Signature, 'features'>): readonly number[] {
  let next = 0;
  return features.map((feature) => {
    const offset = next;
    next += widthOf(feature);
    return offset;
  });
}

export function encodedSignature({ features, target }: Signature): EncodedSignature {
  return { features: features.flatMap(encodedFeatures), target };
}

/** `signature` with its categories in the order that `encoded`, made from it, has them in. */
export function withOrderOf(encoded: EncodedSignature, signature: Signature): Signature {
  const offsets = offsetsOf(signature);
  const features = signature.features.map((feature, index): Feature => {
    const other = encoded.features[offsets[index]!];
    return feature.type === 'category' && other?.type === 'category' ? other : feature;
  });
  return { ...signature, features };
}

function encodedFeatures(feature: Feature): readonly EncodedFeature[] {
  switch (feature.type) {
    case 'date':
      return dateParts(feature);
    case 'boolean':
      return [{ ...feature, type: 'number', unit: null, minimum: 0, maximum: 1 }];
    case 'number':
    case 'category':
      return [feature];
  }
}

function dateParts({ name, column, description, nullable, ...days }: DateFeature) {
  const year = (day: string): number => Number(day.slice(0, 4));
  return DATE_PARTS.map(({ part, what, minimum, maximum }): NumberFeature => ({
    type: 'number',
    name: `${name}_${part}`,
    column,
    description: `${what} of: ${description}`,
    nullable,
    unit: null,
    minimum: minimum ?? year(days.minimum),
    maximum: maximum ?? year(days.maximum),
  }));
}
