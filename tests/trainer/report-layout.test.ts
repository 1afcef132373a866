// What figures are laid out by: questions that part what they say they part, trees without two nodes in a place, texts that fit.

import { describe, expect, test } from 'vitest';
import type { Signature } from '#contract/signature.ts';
import type { Tree } from '#contract/model/tree.ts';
import { confusion } from '../../trainer/report/figures/confusion.ts';
import { createRandom, type Random } from '../../trainer/table/random.ts';
import { placesOf } from '../../trainer/report/places.ts';
import { everything, questionAt } from '../../trainer/report/question.ts';
import { shorten, textWidth } from '../../trainer/report/text-width.ts';
import { belowEach, layoutTree } from '../../trainer/report/tree-layout.ts';
import { labelOf, listed, percent, quantity, signed } from '../../trainer/report/words.ts';

const base = { description: '', nullable: false };
const SIGNATURE: Signature = {
  features: [
    { ...base, type: 'number', name: 'n', column: 'Length (m)', unit: 'm', minimum: 0, maximum: 9 },
    { ...base, type: 'category', name: 'c', column: 'Kind', categories: ['a', 'b', 'c', 'd', 'e'] },
    { ...base, type: 'boolean', name: 'b', column: 'Lift' },
    {
      ...base,
      type: 'date',
      name: 'd',
      column: 'Sold',
      minimum: '2020-01-01',
      maximum: '2024-01-01',
    },
  ],
  target: { type: 'number', name: 'y', column: 'Y', unit: null },
};
const places = placesOf(SIGNATURE);

/** Nodes in depth-first order with random splits; as many rows in as out. */
function grow(random: Random, depth: number): Tree {
  const [mode, left, right, feature, threshold, cover]: [Tree['mode'][number][], ...number[][]] = [
    [],
    [],
    [],
    [],
    [],
    [],
  ];
  const value: number[][] = [];
  const add = (level: number, rows: number): number => {
    const node = mode.length;
    const isLeaf = level === depth || rows < 2 || random.next() < 0.2;
    mode.push(isLeaf ? 'leaf' : 'lt');
    cover!.push(rows);
    feature!.push(isLeaf ? 0 : random.below(places.length));
    threshold!.push(isLeaf ? 0 : random.below(5) + 0.5);
    value.push(isLeaf ? [random.next()] : []);
    left!.push(0);
    right!.push(0);
    if (isLeaf) return node;
    const part = 1 + random.below(rows - 1);
    left![node] = add(level + 1, part);
    right![node] = add(level + 1, rows - part);
    return node;
  };
  add(0, 100);
  return {
    mode,
    left: left!,
    right: right!,
    feature: feature!,
    threshold: threshold!,
    cover: cover!,
    value,
  };
}

const trees = Array.from({ length: 30 }, (_, seed) => grow(createRandom(seed, 'trees'), 6));

describe('a tree', () => {
  const order = (tree: Tree) => (node: number) => [tree.left[node]!, tree.right[node]!] as const;

  test('has every leaf on a line of its own, and every parent in the middle of its children', () => {
    for (const tree of trees) {
      const spots = layoutTree(tree, 4, order(tree));
      const ends = spots.filter(({ node, isFolded }) => isFolded || tree.mode[node] === 'leaf');
      expect(ends.map(({ line }) => line)).toEqual(ends.map((_, place) => place));
      spots.forEach((spot, at) => {
        const children = spots.filter(({ parent }) => parent === at);
        if (children.length === 0) return;
        const [upper, lower] = children;
        expect(children).toHaveLength(2);
        expect(spot.line).toBe((upper!.line + lower!.line) / 2);
        expect(upper).toMatchObject({ depth: spot.depth + 1, node: tree.left[spot.node] });
      });
    }
  });

  test('no two nodes of a level are on one line, and none is deeper than asked', () => {
    for (const tree of trees)
      for (const depth of [0, 1, 3, 9]) {
        const spots = layoutTree(tree, depth, order(tree));
        const taken = new Set(spots.map((spot) => `${spot.depth} ${spot.line}`));
        expect(taken.size).toBe(spots.length);
        expect(Math.max(...spots.map((spot) => spot.depth))).toBeLessThanOrEqual(depth);
      }
  });

  test('folded or not, every leaf is counted, and the mean is that of its rows', () => {
    for (const tree of trees) {
      const [root] = belowEach(tree);
      const leaves = tree.mode.flatMap((mode, node) => (mode === 'leaf' ? [node] : []));
      expect(root).toMatchObject({ nodes: tree.mode.length, leaves: leaves.length });
      const sum = leaves.reduce((all, node) => all + tree.cover[node]! * tree.value[node]![0]!, 0);
      expect(root!.value[0]).toBeCloseTo(sum / 100, 9);
    }
  });
});

describe('a question', () => {
  const ask = (place: number, mode: 'lt' | 'neq', threshold: number, reach = everything(places)) =>
    questionAt(
      {
        ...{ mode: [mode, 'leaf', 'leaf'], feature: [place, 0, 0], threshold: [threshold, 0, 0] },
        ...{ left: [1, 0, 0], right: [2, 0, 0], cover: [2, 1, 1], value: [[], [0], [0]] },
      },
      0,
      { places, reach },
    );

  test.each([
    [0, 'lt', 2.5, 'Length < 2.5 m', 'left'],
    [1, 'neq', 2, 'Kind is c', 'right'],
    [1, 'lt', 0.5, 'Kind is a', 'left'],
    [1, 'lt', 1.5, 'Kind is a or b', 'left'],
    [1, 'lt', 2.5, 'Kind is d or e', 'right'],
    [1, 'lt', 3.5, 'Kind is e', 'right'],
    [2, 'lt', 0.5, 'Lift is yes', 'right'],
    [3, 'lt', 2021.5, 'Sold: year < 2021.5', 'left'],
    [4, 'lt', 2.5, 'Sold: month is Jan or Feb', 'left'],
    [5, 'lt', 5.5, 'Sold: day of the week is Sat or Sun', 'right'],
  ] as const)(
    'of place %i (%s %d) is "%s", and yes goes %s',
    (place, mode, threshold, text, yes) => {
      const { label, asks, yes: side } = ask(place, mode, threshold);
      expect([`${label} ${asks}`, side]).toEqual([text, yes]);
    },
  );

  test('counts the names that there is no room for, and keeps them', () => {
    const many = ask(4, 'lt', 5.5);
    expect(many).toMatchObject({
      asks: 'is Jan or 4 others',
      whole: 'is Jan, Feb, Mar, Apr or May',
    });
  });

  test('every name goes one way, and later questions know which are left', () => {
    for (const threshold of [0.5, 1.5, 2.5, 3.5]) {
      const { left, right } = ask(1, 'lt', threshold);
      expect([...left[1]!, ...right[1]!]).toEqual([0, 1, 2, 3, 4]);
      expect(ask(1, 'neq', left[1]![0]!, left).right[1]).toEqual([left[1]![0]]);
      expect(ask(1, 'neq', 4, left).right[1]).toEqual([]);
    }
  });
});

test('columns that differ by their unit alone keep it', () => {
  const [length] = SIGNATURE.features;
  const feet = { ...length!, name: 'ft', column: 'Length (ft)', unit: 'ft' } as typeof length;
  const labels = placesOf({ ...SIGNATURE, features: [length!, feet!] }).map(({ label }) => label);
  expect(labels).toEqual(['Length (m)', 'Length (ft)']);
});

describe('a text', () => {
  const TEXTS = [
    '',
    'a',
    'West African Slender-snouted Crocodile',
    'WWWWWWWW',
    '日本語の長い名前です',
    'a <b>&"c"</b>',
  ];

  test.each(TEXTS)('that is shortened fits, and is as it was where there is room: %s', (text) => {
    for (const width of [20, 60, 150, 900]) {
      const short = shorten(text, width, 13);
      expect(textWidth(short, 13)).toBeLessThanOrEqual(width);
      if (textWidth(text, 13) <= width) expect(short).toBe(text);
      else expect(short).toMatch(/…$/);
    }
  });
});

test('of more labels than a grid can name, the pairs that are confused most are named in full', () => {
  const labels = Array.from({ length: 40 }, (_, label) => `Lesser spotted lake crocodile ${label}`);
  const matrix = labels.map((_, truth) =>
    labels.map((_, taken) => {
      if (truth === taken) return 50;
      return truth === 3 && taken < 3 ? 9 - taken : 0;
    }),
  );
  const [grid, pairs] = confusion(labels, matrix);
  expect(grid!.caption).toContain('2,000 of 2,024 held-out rows are right');
  expect(grid!.svg).not.toMatch(/<text[^>]*>Lesser/);
  const names = [...pairs!.svg.matchAll(/<text[^>]*>(Lesser[^<]+)</g)].map(([, name]) => name);
  expect(names).toEqual([0, 1, 2].map((taken) => `${labels[3]} → ${labels[taken]}`));
});

test.each([
  [quantity(1234.5678, 'm'), '1235 m'],
  [quantity(1_234_567), '1,235,000'],
  [quantity(-0.5), '−0.5'],
  [signed(-12.345), '−12.3'],
  [signed(0.25, '€'), '+0.25 €'],
  [percent(0.9999), '>99.9%'],
  [percent(0.0002), '<0.1%'],
  [percent(1), '100%'],
  [listed(['a', 'b', 'c']), 'a, b and c'],
  [labelOf('Length (m)', 'm'), 'Length'],
  [labelOf('Length (m)', null), 'Length (m)'],
])('%s', (said, expected) => expect(said).toBe(expected));
