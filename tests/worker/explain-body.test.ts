// Explanations of models the tiny one is not: a number, a sum of trees, margins, dates and booleans. The session is a
// stand-in that answers from the same trees.

import { createEncoder } from '#contract/features/encode-row.ts';
import { createExplainer } from '#contract/explain/explainer.ts';
import type { ExplainResponse } from '#contract/explain/answer.ts';
import { createDecisionPath } from '#contract/explain/decision-path.ts';
import { asTabular, type TabularManifest } from '#contract/manifest.ts';
import { predictTrees, type Tree, type TreeEnsemble } from '#contract/model/tree.ts';
import { describe, expect, test } from 'vitest';
import type { TabularPredictor } from '../../worker/inference/predictor.ts';
import { noStatistics } from '../../worker/traffic/statistics.ts';
import type { Session } from '../../worker/inference/session.ts';
import { explainBody, parseExplainBody } from '../../worker/protocols/v1/explain-body.ts';
import { publishTiny } from './tiny-model.ts';

const base = { description: '', nullable: true };
const classes = asTabular((await publishTiny('any')).manifest);

/** When wet: 30 from July on, else 20; when not: 10. */
const TREE: Tree = {
  mode: ['lt', 'leaf', 'lt', 'leaf', 'leaf'],
  feature: [0, 0, 2, 0, 0],
  threshold: [0.5, 0, 7, 0, 0],
  left: [1, 0, 3, 0, 0],
  right: [2, 0, 4, 0, 0],
  cover: [8, 4, 4, 2, 2],
  value: [[], [10], [], [20], [30]],
};
const NUMBER: TreeEnsemble = { format_version: 1, outputs: 1, base_values: [0], trees: [TREE] };
const RAIN: TabularManifest['signature'] = {
  features: [
    { ...base, type: 'boolean', name: 'wet', column: 'Wet' },
    {
      ...base,
      type: 'date',
      name: 'day',
      column: 'Day',
      minimum: '2020-01-01',
      maximum: '2024-12-31',
    },
  ],
  target: { type: 'number', name: 'rain', column: 'Rain', unit: 'mm' },
};

function explain(
  ensemble: TreeEnsemble,
  signature: TabularManifest['signature'],
  body: unknown,
): ExplainResponse {
  const manifest: TabularManifest = { ...classes, signature, version: '3', files: {} };
  const session: Session = {
    inputs: [],
    outputs: [],
    run(features, count) {
      const width = features.length / count;
      const rows = Array.from({ length: count }, (_, row) => row * width);
      return Float32Array.from(
        rows.flatMap((offset) => [...predictTrees(ensemble, features, offset)]),
      );
    },
    release() {},
  };
  const explainer = createExplainer(ensemble, signature);
  const [tree, another] = ensemble.trees;
  const path = tree && !another ? createDecisionPath(tree, signature) : null;
  const predictor: TabularPredictor = {
    ...{ manifest, session, encoder: createEncoder(signature), watch: null, columns: null },
    ...{ bytes: 0, statistics: noStatistics(), manifestSha256: 'a'.repeat(64), headers: {} },
  };
  const version = { explainer, path, bytes: 0 };
  return JSON.parse(
    explainBody(predictor, version, parseExplainBody(body), 'an id'),
  ) as ExplainResponse;
}

describe('a number', () => {
  const row = { wet: true, day: '2024-08-01' };

  test('is explained in its unit, without a label', () => {
    expect(explain(NUMBER, RAIN, { rows: [row] })).toEqual({
      model_name: 'any',
      model_version: '3',
      manifest_sha256: 'a'.repeat(64),
      id: 'an id',
      space: 'value',
      explanations: [
        {
          prediction: { value: 30 },
          base_value: 17.5,
          output: 30,
          contributions: [
            { feature: 'wet', value: true, contribution: 8.75 },
            { feature: 'day', value: '2024-08-01', contribution: 3.75 },
          ],
          path: [
            { feature: 'wet', relation: 'is', category: true, branch: 'right', rows: 4 },
            {
              feature: 'day',
              part: 'month',
              relation: '≥',
              threshold: 7,
              branch: 'right',
              rows: 2,
            },
          ],
        },
      ],
    });
  });

  test('has no label to ask for', () => {
    expect(() => explain(NUMBER, RAIN, { rows: [row], label: 'rain' })).toThrow(
      '/label is only for a model of classes',
    );
  });

  test('missing values are given back as null', () => {
    const { explanations } = explain(NUMBER, RAIN, { rows: [{ wet: true, day: null }] });
    expect(explanations[0]?.contributions[1]?.value).toBeNull();
    expect(explanations[0]?.path?.[1]).toMatchObject({ part: 'month', relation: 'is missing' });
  });
});

test('classes that a softmax makes are explained by their margins, and a sum of trees has no path', () => {
  const leaves = (shift: number): Tree => ({
    mode: ['lt', 'leaf', 'leaf'],
    feature: [0, 0, 0],
    threshold: [1, 0, 0],
    left: [1, 0, 0],
    right: [2, 0, 0],
    cover: [4, 2, 2],
    value: [[], [shift, 0], [0, 4]],
  });
  const ensemble: TreeEnsemble = {
    format_version: 1,
    outputs: 2,
    base_values: [0, 0],
    trees: [leaves(1), leaves(3)],
    post_transform: 'softmax',
  };
  const answer = explain(ensemble, classes.signature, { rows: [{ size: 2, kind: 'a' }] });
  expect(answer.space).toBe('margin');
  expect(answer.explanations[0]).not.toHaveProperty('path');
  expect(answer.explanations[0]).toMatchObject({
    label: 'large',
    prediction: { probability: expect.closeTo(1 / (1 + Math.exp(-8)), 7) },
    base_value: 4,
    output: 8,
    contributions: [
      { feature: 'size', contribution: 4 },
      { feature: 'kind', contribution: 0 },
    ],
  });
});
