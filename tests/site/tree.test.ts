// The drawn tree: what stands in its nodes is what the rows that get there have in common, and nothing is drawn twice.

import { describe, expect, test } from 'vitest';
import { createEncoder } from '#contract/features/encode-row.ts';
import type { Feature } from '#contract/signature.ts';
import { leafOf, type Tree } from '#contract/model/tree.ts';
import { makeRows } from '../../bench/made-rows.ts';
import { makeTrees, signatureOf } from '../../bench/made-trees.ts';
import { coefficientsOf } from '../../site/src/lib/tree/coefficients.ts';
import { leafKindOf, type TreeFile } from '../../site/src/lib/tree/kind.ts';
import { firstLevels, layoutOf } from '../../site/src/lib/tree/layout.ts';
import { rowPath } from '../../site/src/lib/tree/row-path.ts';
import { sidesOf } from '../../site/src/lib/tree/sides.ts';
import { summariesOf } from '../../site/src/lib/tree/summaries.ts';
import { treeWords } from '../../site/src/lib/words/en-tree.ts';

const words = treeWords.tree;
const SHAPE = { name: 'made', trees: 3, depth: 6, numbers: 2, categories: [5, 12], classes: 4 };
const signature = signatureOf(SHAPE);
const { trees } = makeTrees(SHAPE);
const all = (tree: Tree): ReadonlySet<number> => new Set(tree.mode.keys());

test('the way of a row ends in its leaf, and each step of it is a branch that is drawn', () => {
  const encoder = createEncoder(signature);
  const into = new Float32Array(encoder.width);
  for (const { row } of makeRows(SHAPE, 50)) {
    encoder.encodeRow(row, into, 0, '', { faults: [], warnings: [] });
    for (const tree of trees) {
      const way = rowPath(tree, into);
      expect(way.at(-1)).toBe(leafOf(tree, into, 0));
      const { nodes } = layoutOf(tree, { signature, words, unfolded: new Set(way) });
      for (const [at, node] of way.entries())
        expect(nodes.find((placed) => placed.node === node)?.parent ?? null).toBe(
          at === 0 ? null : way[at - 1],
        );
    }
  }
});

describe('the layout', () => {
  test.each([0, 1, 3, 99])('of %i levels gives every node a place of its own', (levels) => {
    for (const tree of trees) {
      const unfolded = firstLevels(tree, levels);
      const { nodes, lines } = layoutOf(tree, { signature, words, unfolded });
      expect(nodes).toHaveLength(2 * nodes.filter(({ isUnfolded }) => isUnfolded).length + 1);
      expect(nodes.filter(({ isUnfolded }) => !isUnfolded)).toHaveLength(lines);
      for (const column of new Set(nodes.map((placed) => placed.column))) {
        const taken = nodes.filter((placed) => placed.column === column).map(({ line }) => line);
        taken.slice(1).forEach((line, at) => expect(line - taken[at]!).toBeGreaterThanOrEqual(1));
      }
    }
  });

  test('folded to its root is one node; unfolded, all of them', () => {
    const [tree] = trees;
    const of = (unfolded: ReadonlySet<number>) =>
      layoutOf(tree!, { signature, words, unfolded }).nodes;
    expect(of(new Set())).toHaveLength(1);
    expect(of(all(tree!))).toHaveLength(tree!.mode.length);
  });
});

describe('a summary', () => {
  test('of the root is the mean of the leaves by their rows', () => {
    const tree: Tree = {
      mode: ['lt', 'leaf', 'leaf'],
      feature: [0, 0, 0],
      threshold: [0.5, 0, 0],
      left: [1, 0, 0],
      right: [2, 0, 0],
      cover: [4, 3, 1],
      value: [[], [0.5, 0], [0, 0.5]],
    };
    const target = { type: 'category' as const, name: 'a', column: 'A', labels: ['x', 'y'] };
    // Leaves of one of two trees: halves of probabilities.
    const of = summariesOf(tree, { target, leaves: 'answer', trees: 2 });
    expect(of(0)).toEqual({ kind: 'label', label: 'x', share: 0.75 });
    expect(of(2)).toEqual({ kind: 'label', label: 'y', share: 1 });
    const margins = summariesOf(
      { ...tree, value: [[], [0, -2], [0, 1]] },
      { target, leaves: 'margin', trees: 2 },
    );
    expect(margins(1)).toEqual({ kind: 'margin', label: 'y', margin: -2 });
  });

  test('of a forest of numbers is the tree’s own answer', () => {
    const tree: Tree = {
      mode: ['leaf'],
      feature: [0],
      threshold: [0],
      left: [0],
      right: [0],
      cover: [1],
      value: [[7]],
    };
    const target = { type: 'number' as const, name: 'a', column: 'A', unit: null };
    const say = (leaves: 'answer' | 'part') => summariesOf(tree, { target, leaves, trees: 10 })(0);
    expect(say('answer')).toEqual({ kind: 'value', value: 70 });
    expect(say('part')).toEqual({ kind: 'part', value: 7 });
  });
});

test.each<[string, Omit<TreeFile, 'trees' | 'outputs'>, string]>([
  ['a forest answers', { base_values: [0, 0] }, 'answer'],
  [
    'a boosting of classes adds margins',
    { base_values: [0, 0], post_transform: 'softmax' },
    'margin',
  ],
  ['a boosting of a number adds parts', { base_values: [3] }, 'part'],
])('%s', (_, file, kind) => {
  expect(leafKindOf({ trees: 2, outputs: 1, ...file })).toBe(kind);
});

const base = { name: 'f', description: '', nullable: false };
const number: Feature = {
  ...base,
  type: 'number',
  column: 'Length (m)',
  unit: 'm',
  minimum: 0,
  maximum: 9,
};
const category: Feature = {
  ...base,
  type: 'category',
  column: 'Sex',
  categories: ['a', 'b', 'c', 'd', 'e'],
};
const below = (threshold: number) => ({ isBelow: true, threshold });
const other = (threshold: number) => ({ isBelow: false, threshold });

test.each<[Feature, { isBelow: boolean; threshold: number }, readonly number[] | null, string[]]>([
  [number, below(Math.fround(2.1)), null, ['Length', '< 2.1 m', '≥ 2.1 m']],
  [{ ...number, nullable: true }, below(2), null, ['Length', '< 2 m', '≥ 2 m or not known']],
  [{ ...base, type: 'boolean', column: 'Wet' }, below(0.5), null, ['Wet', 'no', 'yes']],
  [category, other(1), null, ['Sex', 'not b', 'b']],
  [{ ...category, nullable: true }, other(1), null, ['Sex', 'not b or not known', 'b']],
  [category, below(2), null, ['Sex', 'a, b', 'not a, b']],
  [category, below(2), [1, 3], ['Sex', 'b', 'd']],
  [category, below(4), null, ['Sex', 'not e', 'e']],
])('%j at %j, of %j, reads %j', (feature, split, possible, texts) => {
  const { question, left, right } = sidesOf({ feature, part: null }, split, possible, words);
  expect([question, left, right]).toEqual(texts);
});

test('the sides of a category share out what the splits above left', () => {
  const possible = [0, 2, 3];
  for (const split of [below(1), below(3), other(2), other(4)]) {
    const { codes } = sidesOf({ feature: category, part: null }, split, possible, words);
    expect([...codes!.left, ...codes!.right].sort()).toEqual(possible);
  }
});

test('coefficients: the strongest first, a number over its whole range, and nothing that adds nothing', () => {
  const linear = {
    intercept: [0],
    terms: [
      { type: 'number' as const, mean: 0, minimum: 1, maximum: 5, weights: [-2], expected: [0] },
      {
        type: 'category' as const,
        weights: [[1], [0], [9], [0], [0]],
        missing: [3],
        expected: [0],
      },
    ],
  };
  const target = { type: 'number' as const, name: 'y', column: 'Y', unit: null };
  const found = coefficientsOf(
    linear,
    { features: [number, category], target },
    { output: 0, words },
  );
  expect(found.map(({ category: of, isMissing, adds }) => [of, isMissing, adds])).toEqual([
    ['c', false, 9],
    ['', false, -8],
    ['', true, 3],
    ['a', false, 1],
  ]);
});
