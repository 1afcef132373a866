// The path of a row in words: for every kind of feature, split and value, what is true of the row.

import { describe, expect, test } from 'vitest';
import { createDecisionPath, type Step } from '#contract/explain/decision-path.ts';
import type { Relation } from '#contract/explain/relation.ts';
import type { CategoryFeature, Feature, Signature } from '#contract/signature.ts';
import { leafOf, type Mode, type Tree } from '#contract/model/tree.ts';
import { randomNumbers, randomRow, randomTree, signatureOf } from './random-trees.ts';

const base = { column: '', description: '', nullable: true };
const number: Feature = {
  ...base,
  type: 'number',
  name: 'size',
  unit: 'm',
  minimum: 0,
  maximum: 9,
};
const category: CategoryFeature = {
  ...base,
  type: 'category',
  name: 'kind',
  categories: ['a', 'b', 'c', 'd', 'e'],
};
const boolean: Feature = { ...base, type: 'boolean', name: 'wet' };
const date: Feature = {
  ...base,
  type: 'date',
  name: 'day',
  minimum: '2020-01-01',
  maximum: '2024-12-31',
};

const signatureWith = (...features: readonly Feature[]): Signature => ({
  features,
  target: { type: 'number', name: 'y', column: 'Y', unit: null },
});

/** One split of 10 rows: 4 go left, 6 right. */
const split = (mode: Mode, feature: number, threshold: number): Tree => ({
  mode: [mode, 'leaf', 'leaf'],
  feature: [feature, 0, 0],
  threshold: [threshold, 0, 0],
  left: [1, 0, 0],
  right: [2, 0, 0],
  cover: [10, 4, 6],
  value: [[], [0], [1]],
});

describe('what is true of the row at a split', () => {
  const CASES: readonly (readonly [string, Feature, Mode, number, number, Relation, boolean])[] = [
    ['a number below', number, 'lt', 2.5, 2, { relation: '<', threshold: 2.5 }, true],
    ['a number on the threshold', number, 'lt', 2.5, 2.5, { relation: '≥', threshold: 2.5 }, false],
    [
      'the shortest decimal',
      number,
      'lt',
      Math.fround(0.1),
      1,
      { relation: '≥', threshold: 0.1 },
      false,
    ],
    ['a missing number', number, 'lt', 2.5, NaN, { relation: 'is missing' }, false],
    ['the category', category, 'neq', 1, 1, { relation: 'is', category: 'b' }, false],
    ['another category', category, 'neq', 1, 2, { relation: 'is not', category: 'b' }, true],
    ['an unknown category', category, 'neq', 1, -1, { relation: 'is not', category: 'b' }, true],
    ['a missing category', category, 'neq', 1, NaN, { relation: 'is not', category: 'b' }, true],
    [
      'among the few',
      category,
      'lt',
      2,
      0,
      { relation: 'is one of', categories: ['a', 'b'] },
      true,
    ],
    [
      'among the many',
      category,
      'lt',
      2,
      4,
      { relation: 'is none of', categories: ['a', 'b'] },
      false,
    ],
    ['the only one', category, 'lt', 1, 0, { relation: 'is', category: 'a' }, true],
    ['all but one', category, 'lt', 1, 3, { relation: 'is not', category: 'a' }, false],
    [
      'unknown, left',
      category,
      'lt',
      3,
      -1,
      { relation: 'is none of', categories: ['d', 'e'] },
      true,
    ],
    ['unknown, left of one', category, 'lt', 4, -1, { relation: 'is not', category: 'e' }, true],
    ['missing, right', category, 'lt', 2, NaN, { relation: 'is missing' }, false],
    ['false', boolean, 'lt', 0.5, 0, { relation: 'is', category: false }, true],
    ['true', boolean, 'lt', 0.5, 1, { relation: 'is', category: true }, false],
    ['a missing boolean', boolean, 'lt', 0.5, NaN, { relation: 'is missing' }, false],
  ];
  test.each(CASES)('%s', (_, feature, mode, threshold, value, relation, goesLeft) => {
    const path = createDecisionPath(split(mode, 0, threshold), signatureWith(feature));
    expect(path(Float32Array.of(value), 0)).toEqual([
      {
        feature: feature.name,
        ...relation,
        branch: goesLeft ? 'left' : 'right',
        rows: goesLeft ? 4 : 6,
      },
    ]);
  });

  test.each([
    [1, 'year'],
    [2, 'month'],
    [3, 'weekday'],
  ])('value %i of a row is the %s of the date', (place, part) => {
    const path = createDecisionPath(split('lt', place, 5), signatureWith(number, date, boolean));
    expect(path(Float32Array.of(0, 6, 6, 6, 0), 0)).toEqual([
      { feature: 'day', part, relation: '≥', threshold: 5, branch: 'right', rows: 6 },
    ]);
  });
});

test('a step names only the categories that those before it left', () => {
  const tree: Tree = {
    mode: ['lt', 'leaf', 'neq', 'lt', 'leaf', 'leaf', 'leaf'],
    feature: [0, 0, 0, 0, 0, 0, 0],
    threshold: [2, 0, 3, 3, 0, 0, 0],
    left: [1, 0, 3, 5, 0, 0, 0],
    right: [2, 0, 4, 6, 0, 0, 0],
    cover: [9, 4, 5, 3, 2, 1, 2],
    value: [[], [0], [], [], [1], [2], [3]],
  };
  const path = createDecisionPath(tree, signatureWith(category));
  expect(path(Float32Array.of(4), 0)).toMatchObject([
    { relation: 'is none of', categories: ['a', 'b'] },
    { relation: 'is not', category: 'd' },
    { relation: 'is', category: 'e' },
  ]);
});

test('every step says what is true of the row', () => {
  const random = randomNumbers(11);
  const isTrue = (step: Step, value: number): boolean => {
    const name = category.categories[value];
    switch (step.relation) {
      case 'is':
        return step.category === name;
      case 'is not':
        return step.category !== name;
      case 'is one of':
        return name !== undefined && step.categories.includes(name);
      case 'is none of':
        return name === undefined || !step.categories.includes(name);
      case 'is missing':
        return Number.isNaN(value);
      default:
        return false;
    }
  };
  for (let round = 0; round < 300; round++) {
    const tree = randomTree({ width: 1, outputs: 1, depth: 6, random });
    const value = [-1, 0, 1, 2, 3, 4, NaN][round % 7]!;
    for (const step of createDecisionPath(tree, signatureWith(category))(Float32Array.of(value), 0))
      expect(isTrue(step, value), JSON.stringify([value, step])).toBe(true);
  }
});

test('the path ends in the leaf that the prediction comes from, one step a split', () => {
  const random = randomNumbers(9);
  for (let round = 0; round < 200; round++) {
    const tree = randomTree({ width: 4, outputs: 1, depth: 7, random });
    const rows = Float32Array.from([...randomRow(4, random), ...randomRow(4, random)]);
    let node = 0;
    for (const { branch, rows: cover } of createDecisionPath(tree, signatureOf(4, 1))(rows, 4)) {
      node = branch === 'left' ? tree.left[node]! : tree.right[node]!;
      expect(cover).toBe(tree.cover[node]);
    }
    expect(node).toBe(leafOf(tree, rows, 4));
  }
});
