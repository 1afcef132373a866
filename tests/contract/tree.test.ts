// tree.json: which way a value goes, what a sum of trees answers, and what is refused.

import { describe, expect, test } from 'vitest';
import {
  parseTreeEnsemble,
  predictMargins,
  predictTrees,
  type TreeEnsemble,
} from '#contract/model/tree.ts';

/** length < 2.5 ? left : (water is not 1 ? middle : right) */
const ensemble: TreeEnsemble = {
  format_version: 1,
  outputs: 1,
  base_values: [0.5],
  trees: [
    {
      mode: ['lt', 'leaf', 'neq', 'leaf', 'leaf'],
      feature: [0, 0, 1, 0, 0],
      threshold: [2.5, 0, 1, 0, 0],
      left: [1, 0, 3, 0, 0],
      right: [2, 0, 4, 0, 0],
      cover: [10, 4, 6, 5, 1],
      value: [[], [1], [], [2], [4]],
    },
  ],
};
const text = (change: object = {}): string => JSON.stringify({ ...ensemble, ...change });
const withTree = (change: object): string => text({ trees: [{ ...ensemble.trees[0], ...change }] });

test.each([
  ['below the threshold', [2.4, 1], 1.5],
  ['one float32 below it', [Math.fround(2.5 - 2 ** -22), 1], 1.5],
  ['on it', [2.5, 0], 2.5],
  ['above it, and the category asked for', [3, 1], 4.5],
  ['an unknown category is not the one asked for', [3, -1], 2.5],
  ['a missing number is not below', [NaN, 1], 4.5],
  ['a missing category is not the one asked for', [NaN, NaN], 2.5],
])('%s', (_, row, answer) => {
  expect([...predictTrees(ensemble, Float32Array.from(row))]).toEqual([answer]);
});

test('trees are added up in float32, then the base values', () => {
  const two = {
    ...ensemble,
    base_values: [Math.fround(0.1)],
    trees: [ensemble.trees[0]!, ensemble.trees[0]!],
  };
  const sum = Math.fround(2 + Math.fround(0.1));
  expect([...predictTrees(two, Float32Array.of(0, 0))]).toEqual([sum]);
});

test('a row is read at its offset', () => {
  expect([...predictTrees(ensemble, Float32Array.of(0, 0, 3, 1), 2)]).toEqual([4.5]);
});

const boosted: TreeEnsemble = {
  ...ensemble,
  outputs: 2,
  base_values: [0.5, 0],
  trees: [{ ...ensemble.trees[0]!, value: [[], [1, 0], [], [2, 0], [4, 0]] }],
  linear: {
    intercept: [0, 1],
    terms: [
      {
        type: 'number',
        mean: 2,
        minimum: 0,
        maximum: 4,
        weights: [1, -1],
        missing: [0.25, 0],
        expected: [0, 0],
      },
      {
        type: 'category',
        weights: [
          [0, 0],
          [0, 8],
        ],
        expected: [0, 4],
      },
    ],
  },
  post_transform: 'softmax',
};

describe('a linear term', () => {
  test.each([
    ['a number and a category', [3, 1], [5.5, 8]],
    ['a number above the range is the largest', [9, 0], [4.5, -1]],
    ['a number below the range is the smallest', [-Infinity, 0], [-0.5, 3]],
    ['a missing number adds what missing ones do', [NaN, 0], [2.75, 1]],
    ['an unknown category adds nothing', [3, -1], [3.5, 0]],
    ['nor does a missing one, when none was', [3, NaN], [3.5, 0]],
    ['nor does what is no code', [3, 0.5], [3.5, 0]],
  ])('%s', (_, row, margins) => {
    expect([...predictMargins(boosted, Float32Array.from(row))]).toEqual(margins);
  });

  test('softmax makes probabilities of the margins, however large', () => {
    const row = Float32Array.of(3, 0);
    const [a, b] = predictTrees(boosted, row);
    expect(a! + b!).toBeCloseTo(1, 6);
    expect(a! / b!).toBeCloseTo(Math.exp(3.5), 3);
    const far = { ...boosted, base_values: [1e30, 0] };
    expect([...predictTrees(far, row)]).toEqual([1, 0]);
  });

  test('parse(write(model)) is the model', () => {
    expect(parseTreeEnsemble(JSON.stringify(boosted))).toEqual(boosted);
  });

  test.each([
    ['another transform', { post_transform: 'logistic' }, '/post_transform must be "softmax"'],
    ['no intercept', { linear: { terms: [] } }, '/linear/intercept must be a list'],
    [
      'a term of no type',
      { linear: { intercept: [0, 0], terms: [{ expected: [0, 0] }] } },
      '/linear/terms/0/type must be "number" or "category"',
    ],
    [
      'too few weights',
      {
        linear: {
          intercept: [0, 0],
          terms: [{ type: 'category', weights: [[1]], expected: [0, 0] }],
        },
      },
      '/linear/terms/0/weights/0 must have 2 values',
    ],
  ])('refuses %s', (_, change, message) => {
    expect(() => parseTreeEnsemble(JSON.stringify({ ...boosted, ...change }))).toThrow(message);
  });
});

describe('parseTreeEnsemble', () => {
  test('parse(write(trees)) is the trees', () => {
    expect(parseTreeEnsemble(text())).toEqual(ensemble);
  });

  test('numbers are read to the nearest float32', () => {
    const parsed = parseTreeEnsemble(withTree({ threshold: [0.1, 0, 1, 0, 0] }));
    expect(parsed.trees[0]?.threshold[0]).toBe(Math.fround(0.1));
  });

  test.each([
    ['another format', text({ format_version: 2 }), '/format_version must be 1'],
    ['a tree without a root', withTree({ mode: [] }), '/trees/0/mode must have a root'],
    [
      'an unknown mode',
      withTree({ mode: ['gt', 'leaf', 'neq', 'leaf', 'leaf'] }),
      '/trees/0/mode/0',
    ],
    ['lists of different lengths', withTree({ cover: [1] }), '/trees/0/cover must have 5 items'],
    [
      'a node that is its own child',
      withTree({ left: [0, 0, 3, 0, 0] }),
      '/trees/0/left/0 is no child of node 0: 0',
    ],
    [
      'a child before its parent',
      withTree({ right: [2, 0, 1, 0, 0] }),
      '/trees/0/right/2 is no child of node 2: 1',
    ],
    ['a child beyond the end', withTree({ right: [2, 0, 5, 0, 0] }), '/trees/0/right/2'],
    ['a leaf with a child', withTree({ left: [1, 3, 3, 0, 0] }), '/trees/0/left/1'],
    [
      'a leaf without a value',
      withTree({ value: [[], [], [], [2], [4]] }),
      '/trees/0/value/1 must have 1 values',
    ],
    ['too few base values', text({ base_values: [] }), '/base_values must have 1 values'],
  ])('refuses %s', (_, json, message) => {
    expect(() => parseTreeEnsemble(json)).toThrow(message);
  });
});
