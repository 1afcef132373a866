// Laws of the single algorithms.

import { describe, expect, test } from 'vitest';
import type { Tree } from '#contract/model/tree.ts';
import { createDesign } from '../../trainer/fit/design.ts';
import { fit } from '../../trainer/fit/fit.ts';
import { boost } from '../../trainer/fit/boosting.ts';
import { fitLinear, objectiveOf } from '../../trainer/fit/linear.ts';
import { layoutOf } from '../../trainer/fit/layout.ts';
import { sortedFloat32Rows, sortedRows } from '../../trainer/fit/orders.ts';
import { minimise } from '../../trainer/fit/minimise.ts';
import { createRandom } from '../../trainer/table/random.ts';
import type { Table } from '../../trainer/table/table.ts';
import { boostedLinearOf, boostingOf, forestOf, linearOf, treeOf } from './candidates.ts';
import { madeUpTable, tableOf } from './tables.ts';

const made = (labels: number, missing = 0): Table =>
  madeUpTable({ seed: 3, rows: 300, numbers: 3, categories: [6, 3], labels, missing });
const nodesOf = (table: Table, candidate: Parameters<typeof fit>[1]): number =>
  fit(table, candidate).ensemble.trees.reduce((sum, { mode }) => sum + mode.length, 0);

describe('forest', () => {
  test.each([0, 2, 6])(
    'of one tree that sees all rows and features is the tree (%i labels)',
    (labels) => {
      const table = made(labels, 0.1);
      const one = forestOf({ trees: 1, feature_share: 1, bootstrap: false, smoothing: 1 });
      expect(fit(table, one).ensemble).toEqual(fit(table, treeOf()).ensemble);
    },
  );

  test('its answer is the mean of its trees’', () => {
    const { ensemble, predict } = fit(made(3), forestOf());
    const row = Float32Array.of(1, 1, 1, 0, 0);
    expect(ensemble.trees).toHaveLength(9);
    expect(Array.from(predict(row, 0)).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    for (const { value } of ensemble.trees)
      for (const leaf of value.filter(({ length }) => length > 0))
        expect(leaf.reduce((a, b) => a + b)).toBeCloseTo(1 / 9, 6);
  });

  test('trees differ, each grown on about 63 % of the rows', () => {
    const { trees } = fit(made(3), forestOf({ trees: 40 })).ensemble;
    expect(new Set(trees.map((tree) => JSON.stringify(tree))).size).toBe(40);
    const share = trees.reduce((sum, { cover }) => sum + cover[0]!, 0) / 40 / 300;
    expect(Math.abs(share - (1 - Math.exp(-1)))).toBeLessThan(0.02);
  });
});

describe('boosting', () => {
  test.each([2, 5])('without a round is the prior (%i labels)', (labels) => {
    const table = made(labels);
    if (table.target.type !== 'category') throw new Error('not a class table');
    const counts = new Array<number>(labels).fill(0);
    for (const code of table.target.codes) counts[code]!++;
    const answer = fit(table, boostingOf({ rounds: 0 })).predict(new Float32Array(5), 0);
    counts.forEach((count, label) => expect(answer[label]).toBeCloseTo(count / 300, 6));
  });

  test('of a number without a round is the mean', () => {
    const table = tableOf([[1], [2], [3]], [1, 2, 6], 'number');
    expect(fit(table, boostingOf({ rounds: 0 })).predict(Float32Array.of(1), 0)[0]).toBe(3);
  });

  test.each([0, 2, 5])('lowers the training loss every round (%i labels)', (labels) => {
    const table = made(labels, 0.1);
    const candidate = boostingOf({ rounds: 30, learning_rate: 0.1 });
    if (candidate.algorithm !== 'boosting') throw new Error('not a boosting');
    const losses: number[] = [];
    boost(table, {
      parameters: candidate.parameters,
      layout: layoutOf(table.signature.features),
      seed: 1,
      onLoss: (loss) => losses.push(loss),
    });
    expect(losses).toHaveLength(31);
    for (let round = 1; round < losses.length; round++)
      expect(losses[round]).toBeLessThan(losses[round - 1]!);
  });

  test('a tree that may choose from a share of the features asks for no others', () => {
    const table = madeUpTable({ seed: 5, rows: 400, numbers: 8, categories: [], labels: 3 });
    const asked = (share: number) =>
      fit(table, boostingOf({ feature_share: share })).ensemble.trees.map(
        ({ mode, feature }) => new Set(feature.filter((_, node) => mode[node] !== 'leaf')).size,
      );
    expect(Math.max(...asked(0.25))).toBeLessThanOrEqual(2);
    expect(Math.max(...asked(1))).toBeGreaterThan(2);
    expect(fit(table, boostingOf({ feature_share: 1 })).ensemble).toEqual(
      fit(table, boostingOf()).ensemble,
    );
  });

  test('stops when rows that were kept out no longer gain', () => {
    const noise = tableOf(
      Array.from({ length: 200 }, (_, row) => [(row * 7919) % 200]),
      Array.from({ length: 200 }, (_, row) => ((row * 104729) % 7) % 2),
    );
    const [stopped, all] = [boostingOf({ rounds: 60, patience: 3 }), boostingOf({ rounds: 60 })];
    expect(nodesOf(noise, stopped)).toBeLessThan(nodesOf(noise, all) / 2);
  });

  test('upon a linear model without a round is the linear model', () => {
    const table = made(4);
    const [boosted, linear] = [boostedLinearOf({ rounds: 0, linear_l2: 0.1 }), linearOf(0.1)];
    expect(fit(table, boosted).ensemble).toEqual(fit(table, linear).ensemble);
  });

  test('no leaf has fewer rows than it must', () => {
    for (const { mode, cover } of fit(made(3), boostingOf({ leaf_rows: 20 })).ensemble.trees)
      mode.forEach((found, node) => {
        if (found === 'leaf') expect(cover[node]).toBeGreaterThanOrEqual(20);
      });
  });
});

describe('linear', () => {
  test.each([0, 2, 5])('the gradient is nought at the solution (%i labels)', (labels) => {
    const table = made(labels, 0.1);
    const design = createDesign(table);
    const { outputs } = fitLinear(table, 0.5);
    const point = new Float64Array((design.width + 1) * outputs);
    const { evaluate } = objectiveOf(table, design, 0.5);
    minimise(evaluate, point, { tolerance: 1e-9, iterations: 2000 });
    const gradient = new Float64Array(point.length);
    const lowest = evaluate(point, gradient);
    for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-6);
    // Convex: no point beside it is lower.
    for (let step = 0; step < point.length; step++) {
      const beside = point.slice();
      beside[step]! += 0.01;
      expect(evaluate(beside, gradient)).toBeGreaterThan(lowest);
    }
  });

  test('the gradient is the slope of the objective', () => {
    for (const labels of [0, 2, 3]) {
      const table = made(labels, 0.1);
      const design = createDesign(table);
      const { evaluate } = objectiveOf(table, design, 2);
      const size = (design.width + 1) * fitLinear(table, 2).outputs;
      const point = Float64Array.from({ length: size }, (_, index) => Math.sin(index));
      const [gradient, unused] = [new Float64Array(size), new Float64Array(size)];
      evaluate(point, gradient);
      for (let index = 0; index < size; index += 3) {
        const [ahead, behind] = [point.slice(), point.slice()];
        ahead[index]! += 1e-5;
        behind[index]! -= 1e-5;
        const slope = (evaluate(ahead, unused) - evaluate(behind, unused)) / 2e-5;
        expect(gradient[index]).toBeCloseTo(slope, 6);
      }
    }
  });

  test('a number in another unit changes no answer', () => {
    const rows = [[1], [2], [3], [4], [5], [6]];
    const target = [1, 3, 2, 5, 4, 7];
    const metres = fit(tableOf(rows, target, 'number'), linearOf(1));
    const millimetres = fit(
      tableOf(
        rows.map(([x]) => [x! * 1024]),
        target,
        'number',
      ),
      linearOf(1),
    );
    for (const [x] of rows)
      expect(millimetres.predict(Float32Array.of(x! * 1024), 0)[0]).toBeCloseTo(
        metres.predict(Float32Array.of(x!), 0)[0]!,
        4,
      );
  });

  test('ridge regression of one feature is the closed form', () => {
    const [x, y] = [
      [1, 2, 3, 4, 5],
      [2, 1, 4, 3, 9],
    ];
    const model = fit(
      tableOf(
        x!.map((value) => [value]),
        y!,
        'number',
      ),
      linearOf(2),
    );
    // On x standardised by √2: slope = Σ z(y − mean) / (Σ z² + 2).
    const z = x!.map((value) => (value - 3) / Math.SQRT2);
    const slope = z.reduce((sum, value, row) => sum + value * (y![row]! - 3.8), 0) / (5 + 2);
    x!.forEach((value, row) =>
      expect(model.predict(Float32Array.of(value), 0)[0]).toBeCloseTo(3.8 + slope * z[row]!, 4),
    );
  });

  test('what its terms add is measured from their mean', () => {
    const table = made(4, 0.1);
    const { ensemble } = fit(table, linearOf());
    expect(ensemble.linear!.terms).toHaveLength(5);
    for (const { expected } of ensemble.linear!.terms) expect(expected).toHaveLength(4);
  });
});

describe('pruning', () => {
  const sizes = (shares: readonly number[]): readonly Tree[] =>
    shares.map(
      (pruning) => fit(made(4), treeOf({ pruning, min_rows: 1, smoothing: 0 })).ensemble.trees[0]!,
    );

  test('more of it leaves a smaller tree, down to a leaf', () => {
    const counts = sizes([0, 0.001, 0.005, 0.02, 0.1, 1]).map(({ mode }) => mode.length);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts[0]).toBeGreaterThan(counts[3]!);
    expect(counts.at(-1)).toBe(1);
  });

  test('a branch that costs more than it gives goes, one that gives more stays', () => {
    // The root takes all impurity away: ½ · 4 rows.
    const table = tableOf([[0], [0], [1], [1]], [0, 0, 1, 1]);
    expect(nodesOf(table, treeOf({ pruning: 0.99, min_rows: 1 }))).toBe(3);
    expect(nodesOf(table, treeOf({ pruning: 1, min_rows: 1 }))).toBe(1);
  });

  test('a split without gain stays when those below it gain (XOR)', () => {
    const rows = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    expect(nodesOf(tableOf(rows, [0, 1, 1, 0]), treeOf({ pruning: 0.1, min_rows: 1 }))).toBe(7);
  });

  test('of a number is measured by its own spread', () => {
    const table = (unit: number): Table =>
      tableOf([[1], [2], [3], [4]], [1 * unit, 2 * unit, 6 * unit, 7 * unit], 'number');
    const nodes = (unit: number) => nodesOf(table(unit), treeOf({ pruning: 0.03, min_rows: 1 }));
    expect(nodes(1024)).toBe(nodes(1));
    expect(nodes(1)).toBe(3);
  });
});

test('float32 values are sorted as any numbers are: ties by row, -0 as 0, missing values last', () => {
  const random = createRandom(1, 'orders');
  const hard = [0, -0, NaN, 1, -1, Infinity, -Infinity, 2 ** -149, -(2 ** -149), 3e38, -3e38];
  const values = Float32Array.from({ length: 500 }, () =>
    random.next() < 0.5 ? hard[random.below(hard.length)]! : random.next() - 0.5,
  );
  expect([...sortedFloat32Rows(values, 500)]).toEqual([...sortedRows(values, 500)]);
});
