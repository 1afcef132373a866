// Laws of the fits by gradients: the order of columns decides nothing, a ridge regression is its closed form whatever kinds of
// columns there are, and a search that gives up throws.

import { describe, expect, test } from 'vitest';
import type { Algorithm } from '#contract/spec.ts';
import { createDesign } from '../../trainer/fit/design.ts';
import { fit } from '../../trainer/fit/fit.ts';
import { fitLinear } from '../../trainer/fit/linear.ts';
import { minimise } from '../../trainer/fit/minimise.ts';
import { lossOf } from '../../trainer/select/metrics.ts';
import { createRandom, shuffle } from '../../trainer/table/random.ts';
import { recode, type Table } from '../../trainer/table/table.ts';
import { CANDIDATES, linearOf } from './candidates.ts';
import { madeUpTable, permuteColumns } from './tables.ts';

const LABELS = [0, 2, 4] as const;

const gappy = (labels: number, seed = 1): Table =>
  madeUpTable({ seed, rows: 300, numbers: 3, categories: [6, 4], labels, missing: 0.15 });

/** Orders of five columns, those with a number with gaps behind a category among them. */
const ORDERS = [
  [3, 0, 4, 1, 2],
  [4, 3, 2, 1, 0],
  [0, 3, 1, 4, 2],
];

/** Of the rows that were learned from. */
function lossOn(table: Table, algorithm: Algorithm): number {
  const model = fit(table, CANDIDATES[algorithm]);
  const known = recode(table, model.signature);
  return lossOf(known.target, model.predictAll(known.values));
}

describe('the order of columns changes no loss beyond tolerance', () => {
  // A forest draws other features; trees part equally good splits by the order of columns.
  const tolerances = { linear: 1e-4, boosted_linear: 0.1, boosting: 0.1, tree: 0.1, forest: 0.25 };

  test.each(Object.entries(tolerances))('%s', (name, tolerance) => {
    const algorithm = name as Algorithm;
    for (const labels of LABELS) {
      const table = gappy(labels);
      const loss = lossOn(table, algorithm);
      for (const order of ORDERS) {
        const other = lossOn(permuteColumns(table, order), algorithm);
        expect(Math.abs(other - loss) / loss, `${labels}: ${order.join()}`).toBeLessThan(tolerance);
      }
    }
  });
});

describe('ridge regression is its closed form, with gaps and categories in any order of columns', () => {
  test.each([1, 2, 3, 4, 5, 6])('table %i', (seed) => {
    const random = createRandom(seed, 'orders of columns');
    const order = [...shuffle(Int32Array.from([0, 1, 2, 3, 4]), random)];
    const table = permuteColumns(gappy(0, seed), order);
    const l2 = [0.01, 1, 30][seed % 3]!;
    const { margins } = fitLinear(table, l2);
    const expected = closedForm(table, l2);
    const spread = Math.max(...expected) - Math.min(...expected);
    expected.forEach((value, row) =>
      expect(Math.abs(margins[row]! - value) / spread).toBeLessThan(1e-3),
    );
  });
});

test('a linear model learns from a table whose columns with gaps stand behind categories', () => {
  const table = permuteColumns(gappy(0), [3, 4, 0, 1, 2]);
  const model = fit(table, linearOf(1));
  const known = recode(table, model.signature);
  if (known.target.type !== 'number') throw new Error('not a table of a number');
  const { values } = known.target;
  const center = values.reduce((sum, value) => sum + value, 0) / values.length;
  const answers = model.predictAll(known.values);
  const dummy = lossOf(
    known.target,
    answers.map(() => [center]),
  );
  expect(lossOf(known.target, answers)).toBeLessThan(0.8 * dummy);
});

describe('a search that cannot go on is no minimum', () => {
  const bowl = (point: Float64Array, gradient: Float64Array): number => {
    point.forEach((x, at) => (gradient[at] = 2 * (x - 3)));
    return point.reduce((sum, x) => sum + (x - 3) ** 2, 0);
  };
  const options = { tolerance: 1e-6, iterations: 100 };

  test('the lowest point is found, and reported as such', () => {
    const point = new Float64Array(2);
    expect(minimise(bowl, point, options).converged).toBe(true);
    for (const x of point) expect(x).toBeCloseTo(3, 5);
  });

  test('a preconditioner that turns the gradient around throws', () => {
    const turn = (vector: Float64Array): void => vector.forEach((x, at) => (vector[at] = -x));
    expect(() => minimise(bowl, new Float64Array(2), { ...options, precondition: turn })).toThrow(
      /no minimum: the preconditioned gradient does not descend/,
    );
  });

  test('a gradient of the wrong sign throws', () => {
    const wrong = (point: Float64Array, gradient: Float64Array): number => {
      const value = bowl(point, gradient);
      gradient.forEach((slope, at) => (gradient[at] = -slope));
      return value;
    };
    expect(() => minimise(wrong, new Float64Array(2), options)).toThrow(/no step .* lowers/);
  });

  test('one whose steps run out says so', () => {
    const long = (point: Float64Array, gradient: Float64Array): number => {
      gradient[0] = 2 * (point[0]! - 1000) * 1e-3;
      gradient[1] = 2e3 * point[1]! - 1;
      return 1e-3 * (point[0]! - 1000) ** 2 + 1e3 * point[1]! ** 2 - point[1]!;
    };
    expect(minimise(long, new Float64Array(2), { tolerance: 1e-9, iterations: 1 }).converged).toBe(
      false,
    );
  });
});

/** (XᵀX + l2·I)⁻¹ Xᵀy by Gaussian elimination on the whole design, the intercept free; its answers to the rows. */
function closedForm(table: Table, l2: number): number[] {
  const { numbers, values, width, ones, onePlaces } = createDesign(table);
  if (table.target.type !== 'number') throw new Error('not a table of a number');
  const { values: target } = table.target;
  const rows = Array.from({ length: table.count }, (_, row) => {
    const x = new Array<number>(width + 1).fill(0);
    numbers.forEach((_, column) => (x[column] = values[row * numbers.length + column]!));
    onePlaces.forEach((_, at) => {
      const one = ones[row * onePlaces.length + at]!;
      if (one !== -1) x[one] = 1;
    });
    x[width] = 1;
    return x;
  });
  const system = Array.from({ length: width + 1 }, (_, i) => [
    ...Array.from({ length: width + 1 }, (_, j) => {
      const sum = rows.reduce((total, x) => total + x[i]! * x[j]!, 0);
      return i === j && i < width ? sum + l2 : sum;
    }),
    rows.reduce((total, x, row) => total + x[i]! * target[row]!, 0),
  ]);
  const weights = eliminate(system);
  return rows.map((x) => x.reduce((sum, value, column) => sum + value * weights[column]!, 0));
}

/** Gauss and Jordan, with the largest pivot; [n, n + 1] → n. */
function eliminate(system: number[][]): number[] {
  const size = system.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column; row < size; row++)
      if (Math.abs(system[row]![column]!) > Math.abs(system[pivot]![column]!)) pivot = row;
    [system[column], system[pivot]] = [system[pivot]!, system[column]!];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = system[row]![column]! / system[column]![column]!;
      for (let at = column; at <= size; at++) system[row]![at]! -= factor * system[column]![at]!;
    }
  }
  return system.map((row, at) => row[size]! / row[at]!);
}
