// What each value of an encoded row is, in a person's words: a number with its unit, or one of a few names.

import { encodedSignature, offsetsOf, type EncodedFeature } from '#contract/features/encoded.ts';
import type { Feature, Signature } from '#contract/signature.ts';
import { labelOf } from './words.ts';

interface PlaceBase {
  /** API name, as in baseline.json. */
  readonly name: string;
  readonly label: string;
  /** API name of the feature it is of. */
  readonly feature: string;
}

export interface NumberPlace extends PlaceBase {
  readonly type: 'number';
  readonly unit: string | null;
  readonly minimum: number;
  readonly maximum: number;
}

export interface NamedPlace extends PlaceBase {
  readonly type: 'names';
  readonly names: readonly string[];
  /** The value that the first name stands for; the others follow by one. */
  readonly first: number;
  /** Whether the names have an order of their own. */
  readonly isOrdered: boolean;
}

export type Place = NumberPlace | NamedPlace;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** By place of a value in an encoded row. */
export function placesOf(signature: Signature): readonly Place[] {
  const encoded = encodedSignature(signature).features;
  const offsets = offsetsOf(signature);
  const places = encoded.map((value, place) => {
    const index = offsets.findLastIndex((offset) => offset <= place);
    return placeOf(value, signature.features[index]!, place - offsets[index]!);
  });
  // `Length (m)` and `Length (ft)` keep their units, or both would be Length.
  const isTaken = ({ label, name }: Place): boolean =>
    places.some((other) => other.label === label && other.name !== name);
  return places.map((place, at) =>
    isTaken(place) ? { ...place, label: encoded[at]!.column } : place,
  );
}

function placeOf(value: EncodedFeature, feature: Feature, part: number): Place {
  const base = { name: value.name, label: value.column, feature: feature.name };
  const named = { ...base, type: 'names', first: 0, isOrdered: false } as const;
  if (value.type === 'category') return { ...named, names: value.categories };
  if (feature.type === 'boolean') return { ...named, names: ['no', 'yes'], isOrdered: true };
  const { unit, minimum, maximum } = value;
  const number = { ...base, type: 'number', unit, minimum, maximum } as const;
  if (feature.type !== 'date') return { ...number, label: labelOf(value.column, unit) };
  const months = { ...named, isOrdered: true, first: 1 };
  const parts: readonly Place[] = [
    { ...number, label: `${value.column}: year` },
    { ...months, label: `${value.column}: month`, names: MONTHS },
    { ...months, label: `${value.column}: day of the week`, names: WEEKDAYS },
  ];
  return parts[part]!;
}

/** The name that `value` stands for; null for a missing or unknown one. */
export const nameOf = ({ names, first }: NamedPlace, value: number): string | null =>
  names[value - first] ?? null;
