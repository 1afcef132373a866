// What the trainer writes into tree.json is enough to explain every answer: for each algorithm, on every kind of row.

import { describe, expect, test } from 'vitest';
import { createExplainer } from '#contract/explain/explainer.ts';
import type { Algorithm, Candidate } from '#contract/spec.ts';
import { parseTreeEnsemble, predictMargins } from '#contract/model/tree.ts';
import { adversarialRows } from '../../trainer/table/adversarial.ts';
import { fit } from '../../trainer/fit/fit.ts';
import { recode } from '../../trainer/table/table.ts';
import { treeJson } from '../../trainer/convert/tree-json.ts';
import { CANDIDATES, forestOf } from './candidates.ts';
import { madeUpTable } from './tables.ts';

const ALGORITHMS = Object.keys(CANDIDATES) as Algorithm[];

/** A model as a version has it, its explainer, and the rows it learnt from. */
function trained(candidate: Candidate, labels: number, missing: number) {
  const table = madeUpTable({
    seed: 5,
    rows: 250,
    numbers: 3,
    categories: [7, 4],
    labels,
    missing,
  });
  const { ensemble: fitted, signature } = fit(table, candidate);
  const known = recode(table, signature);
  const ensemble = parseTreeEnsemble(treeJson(fitted));
  const hard = adversarialRows(ensemble, known, { count: 250, seed: 1 });
  return { ensemble, known, hard, explainer: createExplainer(ensemble, signature) };
}

describe.each(ALGORITHMS)('%s', (algorithm) => {
  test.each([
    ['two labels', 2, 0],
    ['many labels, empty cells', 6, 0.2],
    ['a number', 0, 0],
    ['a number, empty cells', 0, 0.2],
  ])('base value and attributions add up to the answer: %s', (_, labels, missing) => {
    const { ensemble, known, hard, explainer } = trained(CANDIDATES[algorithm], labels, missing);
    const { features, outputs, baseValues } = explainer;
    const attributions = new Float64Array(features * outputs);
    for (const rows of [known.values, hard])
      for (let offset = 0; offset < rows.length; offset += known.width) {
        explainer.explain(rows, offset, attributions);
        predictMargins(ensemble, rows, offset).forEach((answer, output) => {
          let sum = baseValues[output]!;
          for (let feature = 0; feature < features; feature++)
            sum += attributions[feature * outputs + output]!;
          expect(Math.abs(sum - answer)).toBeLessThan(1e-6 * Math.max(1, Math.abs(answer)));
        });
      }
  });

  test('the base value is the mean of the answers to the rows it learnt from', () => {
    // Trees of drawn rows know the shares of those.
    const candidate =
      algorithm === 'forest' ? forestOf({ bootstrap: false }) : CANDIDATES[algorithm];
    const { ensemble, known, explainer } = trained(candidate, 3, 0.1);
    const means = new Float64Array(3);
    for (let row = 0; row < known.count; row++)
      predictMargins(ensemble, known.values, row * known.width).forEach((answer, output) => {
        means[output]! += answer / known.count;
      });
    means.forEach((mean, output) => expect(explainer.baseValues[output]).toBeCloseTo(mean, 5));
  });
});
