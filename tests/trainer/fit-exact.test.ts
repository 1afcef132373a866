// What `exact` does that ml-cart does not, and the laws its trees keep.

import { DecisionTreeClassifier, DecisionTreeRegression } from 'ml-cart';
import { describe, expect, test } from 'vitest';
import { predictTrees, type Tree } from '#contract/model/tree.ts';
import { fit } from '../../trainer/fit/fit.ts';
import { createRandom, shuffle } from '../../trainer/table/random.ts';
import { takeRows, type Table } from '../../trainer/table/table.ts';
import { madeUpTable, tableOf } from './tables.ts';

const grow = (table: Table, parameters: object = {}) =>
  fit(table, {
    algorithm: 'tree',
    parameters: { max_depth: 50, min_rows: 1, smoothing: 0, ...parameters },
  });
const treeOf = (table: Table, parameters?: object): Tree =>
  grow(table, parameters).ensemble.trees[0]!;

describe('faults of ml-cart that exact does not have', () => {
  test('a root without gain is split when its children gain (XOR)', () => {
    const rows = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    const codes = [0, 1, 1, 0];
    const theirs = new DecisionTreeClassifier({ minNumSamples: 1 });
    theirs.train(rows, codes);
    expect(theirs.root.left).toBeUndefined();
    const model = grow(tableOf(rows, codes));
    expect(rows.map((row) => predictTrees(model.ensemble, Float32Array.from(row))[1])).toEqual(
      codes,
    );
  });

  test('a regression root that is split perfectly is split', () => {
    const theirs = new DecisionTreeRegression({ minNumSamples: 1 });
    theirs.train([[0], [1]], [5, 7]);
    expect(theirs.root.left).toBeUndefined();
    expect(treeOf(tableOf([[0], [1]], [5, 7], 'number')).value).toEqual([[], [5], [7]]);
  });

  test('the order of the rows hides no split', () => {
    const codes = [1, 1, 0, 0, 1];
    const rows = [[0], [1], [1], [2], [2]];
    const found = new Set<string>();
    for (let seed = 0; seed < 30; seed++) {
      const order = shuffle([0, 1, 2, 3, 4], createRandom(seed, 'row order'));
      const theirs = new DecisionTreeClassifier({ minNumSamples: 1, gainThreshold: 0 });
      theirs.train(
        order.map((row) => rows[row]!),
        order.map((row) => codes[row]!),
      );
      found.add(JSON.stringify(theirs.toJSON()));
    }
    expect(found.size).toBeGreaterThan(1);
    const ours = treeOf(tableOf(rows, codes));
    expect(ours.threshold.filter((_, node) => ours.mode[node] !== 'leaf').sort()).toEqual([
      0.5, 1.5,
    ]);
  });

  test('every leaf has a probability for every label', () => {
    const table = tableOf([[0], [1], [2], [3]], [0, 0, 0, 3]);
    for (const value of treeOf(table).value.filter(({ length }) => length > 0))
      expect(value).toHaveLength(4);
  });
});

describe('laws', () => {
  test.each([
    ['many labels', { labels: 7 }],
    ['two labels', { labels: 2 }],
    ['a number', { labels: 0 }],
    ['empty cells', { labels: 4, missing: 0.15 }],
  ])('the order of the rows changes no bit (%s)', (_, options) => {
    for (let seed = 1; seed <= 8; seed++) {
      const table = madeUpTable({ seed, rows: 120, numbers: 3, categories: [6, 3], ...options });
      const rows = Int32Array.from({ length: table.count }, (_, row) => row);
      const shuffled = takeRows(table, shuffle(rows, createRandom(seed, 'law')));
      const [a, b] = [grow(table, { smoothing: 1 }), grow(shuffled, { smoothing: 1 })];
      expect(JSON.stringify(b.ensemble)).toBe(JSON.stringify(a.ensemble));
      expect(b.signature).toEqual(a.signature);
    }
  });

  test('rows that differ are told apart, down to leaves that are pure', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const table = madeUpTable({ seed, rows: 80, numbers: 2, categories: [5], labels: 3 });
      const model = grow(table);
      const { target, values, width } = table;
      if (target.type !== 'category') throw new Error('not a class table');
      const recoded = codesUnder(model.signature.features[2]!, table);
      for (let row = 0; row < table.count; row++) {
        const encoded = values.slice(row * width, (row + 1) * width);
        encoded[2] = recoded[encoded[2]!]!;
        expect(model.predict(encoded, 0)[target.codes[row]!]).toBe(1);
      }
    }
  });

  test('a node has as many rows as its children, the root all of them', () => {
    const tree = treeOf(
      madeUpTable({ seed: 5, rows: 200, numbers: 2, categories: [9], labels: 3 }),
    );
    expect(tree.cover[0]).toBe(200);
    tree.mode.forEach((mode, node) => {
      if (mode === 'leaf') return;
      expect(tree.cover[node]).toBe(tree.cover[tree.left[node]!]! + tree.cover[tree.right[node]!]!);
    });
  });

  test('no node of min_rows rows or fewer is split, and none deeper than max_depth', () => {
    const table = madeUpTable({ seed: 3, rows: 300, numbers: 3, categories: [5], labels: 5 });
    const coarse = treeOf(table, { min_rows: 20 });
    coarse.mode.forEach((mode, node) => {
      if (mode !== 'leaf') expect(coarse.cover[node]).toBeGreaterThan(20);
    });
    const shallow = treeOf(table, { max_depth: 3 });
    expect(shallow.mode.length).toBeLessThanOrEqual(2 ** 4 - 1);
    expect(treeOf(table, { max_depth: 0 }).mode).toEqual(['leaf']);
  });

  test('thresholds are float32, and no threshold is a value of the left side', () => {
    const above = Math.fround(1 + 2 ** -23);
    const tree = treeOf(tableOf([[1], [above]], [0, 1]));
    expect(tree.threshold[0]).toBe(above);
  });

  test('missing numbers go right, and may be what tells rows apart', () => {
    const tree = treeOf(tableOf([[1], [2], [NaN], [NaN]], [0, 0, 1, 1]));
    expect(tree.mode).toEqual(['lt', 'leaf', 'leaf']);
    expect(tree.value[tree.right[0]!]).toEqual([0, 1]);
    expect(2 < tree.threshold[0]!).toBe(true);
  });

  test('rows whose only number is missing are alike', () => {
    const tree = treeOf(tableOf([[1], [NaN], [NaN]], [0, 0, 1]));
    expect(tree.value).toEqual([[], [1, 0], [0.5, 0.5]]);
  });

  test('a missing category is none of the categories', () => {
    const table = madeUpTable({ seed: 1, rows: 4, numbers: 0, categories: [2], labels: 2 });
    const gaps: Table = {
      ...table,
      values: Float32Array.of(NaN, NaN, 1, 1),
      target: { type: 'category', labels: 2, codes: Int32Array.of(0, 0, 1, 1) },
    };
    const model = grow(gaps);
    expect(Array.from(model.predict(Float32Array.of(NaN), 0))).toEqual([1, 0]);
  });
});

test('categories too rare to have a place are told from the others by one split', () => {
  const base = madeUpTable({ seed: 1, rows: 6, numbers: 0, categories: [3], labels: 2 });
  const codes = Int32Array.of(1, 1, 0, 0, 0, 0);
  const target = { type: 'category', labels: 2, codes } as const;
  const table: Table = { ...base, values: Float32Array.of(-1, -1, 0, 1, 2, 0), target };
  const tree = treeOf(table);
  expect(tree.mode).toEqual(['lt', 'leaf', 'leaf']);
  expect(tree.threshold[0]).toBe(-0.5);
  expect(tree.value.slice(1)).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

describe('smoothing', () => {
  test('adds rows that are spread as the parent’s are', () => {
    const tree = treeOf(tableOf([[0], [0], [0], [1]], [0, 0, 0, 1]), { smoothing: 1 });
    const root = [(3 + 0.5) / 5, (1 + 0.5) / 5];
    const left = [(3 + root[0]!) / 4, (0 + root[1]!) / 4];
    const right = [(0 + root[0]!) / 2, (1 + root[1]!) / 2];
    expect(tree.value).toEqual([[], left.map(Math.fround), right.map(Math.fround)]);
  });

  test('draws a leaf’s mean toward its parent’s', () => {
    const tree = treeOf(tableOf([[0], [1]], [0, 8], 'number'), { smoothing: 1 });
    expect(tree.value).toEqual([[], [2], [6]]);
  });

  test('leaves a constant target constant', () => {
    expect(treeOf(tableOf([[0], [1]], [3, 3], 'number'), { smoothing: 2 }).value).toEqual([[3]]);
  });
});

/** New code of each old one. */
function codesUnder(feature: Table['signature']['features'][number], table: Table): number[] {
  const before = table.signature.features[2]!;
  if (feature.type !== 'category' || before.type !== 'category') throw new Error('not a category');
  return before.categories.map((category) => feature.categories.indexOf(category));
}
