// Categories in order of their rows' targets: what makes "below a code" a question worth asking.

import { expect, test } from 'vitest';
import { orderCategories } from '../../trainer/fit/category-order.ts';
import type { Table } from '../../trainer/table/table.ts';
import { categoryFeature, tableOf } from './tables.ts';

function tableWith(codes: readonly number[], table: Table, categories: number): Table {
  const signature = { ...table.signature, features: [categoryFeature('c', categories)] };
  return { ...table, signature, width: 1, values: Float32Array.from(codes) };
}

const categoriesOf = (table: Table): readonly string[] => {
  const [feature] = table.signature.features;
  return feature?.type === 'category' ? feature.categories : [];
};

test('by the mean of a number', () => {
  const target = tableOf([[0], [0], [0], [0], [0]], [9, 1, 5, 1, 7], 'number');
  const ordered = orderCategories(tableWith([0, 1, 2, 1, 0], target, 3));
  expect(categoriesOf(ordered)).toEqual(['category 1', 'category 2', 'category 0']);
  expect([...ordered.values]).toEqual([2, 0, 1, 0, 2]);
});

test('by the share of a label, when there are two', () => {
  const target = tableOf([[0], [0], [0], [0], [0], [0]], [0, 0, 1, 1, 0, 1]);
  const ordered = categoriesOf(orderCategories(tableWith([1, 1, 2, 2, 0, 0], target, 3)));
  expect([ordered.join(), [...ordered].reverse().join()]).toContain(
    'category 1,category 0,category 2',
  );
});

test('categories of like rows are neighbours, when there are many labels', () => {
  // Categories 0 and 3 see labels 0 and 1; 1 and 4 see label 2; 2 sees labels 3 and 4.
  const codes = [0, 0, 3, 3, 1, 1, 4, 4, 2, 2, 2, 2];
  const labels = [0, 1, 0, 1, 2, 2, 2, 2, 3, 4, 3, 4];
  const target = tableOf(
    codes.map(() => [0]),
    labels,
  );
  const ordered = categoriesOf(orderCategories(tableWith(codes, target, 5)));
  const place = (category: number): number => ordered.indexOf(`category ${category}`);
  expect(Math.abs(place(0) - place(3))).toBe(1);
  expect(Math.abs(place(1) - place(4))).toBe(1);
});

test('without any difference they stay as they were', () => {
  const target = tableOf([[0], [0], [0], [0]], [0, 1, 0, 1]);
  const table = tableWith([0, 0, 1, 1], target, 3);
  expect(orderCategories(table)).toEqual(table);
});

test('a category without rows and a missing value have their place too', () => {
  const target = tableOf([[0], [0], [0]], [1, 9, 5], 'number');
  const ordered = orderCategories(tableWith([2, 0, NaN], target, 3));
  expect(categoriesOf(ordered)).toEqual(['category 2', 'category 1', 'category 0']);
  expect([...ordered.values]).toEqual([0, 2, NaN]);
});
