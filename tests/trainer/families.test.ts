// What every algorithm keeps to: the ONNX file answers as the trainer does, chance repeats, the order of rows is nothing.

import { describe, expect, test } from 'vitest';
import type { Algorithm, Candidate } from '#contract/spec.ts';
import { leafOf, parseTreeEnsemble, predictTrees } from '#contract/model/tree.ts';
import { adversarialRows } from '../../trainer/table/adversarial.ts';
import { convert } from '../../trainer/convert/convert.ts';
import { fit } from '../../trainer/fit/fit.ts';
import type { FittedModel } from '../../trainer/fit/fitted-model.ts';
import { scoresOf } from '../../trainer/select/metrics.ts';
import { createRandom, shuffle } from '../../trainer/table/random.ts';
import { recode, takeRows, type Table } from '../../trainer/table/table.ts';
import { treeJson } from '../../trainer/convert/tree-json.ts';
import { TOLERANCE, verify } from '../../trainer/verify.ts';
import { CANDIDATES, forestOf } from './candidates.ts';
import { madeUpTable, tableOf, type TableOptions } from './tables.ts';

const ALGORITHMS = Object.keys(CANDIDATES) as Algorithm[];
const onnxOf = ({ ensemble, signature }: FittedModel) =>
  convert(ensemble, { model: 'm', signature, tools: { gharial: '0' } });

async function prove(table: Table, candidate: Candidate) {
  const model = fit(table, candidate);
  const known = recode(table, model.signature);
  const hard = adversarialRows(model.ensemble, known, { count: 1500, seed: 1 });
  return verify({ onnx: onnxOf(model), model, blocks: [known.values, hard] });
}

const SHAPES: readonly (readonly [name: string, options: Partial<TableOptions>])[] = [
  ['two labels', { labels: 2 }],
  ['many labels', { labels: 18 }],
  ['a number', { labels: 0 }],
  ['labels and empty cells', { labels: 5, missing: 0.2 }],
  ['a number and empty cells', { labels: 0, missing: 0.2 }],
  ['one category feature alone', { labels: 3, numbers: 0, categories: [12] }],
  ['numbers alone', { labels: 2, categories: [] }],
];
const shaped = (options: Partial<TableOptions>): Table =>
  madeUpTable({ seed: 1, rows: 250, numbers: 3, categories: [7, 4], labels: 2, ...options });

describe.each(ALGORITHMS)('%s', (algorithm) => {
  const candidate = CANDIDATES[algorithm];
  const isSum = algorithm === 'tree' || algorithm === 'forest';

  test.each(SHAPES)('the ONNX file answers as the trainer does: %s', async (_, options) => {
    const { rows, max_difference } = await prove(shaped(options), candidate);
    expect(rows).toBe(1750);
    expect(max_difference).toBeLessThanOrEqual(isSum || options.labels === 0 ? 0 : TOLERANCE);
  });

  test.each(SHAPES)('the walk, ml-cart’s nodes and tree.json answer alike: %s', (_, options) => {
    const model = fit(shaped(options), candidate);
    const known = recode(shaped(options), model.signature);
    const rows = adversarialRows(model.ensemble, known, { count: 3000, seed: 2 });
    const answers = model.predictAll(rows);
    expect(answers).toHaveLength(3000);
    answers.forEach((answer, row) => {
      const offset = row * known.width;
      // Compared as bits are: NaN is NaN, and 0 is not -0.
      if (
        ![model.predict(rows, offset), predictTrees(model.ensemble, rows, offset)].every((other) =>
          answer.every((value, output) => Object.is(value, other[output])),
        )
      )
        expect.fail(
          `row ${row}: ${answer.join()} is not ${Array.from(model.predict(rows, offset)).join()}`,
        );
    });
  });

  test('nothing to learn from is no fault: one value everywhere, and rows too few to part', async () => {
    const constant = tableOf([[1], [1], [1], [1]], [0, 1, 0, 0]);
    expect((await prove(constant, candidate)).rows).toBe(1504);
    expect((await prove(tableOf([[1], [2]], [3, 3], 'number'), candidate)).rows).toBe(1502);
  });

  test('is the same bytes for the same seed, whatever the order of the rows', () => {
    const table = shaped({ labels: 4, missing: 0.1 });
    const rows = Int32Array.from({ length: table.count }, (_, row) => row);
    const shuffled = takeRows(table, shuffle(rows, createRandom(3, 'law')));
    const [a, b] = [fit(table, candidate, 7), fit(shuffled, candidate, 7)];
    expect([...onnxOf(b).bytes]).toEqual([...onnxOf(a).bytes]);
  });

  test('each row goes, when it is asked about, to the leaf that it was learned in', () => {
    const whole = algorithm === 'forest' ? forestOf({ bootstrap: false }) : candidate;
    for (const labels of [0, 2, 3]) {
      const table = shaped({ labels, missing: 0.1 });
      // Categories too rare to have a place.
      for (let place = 3; place < table.values.length; place += 5 * table.width)
        table.values[place] = -1;
      const { ensemble, signature } = fit(table, whole);
      const known = recode(table, signature);
      for (const tree of ensemble.trees) {
        const found = tree.mode.map(() => 0);
        for (let row = 0; row < known.count; row++)
          found[leafOf(tree, known.values, row * known.width)]!++;
        tree.mode.forEach((mode, node) => {
          if (mode === 'leaf') expect(found[node]).toBe(tree.cover[node]);
        });
      }
    }
  });

  test('tree.json as it is written answers as the model it was written from', () => {
    for (const labels of [0, 2, 3]) {
      const { ensemble } = fit(shaped({ labels, missing: 0.1 }), candidate);
      expect(parseTreeEnsemble(treeJson(ensemble))).toEqual(ensemble);
    }
  });

  test.each([2, 5])(
    'learns more than nothing of %i labels, and its answers are probabilities',
    (labels) => {
      const table = shaped({ labels, rows: 400 });
      const model = fit(table, candidate);
      const known = recode(table, model.signature);
      const answers = Array.from({ length: known.count }, (_, row) =>
        Array.from(model.predict(known.values, row * known.width)),
      );
      for (const answer of answers) expect(answer.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      expect(scoresOf(known.target, answers).log_loss).toBeLessThan(Math.log(labels) * 0.99);
    },
  );
});

test('a model that draws gives other bytes for another seed', () => {
  const table = shaped({ labels: 3 });
  const bytes = (seed: number) => JSON.stringify(fit(table, CANDIDATES.forest, seed).ensemble);
  expect(bytes(1)).not.toBe(bytes(2));
});

test('balanced class weights make a rare label as likely as a common one', () => {
  const rows = Array.from({ length: 60 }, () => [1]);
  const table = tableOf(
    rows,
    rows.map((_, row) => Number(row % 10 === 0)),
  );
  for (const candidate of Object.values(CANDIDATES)) {
    const balanced = {
      ...candidate,
      parameters: { ...candidate.parameters, class_weight: 'balanced' },
    } as Candidate;
    const answer = (of: Candidate) => fit(table, of).predict(Float32Array.of(1), 0)[1]!;
    expect(answer(balanced)).toBeGreaterThan(0.4);
    expect(answer(candidate)).toBeLessThan(0.25);
  }
});

test('a row that weighs two counts as much as two rows', () => {
  const rows = [[1], [2], [3], [4], [5], [6], [7], [8]];
  const codes = [0, 0, 1, 0, 1, 1, 0, 1];
  const weighted = { ...tableOf(rows, codes), weights: Float64Array.of(1, 2, 1, 1, 2, 1, 1, 1) };
  const twice = tableOf([...rows, [2], [5]], [...codes, 0, 1]);
  for (const candidate of [CANDIDATES.tree, CANDIDATES.linear]) {
    const [a, b] = [fit(weighted, candidate), fit(twice, candidate)];
    if (candidate.algorithm === 'linear')
      expect(a.ensemble.linear!.terms[0]).not.toEqual(undefined);
    for (const row of rows) {
      const at = Float32Array.from(row);
      const tolerance = candidate.algorithm === 'linear' ? 1 : 6;
      expect(a.predict(at, 0)[1]).toBeCloseTo(b.predict(at, 0)[1]!, tolerance);
    }
  }
});
