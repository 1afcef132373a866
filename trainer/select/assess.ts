// One candidate on one fold: fitted on the fold's training rows, asked about the rows that are held out, the dummy beside it.

import type { Candidate } from '#contract/spec.ts';
import { dummyAnswer } from './dummy.ts';
import { fit } from '../fit/fit.ts';
import { permutationImportance } from './importance.ts';
import { scoresOf, type Answers, type Scores } from './metrics.ts';
import { createRandom } from '../table/random.ts';
import type { Fold } from '../table/split.ts';
import { recode, takeRows, type Table } from '../table/table.ts';

export interface FoldTask {
  readonly candidate: Candidate;
  readonly seed: number;
  readonly fold: Fold;
  /** Whether to find out what each feature is worth, which takes many more answers. */
  readonly isExplained: boolean;
}

export interface FoldResult {
  /** The rows that were held out, by their place in the table, and the model's answers to them. */
  readonly heldOut: Int32Array;
  readonly answers: Answers;
  readonly model: Scores;
  readonly dummy: Scores;
  /** Whether every answer is the dummy's. */
  readonly isDummy: boolean;
  /** By feature; empty when it was not asked for. */
  readonly importance: readonly number[];
  /** Of the fitted trees. */
  readonly nodes: number;
}

export function assess(table: Table, { candidate, seed, fold, isExplained }: FoldTask): FoldResult {
  const learned = takeRows(table, fold.training);
  const model = fit(learned, candidate, seed);
  const asked = recode(takeRows(table, fold.heldOut), model.signature);
  const answers = model.predictAll(asked.values);
  const constant = dummyAnswer(learned);
  const random = createRandom(seed + (fold.heldOut[0] ?? 0), 'permutation importance');
  return {
    heldOut: fold.heldOut,
    answers,
    model: scoresOf(asked.target, answers),
    dummy: scoresOf(
      asked.target,
      answers.map(() => constant),
    ),
    isDummy: answers.every((answer) => isEqual(answer, constant)),
    importance: isExplained ? permutationImportance(asked, model.predictAll, random) : [],
    nodes: model.ensemble.trees.reduce((sum, { mode }) => sum + mode.length, 0),
  };
}

/** To the digits that float32 has. */
const isEqual = (answer: ArrayLike<number>, constant: readonly number[]): boolean =>
  constant.every((value, output) => Math.abs(answer[output]! - value) <= 1e-6 * Math.abs(value));
