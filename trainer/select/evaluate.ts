// What the folds say together: mean and spread of every metric beside the dummy's, and how sure it may be of itself.

import type { Metrics, Spread } from '#contract/model/metrics.ts';
import { answerBins } from './answer-bins.ts';
import type { FoldResult } from './assess.ts';
import { confusionMatrix, mean, reliability, type Answers, type Scores } from './metrics.ts';
import type { Table } from '../table/table.ts';

/** `results` are of all outer folds, each explained. */
export function evaluate(table: Table, results: readonly FoldResult[]): Metrics {
  const { target } = table;
  return {
    folds: results.length,
    model: spreads(results.map((result) => result.model)),
    dummy: spreads(results.map((result) => result.dummy)),
    ...held(target, results),
    permutation_importance: Object.fromEntries(
      table.signature.features.map(({ name }, feature) => [
        name,
        spreadOf(results.map((result) => result.importance[feature]!)),
      ]),
    ),
  };
}

/** Counted over all held-out rows. */
function held(
  target: Table['target'],
  results: readonly FoldResult[],
): Pick<Metrics, 'confusion_matrix' | 'reliability' | 'answer_bins'> {
  const answers: Answers = results.flatMap((result) => result.answers);
  const rows = results.flatMap(({ heldOut }) => [...heldOut]);
  if (target.type === 'number') {
    const values = Float64Array.from(rows, (row) => target.values[row]!);
    return { answer_bins: answerBins({ ...target, values }, answers) };
  }
  const asked = { ...target, codes: Int32Array.from(rows, (row) => target.codes[row]!) };
  return {
    confusion_matrix: confusionMatrix(asked, answers),
    reliability: reliability(asked, answers),
  };
}

function spreads(scores: readonly Scores[]): Record<string, Spread> {
  const names = Object.keys(scores[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [name, spreadOf(scores.map((score) => score[name]!))]),
  );
}

/** Sample standard deviation; 0 for a single number. */
export function spreadOf(numbers: readonly number[]): Spread {
  const center = mean(numbers);
  const squares = numbers.reduce((sum, number) => sum + (number - center) ** 2, 0);
  return { mean: center, sd: Math.sqrt(squares / Math.max(numbers.length - 1, 1)) };
}
