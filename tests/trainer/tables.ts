// Made-up tables: features with a bearing on the target, ties, duplicates, constants and gaps, from a seed.

import type { EncodedFeature, EncodedSignature } from '#contract/features/encoded.ts';
import { createRandom, type Random } from '../../trainer/table/random.ts';
import type { Table } from '../../trainer/table/table.ts';

export interface TableOptions {
  readonly seed: number;
  readonly rows: number;
  readonly numbers: number;
  /** Categories of each category feature. */
  readonly categories: readonly number[];
  /** 0 for a number target. */
  readonly labels: number;
  /** Share of empty cells. */
  readonly missing?: number;
}

export function madeUpTable(options: TableOptions): Table {
  const { seed, rows, numbers, categories, labels, missing = 0 } = options;
  const random = createRandom(seed, 'made-up table');
  const features: EncodedFeature[] = [
    ...Array.from({ length: numbers }, (_, place) => numberFeature(`n${place}`)),
    ...categories.map((count, place) => categoryFeature(`c${place}`, count)),
  ];
  const width = features.length;
  const values = new Float32Array(rows * width);
  const scores = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    features.forEach((feature, place) => {
      const value =
        feature.type === 'number'
          ? numberOf(random, place)
          : random.below(feature.categories.length);
      values[row * width + place] = random.next() < missing ? NaN : value;
      scores[row]! += (feature.type === 'number' ? value : (value * 7) % 5) / (place + 1);
    });
    scores[row]! += random.next() * 2;
  }
  return {
    signature: signatureOf(features, labels),
    count: rows,
    width,
    values,
    target: targetOf(scores, labels),
  };
}

/** Every third feature takes few values, so that rows tie. */
function numberOf(random: Random, place: number): number {
  return place % 3 === 2 ? random.below(4) : Math.fround(random.next() * 10 - 5);
}

function targetOf(scores: Float64Array, labels: number): Table['target'] {
  if (labels === 0) return { type: 'number', values: scores };
  const codes = Int32Array.from(scores, (score) => Math.abs(Math.floor(score)) % labels);
  return { type: 'category', labels, codes };
}

function signatureOf(features: readonly EncodedFeature[], labels: number): EncodedSignature {
  const base = { name: 'target', column: 'Target' };
  const names = Array.from({ length: labels }, (_, label) => `label ${label}`);
  return {
    features,
    target:
      labels === 0
        ? { ...base, type: 'number', unit: null }
        : { ...base, type: 'category', labels: names },
  };
}

export const numberFeature = (name: string): EncodedFeature => ({
  type: 'number',
  name,
  column: name,
  description: '',
  nullable: true,
  unit: null,
  minimum: -5,
  maximum: 5,
});

export const categoryFeature = (name: string, count: number): EncodedFeature => ({
  type: 'category',
  name,
  column: name,
  description: '',
  nullable: true,
  categories: Array.from({ length: count }, (_, code) => `category ${code}`),
});

/** A table of number features from plain rows and labels 0…k-1 (or numbers). */
export function tableOf(
  rows: readonly (readonly number[])[],
  target: readonly number[],
  kind: 'category' | 'number' = 'category',
): Table {
  const width = rows[0]!.length;
  const features = Array.from({ length: width }, (_, place) => numberFeature(`n${place}`));
  const labels = kind === 'category' ? Math.max(2, ...target.map((label) => label + 1)) : 0;
  return {
    signature: signatureOf(features, labels),
    count: rows.length,
    width,
    values: Float32Array.from(rows.flat()),
    target:
      kind === 'category'
        ? { type: 'category', labels, codes: Int32Array.from(target) }
        : { type: 'number', values: Float64Array.from(target) },
  };
}

/** The same rows with their features in another order: the first is the one that was at `order[0]`. */
export function permuteColumns(table: Table, order: readonly number[]): Table {
  const { signature, width, count, values } = table;
  const moved = new Float32Array(values.length);
  for (let row = 0; row < count; row++)
    order.forEach((from, to) => (moved[row * width + to] = values[row * width + from]!));
  const features = order.map((from) => signature.features[from]!);
  return { ...table, signature: { ...signature, features }, values: moved };
}
