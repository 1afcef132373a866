// Attributions of trees are Shapley values: equal to their definition, and to the laws that follow from it.

import { describe, expect, test } from 'vitest';
import { createExplainer } from '#contract/explain/explainer.ts';
import type { Signature } from '#contract/signature.ts';
import { predictTrees, type Tree, type TreeEnsemble } from '#contract/model/tree.ts';
import { bruteForceShapley } from './brute-force.ts';
import { ensembleOf, randomNumbers, randomRow, randomTree, signatureOf } from './random-trees.ts';

const attributionsOf = (
  ensemble: TreeEnsemble,
  signature: Signature,
  row: Float32Array,
): Float64Array => {
  const explainer = createExplainer(ensemble, signature);
  const into = new Float64Array(explainer.features * explainer.outputs);
  explainer.explain(row, 0, into);
  return into;
};

/** The largest difference between attributions and the definition, over all outputs. */
function differenceFromDefinition(
  ensemble: TreeEnsemble,
  signature: Signature,
  row: Float32Array,
  features: readonly number[],
): number {
  const found = attributionsOf(ensemble, signature, row);
  const { outputs, trees } = ensemble;
  let worst = 0;
  for (let output = 0; output < outputs; output++)
    bruteForceShapley(trees, row, output, features).forEach((expected, feature) => {
      worst = Math.max(worst, Math.abs(found[feature * outputs + output]! - expected));
    });
  return worst;
}

describe('equal to the Shapley values by their definition', () => {
  test('on 600 random trees, for every output', () => {
    const random = randomNumbers(1);
    for (let round = 0; round < 600; round++) {
      const width = 1 + (round % 6);
      const outputs = 1 + (round % 4);
      const tree = randomTree({ width, outputs, depth: 1 + (round % 8), random });
      const row = randomRow(width, random);
      const places = Array.from({ length: width }, (_, place) => place);
      const ensemble = ensembleOf([tree], outputs);
      expect(
        differenceFromDefinition(ensemble, signatureOf(width, outputs), row, places),
        `round ${round}`,
      ).toBeLessThan(1e-12);
    }
  });

  test('on sums of trees, with a tree for each class too', () => {
    const random = randomNumbers(2);
    for (let round = 0; round < 60; round++) {
      const [width, outputs, depth] = [4, 3, 5];
      const trees = Array.from({ length: 6 }, (_, index) =>
        randomTree({
          width,
          outputs,
          depth,
          random,
          ...(round % 2 === 0 ? {} : { only: index % outputs }),
        }),
      );
      expect(
        differenceFromDefinition(
          ensembleOf(trees, outputs),
          signatureOf(width, outputs),
          randomRow(width, random),
          [0, 1, 2, 3],
        ),
      ).toBeLessThan(1e-12);
    }
  });

  test('where a date is one feature of three values', () => {
    const random = randomNumbers(3);
    const plain = signatureOf(2, 2);
    const date = {
      type: 'date' as const,
      name: 'day',
      column: 'Day',
      description: '',
      nullable: true,
      minimum: '2020-01-01',
      maximum: '2024-12-31',
    };
    const signature = { ...plain, features: [plain.features[0]!, date, plain.features[1]!] };
    for (let round = 0; round < 100; round++) {
      const tree = randomTree({ width: 5, outputs: 2, depth: 6, random });
      expect(
        differenceFromDefinition(
          ensembleOf([tree], 2),
          signature,
          randomRow(5, random),
          [0, 1, 1, 1, 2],
        ),
      ).toBeLessThan(1e-12);
    }
  });
});

describe('attributions and base value add up to the answer', () => {
  test.each([
    ['a deep tree', 1, 14, 9],
    ['a forest', 30, 9, 20],
    ['a deep forest on many features', 8, 22, 60],
  ])('%s', (_, count, depth, width) => {
    const random = randomNumbers(count);
    const outputs = 5;
    const trees = Array.from({ length: count }, () =>
      randomTree({ width, outputs, depth, random, size: 1 / count }),
    );
    const ensemble = ensembleOf(trees, outputs);
    const explainer = createExplainer(ensemble, signatureOf(width, outputs));
    const into = new Float64Array(width * outputs);
    for (let round = 0; round < 50; round++) {
      const row = randomRow(width, random);
      explainer.explain(row, 0, into);
      const answer = predictTrees(ensemble, row);
      for (let output = 0; output < outputs; output++) {
        let sum = explainer.baseValues[output]!;
        for (let feature = 0; feature < width; feature++) sum += into[feature * outputs + output]!;
        expect(Math.abs(sum - answer[output]!)).toBeLessThan(1e-6);
      }
    }
  });
});

test('one output alone is explained as among all', () => {
  const random = randomNumbers(4);
  const trees = [0, 1, 2, 0].map((only) =>
    randomTree({ width: 5, outputs: 3, depth: 6, random, only }),
  );
  const explainer = createExplainer(ensembleOf(trees, 3), signatureOf(5, 3));
  const rows = Float32Array.from([...randomRow(5, random), ...randomRow(5, random)]);
  const all = new Float64Array(15);
  explainer.explain(rows, 5, all);
  for (let output = 0; output < 3; output++) {
    const alone = new Float64Array(5);
    explainer.explainOutput(rows, 5, output, alone);
    expect([...alone]).toEqual([0, 1, 2, 3, 4].map((feature) => all[feature * 3 + output]));
  }
});

test('a row is explained alike after any other row', () => {
  const random = randomNumbers(5);
  const ensemble = ensembleOf([randomTree({ width: 6, outputs: 2, depth: 8, random })], 2);
  const rows = Array.from({ length: 20 }, () => randomRow(6, random));
  const explainer = createExplainer(ensemble, signatureOf(6, 2));
  const into = new Float64Array(12);
  for (const row of [...rows, ...rows.toReversed()]) {
    explainer.explain(row, 0, into);
    expect(into).toEqual(attributionsOf(ensemble, signatureOf(6, 2), row));
  }
});

test('a feature that no tree asks for has no part in the answer', () => {
  const random = randomNumbers(6);
  for (let round = 0; round < 50; round++) {
    const tree = randomTree({ width: 5, outputs: 2, depth: 6, random });
    const found = attributionsOf(ensembleOf([tree], 2), signatureOf(6, 2), randomRow(6, random));
    expect([...found.subarray(10)]).toEqual([0, 0]);
  }
});

/** Both at 1 or above: 1; one of them: 0.5; none: 0. Each split parts its rows evenly. */
const ALIKE: Tree = {
  mode: ['lt', 'lt', 'leaf', 'leaf', 'lt', 'leaf', 'leaf'],
  feature: [0, 1, 0, 0, 1, 0, 0],
  threshold: [1, 1, 0, 0, 1, 0, 0],
  left: [1, 2, 0, 0, 5, 0, 0],
  right: [4, 3, 0, 0, 6, 0, 0],
  cover: [8, 4, 2, 2, 4, 2, 2],
  value: [[], [], [0], [0.5], [], [0.5], [1]],
};

test('features that the tree treats alike have equal parts', () => {
  const ensemble = { ...ensembleOf([ALIKE], 1), base_values: [0] };
  expect([...attributionsOf(ensemble, signatureOf(2, 1), Float32Array.of(2, 2))]).toEqual([
    0.25, 0.25,
  ]);
  expect([...attributionsOf(ensemble, signatureOf(2, 1), Float32Array.of(0, 2))]).toEqual([
    -0.25, 0.25,
  ]);
});

test('a tree of one leaf answers its base value, whatever the row', () => {
  const leaf: Tree = {
    mode: ['leaf'],
    feature: [0],
    threshold: [0],
    left: [0],
    right: [0],
    cover: [7],
    value: [[0.25, 0.75]],
  };
  const ensemble = { ...ensembleOf([leaf], 2), base_values: [0, 0] };
  expect([...createExplainer(ensemble, signatureOf(3, 2)).baseValues]).toEqual([0.25, 0.75]);
  expect([...attributionsOf(ensemble, signatureOf(3, 2), Float32Array.of(1, NaN, -1))]).toEqual(
    new Array(6).fill(0),
  );
});

describe('trees that do not fit the signature are refused', () => {
  test.each([
    ['more values than a row has', signatureOf(1, 1), 'no such value of a row: 1'],
    ['other outputs', signatureOf(2, 3), 'the model answers 1 values, the signature has 3'],
  ])('%s', (_, signature, message) => {
    expect(() => createExplainer(ensembleOf([ALIKE], 1), signature)).toThrow(message);
  });
});
