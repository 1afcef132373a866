// What the candidate is worth on rows it has not seen: one fit per fold, every row held out once, the dummy beside it.

import type { Metrics, Spread } from '#contract/metrics.ts';
import type { ModelSpec } from '#contract/spec.ts';
import { dummyAnswer } from './dummy.ts';
import { fit } from './fit/fit.ts';
import { permutationImportance } from './importance.ts';
import { confusionMatrix, mean, scoresOf, type Answers, type Scores } from './metrics.ts';
import { createRandom } from './random.ts';
import type { Fold } from './split.ts';
import { recode, takeRows, type Table } from './table.ts';

interface FoldResult {
  readonly model: Scores;
  readonly dummy: Scores;
  readonly importance: readonly number[];
  readonly confusion: readonly (readonly number[])[];
}

export interface EvaluateOptions {
  readonly spec: Pick<ModelSpec, 'candidate' | 'seed'>;
  readonly onFold?: (done: number) => void;
  /** Takes each fold's held-out rows, by their place in the table, with the model's answers to them. */
  readonly onHeldOut?: (rows: Int32Array, answers: Answers) => void;
}

/** Mean and spread over the folds of the model's and the dummy's metrics, and what each feature is worth. */
export function evaluate(
  table: Table,
  folds: readonly Fold[],
  { spec, onFold, onHeldOut }: EvaluateOptions,
): Metrics {
  const random = createRandom(spec.seed, 'permutation importance');
  const results = folds.map(({ training, heldOut }, fold): FoldResult => {
    const learned = takeRows(table, training);
    const model = fit(learned, spec.candidate);
    const asked = recode(takeRows(table, heldOut), model.signature);
    const answer = (rows: Float32Array): Answers =>
      Array.from({ length: asked.count }, (_, row) => model.predict(rows, row * asked.width));
    const answers = answer(asked.values);
    onHeldOut?.(heldOut, answers);
    const constant = dummyAnswer(learned);
    const result = {
      model: scoresOf(asked.target, answers),
      dummy: scoresOf(
        asked.target,
        answers.map(() => constant),
      ),
      importance: permutationImportance(asked, answer, random),
      confusion: asked.target.type === 'category' ? confusionMatrix(asked.target, answers) : [],
    };
    onFold?.(fold + 1);
    return result;
  });
  return {
    folds: folds.length,
    model: spreads(results.map((result) => result.model)),
    dummy: spreads(results.map((result) => result.dummy)),
    ...(table.target.type === 'category' && {
      confusion_matrix: sumOf(results.map((result) => result.confusion)),
    }),
    permutation_importance: Object.fromEntries(
      table.signature.features.map(({ name }, feature) => [
        name,
        spreadOf(results.map((result) => result.importance[feature]!)),
      ]),
    ),
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

function sumOf(matrices: readonly (readonly (readonly number[])[])[]): number[][] {
  const [first, ...rest] = matrices;
  return first!.map((counts, row) =>
    counts.map((count, column) => rest.reduce((sum, matrix) => sum + matrix[row]![column]!, count)),
  );
}
