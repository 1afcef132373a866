// A split in words: what is asked, and what is true of the rows on either side. Categories go by their names, as far as the
// splits above left them possible.

import { DATE_PARTS } from '#contract/features/encoded.ts';
import { goesLeft, type Split } from '#contract/explain/relation.ts';
import { shortestDecimal } from '#contract/tensors/float32.ts';
import type { CategoryFeature, Feature, Signature } from '#contract/signature.ts';
import { labelOf } from '../signature-text.ts';

/** The words that are no value and no name. */
export interface SideWords {
  readonly yes: string;
  readonly no: string;
  readonly missing: string;
  readonly or: string;
  /** Of a day: what its year, month and weekday are called. */
  readonly parts_of_day: Readonly<Record<(typeof DATE_PARTS)[number]['part'], string>>;
  /** Before a list of names, when those of the other side are shorter. */
  readonly not: (names: string) => string;
  /** Behind a cut list: `and 7 more`. */
  readonly more: (count: string) => string;
}

export interface Sides {
  readonly question: string;
  readonly left: string;
  readonly right: string;
  /** Codes of the categories that are still possible on either side; null for what is no category. */
  readonly codes: { readonly left: readonly number[]; readonly right: readonly number[] } | null;
}

/** Names of a list of categories before it is cut. */
const NAMED = 3;

export interface AskedValue {
  readonly feature: Feature;
  readonly part: (typeof DATE_PARTS)[number]['part'] | null;
}

/** By place in an encoded row: what is asked for there. */
export const askedValues = ({ features }: Signature): readonly AskedValue[] =>
  features.flatMap((feature): readonly AskedValue[] =>
    feature.type === 'date'
      ? DATE_PARTS.map(({ part }) => ({ feature, part }))
      : [{ feature, part: null }],
  );

export const nameOfValue = ({ feature, part }: AskedValue, words: SideWords): string =>
  part === null ? labelOf(feature) : `${labelOf(feature)}, ${words.parts_of_day[part]}`;

/** `possible` are the codes that the splits above left of a category; all of them when there was none. */
export function sidesOf(
  asked: AskedValue,
  split: Split,
  possible: readonly number[] | null,
  words: SideWords,
): Sides {
  const { feature } = asked;
  const question = nameOfValue(asked, words);
  const missingGoesLeft = goesLeft(split, NaN);
  const side = (text: string, isLeft: boolean): string =>
    feature.nullable && isLeft === missingGoesLeft ? `${text} ${words.or} ${words.missing}` : text;
  if (feature.type === 'category') {
    const codes = possible ?? [...feature.categories.keys()];
    const left = codes.filter((code) => goesLeft(split, code));
    const right = codes.filter((code) => !goesLeft(split, code));
    return {
      question,
      left: side(namesOf(feature, left, right, words), true),
      right: side(namesOf(feature, right, left, words), false),
      codes: { left, right },
    };
  }
  const [left, right] = feature.type === 'boolean' ? [words.no, words.yes] : ends(asked, split);
  return { question, left: side(left, true), right: side(right, false), codes: null };
}

function ends({ feature, part }: AskedValue, { isBelow, threshold }: Split): [string, string] {
  // A threshold is a float32 just above a value that was seen: six digits say which.
  const number = Number(Number(shortestDecimal(threshold)).toPrecision(6));
  const unit = feature.type === 'number' && part === null ? feature.unit : null;
  const text = unit === null ? String(number) : `${number} ${unit}`;
  return isBelow ? [`< ${text}`, `≥ ${text}`] : [`≠ ${text}`, `= ${text}`];
}

/** The categories of one side; or, when they are many and the other side's fewer, that it is none of those. */
function namesOf(
  { categories }: CategoryFeature,
  own: readonly number[],
  other: readonly number[],
  words: SideWords,
): string {
  const list = (codes: readonly number[]): string => {
    const named = codes.slice(0, NAMED).map((code) => categories[code]!);
    const more = codes.length > NAMED ? ` ${words.more(String(codes.length - NAMED))}` : '';
    return named.length === 0 ? '–' : `${named.join(', ')}${more}`;
  };
  const isShorterNegated = own.length > 2 && other.length > 0 && other.length < own.length;
  return isShorterNegated ? words.not(list(other)) : list(own);
}
