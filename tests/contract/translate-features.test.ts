// encode for one version, translated, is encode for the other: categories in another order, more of them, dates beside them.

import { expect, test } from 'vitest';
import { createEncoder } from '#contract/features/encode-row.ts';
import type { CategoryFeature, Signature } from '#contract/signature.ts';
import { rememberTranslators, translatorOf } from '#contract/features/translate-features.ts';

const common = { description: '', nullable: true };
const category = (categories: readonly string[]): CategoryFeature => {
  return { type: 'category', name: 'water', column: 'Water', ...common, categories };
};
const signature = (categories: readonly string[]): Signature => ({
  features: [
    {
      type: 'date',
      name: 'day',
      column: 'Day',
      ...common,
      minimum: '2020-01-01',
      maximum: '2026-01-01',
    },
    category(categories),
    { type: 'boolean', name: 'wet', column: 'Wet', ...common },
    { type: 'number', name: 'size', column: 'Size', ...common, unit: null, minimum: 0, maximum: 9 },
  ],
  target: { type: 'number', name: 'value', column: 'Value', unit: null },
});

const ROWS = ['salt', 'fresh', 'brackish', 'never seen', null].flatMap((water) =>
  ['2024-02-29', null].flatMap((day) =>
    [true, false, null].map((wet, size) => ({ day, water, wet, size })),
  ),
);

function encoded(by: Signature): Float32Array {
  const encoder = createEncoder(by);
  const values = new Float32Array(ROWS.length * encoder.width);
  ROWS.forEach((row, index) =>
    encoder.encodeRow(row, values, index * encoder.width, '', { faults: [], warnings: [] }),
  );
  return values;
}

test.each([
  [
    ['salt', 'fresh'],
    ['salt', 'fresh'],
  ],
  [
    ['salt', 'fresh'],
    ['fresh', 'salt'],
  ],
  [
    ['salt', 'fresh', 'brackish'],
    ['brackish', 'salt', 'fresh'],
  ],
  [
    ['salt', 'fresh', 'brackish'],
    ['fresh', 'salt'],
  ],
])('from %j to %j', (from, to) => {
  const before = encoded(signature(from));
  const kept = before.slice();
  expect(translatorOf(signature(from), signature(to))!(before)).toEqual(encoded(signature(to)));
  expect(before).toEqual(kept);
});

test('a category that the first version did not know stays unknown to the second', () => {
  const [from, to] = [signature(['salt']), signature(['fresh', 'salt'])];
  const translated = translatorOf(from, to)!(encoded(from));
  const waters = translated.filter((_, index) => index % 6 === 3);
  expect(new Set(waters)).toEqual(new Set([1, -1, NaN]));
});

test('versions that cannot be asked in each other’s place are not translated', () => {
  const from = signature(['salt']);
  const [, ...fewer] = from.features;
  const translator = rememberTranslators();
  expect(translator(from, { ...from, features: fewer })).toBeNull();
  const to = signature(['fresh']);
  expect(translator(from, to)).toBe(translator(from, to));
});
