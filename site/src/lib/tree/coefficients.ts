// A linear term as bars: what each category adds, and what a number adds from one end of its range to the other.

import type { Linear } from '#contract/model/linear.ts';
import type { Signature } from '#contract/signature.ts';
import { askedValues, nameOfValue, type AskedValue, type SideWords } from './sides.ts';

export interface Coefficient {
  readonly name: string;
  /** The category; empty for a number. */
  readonly category: string;
  readonly isMissing: boolean;
  /** To the output, over the whole range for a number. */
  readonly adds: number;
  /** Of a number: what one unit more adds, and its unit. */
  readonly perUnit: { readonly weight: number; readonly unit: string | null } | null;
}

/** Strongest first; what adds nothing is left out. */
export function coefficientsOf(
  { terms }: Linear,
  signature: Signature,
  { output, words }: { readonly output: number; readonly words: SideWords },
): readonly Coefficient[] {
  const asked = askedValues(signature);
  return terms
    .flatMap((term, place): readonly Coefficient[] => {
      const value = asked[place]!;
      const base = {
        name: nameOfValue(value, words),
        category: '',
        isMissing: false,
        perUnit: null,
      };
      const missing = term.missing?.[output];
      const ofMissing = missing === undefined ? [] : [{ ...base, isMissing: true, adds: missing }];
      if (term.type === 'category')
        return [
          ...term.weights.map((weights, code) => ({
            ...base,
            category: categoryName(value, code),
            adds: weights[output]!,
          })),
          ...ofMissing,
        ];
      const weight = term.weights[output]!;
      const perUnit = { weight, unit: unitOf(value) };
      return [{ ...base, adds: weight * (term.maximum - term.minimum), perUnit }, ...ofMissing];
    })
    .filter(({ adds }) => adds !== 0)
    .sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds));
}

const unitOf = ({ feature, part }: AskedValue): string | null =>
  part ?? (feature.type === 'number' ? feature.unit : null);

const categoryName = ({ feature }: AskedValue, code: number): string =>
  feature.type === 'category' ? feature.categories[code]! : String(code);
