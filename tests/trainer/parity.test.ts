// The parity law: for random trees over numbers and categories, ml-cart, tree.json and onnxruntime answer alike on hard
// rows; and a file that is off by one rounding is found out.

import { describe, expect, test } from 'vitest';
import { parseTreeEnsemble, type Tree } from '#contract/model/tree.ts';
import { adversarialRows } from '../../trainer/table/adversarial.ts';
import { convert } from '../../trainer/convert/convert.ts';
import { fit } from '../../trainer/fit/fit.ts';
import type { FittedModel } from '../../trainer/fit/fitted-model.ts';
import { nextFloat32, previousFloat32 } from '../../trainer/table/float32.ts';
import { createRandom } from '../../trainer/table/random.ts';
import { recode, type Table } from '../../trainer/table/table.ts';
import { treeJson } from '../../trainer/convert/tree-json.ts';
import { magnitudeAt, ParityError, TOLERANCE, verify } from '../../trainer/verify.ts';
import { madeUpTable, tableOf } from './tables.ts';

const fitOn = (table: Table, parameters: object = {}): FittedModel =>
  fit(table, {
    algorithm: 'tree',
    parameters: { max_depth: 30, min_rows: 1, smoothing: 0.5, ...parameters },
  });

const onnxOf = ({ ensemble, signature }: FittedModel) =>
  convert(ensemble, { model: 'm', signature, tools: { gharial: '0' } });

async function prove(table: Table, model: FittedModel, count: number, seed: number) {
  const known = recode(table, model.signature);
  const hard = adversarialRows(model.ensemble, known, { count, seed });
  return verify({ onnx: onnxOf(model), model, blocks: [known.values, hard] });
}

describe('the ONNX file answers as the trainer does', () => {
  test.each([
    ['two labels', { labels: 2 }],
    ['many labels', { labels: 18 }],
    ['a number', { labels: 0 }],
    ['empty cells', { labels: 5, missing: 0.2 }],
    ['one category feature alone', { labels: 3, numbers: 0, categories: [12] }],
    ['numbers alone', { labels: 3, categories: [] }],
    ['many categories', { labels: 4, categories: [60, 2, 30] }],
  ])('%s', async (_, options) => {
    for (let seed = 1; seed <= 6; seed++) {
      const table = madeUpTable({ seed, rows: 250, numbers: 3, categories: [7, 4], ...options });
      const parity = await prove(table, fitOn(table), 2000, seed);
      expect(parity).toEqual({ rows: 2250, label_differences: 0, max_difference: 0 });
    }
  });

  test('a single leaf, of labels and of a number', async () => {
    for (const kind of ['category', 'number'] as const) {
      const table = tableOf([[1], [2], [3]], [1, 0, 1], kind);
      const model = fitOn(table, { max_depth: 0 });
      expect(model.ensemble.trees[0]?.mode).toEqual(['leaf']);
      expect((await prove(table, model, 50, 1)).max_difference).toBe(0);
    }
  });

  test('a leaf that answers nought', async () => {
    const table = tableOf([[1], [2]], [0, 5], 'number');
    expect((await prove(table, fitOn(table, { smoothing: 0 }), 50, 1)).max_difference).toBe(0);
  });

  test('neighbouring float32 values, subnormal, large and about nought', async () => {
    const starts = [0, 1, -1, 2 ** -149, 2 ** -126, 2 ** 127, -(2 ** 127), 16777216];
    const rows = starts.flatMap((start) => [
      [previousFloat32(start)],
      [start],
      [nextFloat32(start)],
    ]);
    const table = tableOf(
      rows,
      rows.map((_, row) => row % 3),
    );
    expect((await prove(table, fitOn(table), 3000, 1)).max_difference).toBe(0);
  });

  test('tree.json as it is written answers as the trees it was written from', () => {
    const { ensemble } = fitOn(
      madeUpTable({ seed: 4, rows: 300, numbers: 3, categories: [8], labels: 6 }),
    );
    expect(parseTreeEnsemble(treeJson(ensemble))).toEqual(ensemble);
  });
});

describe('a linear regression whose large terms cancel', () => {
  // All features are nearly the same number, and the target is what they differ by.
  const random = createRandom(1, 'wide');
  const base = Array.from({ length: 300 }, () => random.next());
  const rows = base.map((x) => Array.from({ length: 40 }, () => x + 1e-3 * random.next()));
  const table = tableOf(
    rows,
    rows.map((row) => row.reduce((sum, x, at) => sum + 1e4 * x * (at % 2 === 0 ? 1 : -1), 0)),
    'number',
  );
  const model = fit(table, { algorithm: 'linear', parameters: { l2: 1e-9 } });
  const magnitudes = base.map((_, row) => magnitudeAt(model.ensemble, table.values, row * 40));

  test('has terms many times its answer, and passes', async () => {
    const answers = model.predictAll(table.values).map(([answer]) => Math.abs(answer!));
    expect(Math.max(...magnitudes)).toBeGreaterThan(1000 * Math.max(...answers));
    const { rows: proven, max_difference } = await prove(table, model, 2000, 1);
    expect(proven).toBe(2300);
    expect(max_difference).toBeLessThanOrEqual(TOLERANCE);
  });

  test('is refused when a weight is off by a hundred-thousandth of the terms', async () => {
    const { linear } = model.ensemble;
    const off = 1e-5 * Math.max(...magnitudes);
    const wrong = { ...linear!, intercept: linear!.intercept.map((value) => value + off) };
    const onnx = onnxOf({ ...model, ensemble: { ...model.ensemble, linear: wrong } });
    await expect(verify({ onnx, model, blocks: [table.values] })).rejects.toThrow(ParityError);
  });
});

describe('a file that answers otherwise is not let through', () => {
  const table = madeUpTable({ seed: 2, rows: 250, numbers: 3, categories: [7], labels: 3 });
  const model = fitOn(table);

  async function proveChanged(change: (tree: Tree) => Partial<Tree>): Promise<unknown> {
    const [tree] = model.ensemble.trees;
    const changed = { ...model.ensemble, trees: [{ ...tree!, ...change(tree!) }] };
    const known = recode(table, model.signature);
    const hard = adversarialRows(model.ensemble, known, { count: 5000, seed: 1 });
    const onnx = onnxOf({ ...model, ensemble: changed });
    return verify({ onnx, model, blocks: [known.values, hard] });
  }

  test('as it is it passes', async () => {
    await expect(proveChanged(() => ({}))).resolves.toMatchObject({ rows: 5250 });
  });

  test.each<[string, (tree: Tree) => Partial<Tree>]>([
    [
      'one threshold one float32 too low',
      ({ mode, threshold }) => {
        const first = mode.indexOf('lt');
        return { threshold: threshold.map((t, node) => (node === first ? previousFloat32(t) : t)) };
      },
    ],
    [
      'one threshold one float32 too high',
      ({ mode, threshold }) => {
        const last = mode.lastIndexOf('lt');
        return { threshold: threshold.map((t, node) => (node === last ? nextFloat32(t) : t)) };
      },
    ],
    [
      'a category for another',
      ({ mode, threshold }) => {
        const first = mode.indexOf('neq');
        return { threshold: threshold.map((t, node) => (node === first ? (t + 1) % 7 : t)) };
      },
    ],
    ['sides swapped', ({ left, right }) => ({ left: right, right: left })],
    [
      'a probability off by 2e-6',
      ({ mode, value }) => {
        const leaf = mode.indexOf('leaf');
        return { value: value.map((v, node) => (node === leaf ? v.map((p) => p + 2e-6) : v)) };
      },
    ],
    [
      'a probability that is NaN',
      ({ mode, value }) => {
        const leaf = mode.indexOf('leaf');
        return { value: value.map((v, node) => (node === leaf ? v.map(() => NaN) : v)) };
      },
    ],
  ])('%s', async (_, change) => {
    await expect(proveChanged(change)).rejects.toThrow(ParityError);
  });

  test('the error names the row and both answers', async () => {
    await expect(proveChanged(({ left, right }) => ({ left: right, right: left }))).rejects.toThrow(
      /^parity broken at \[.+\]: the trainer answers [0-9.]+ \(output \d\), the ONNX file [0-9.]+ \(output \d\)$/,
    );
  });
});
