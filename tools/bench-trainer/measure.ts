// One candidate on the folds of one table: what it loses on held-out rows, and how long a fit takes on one core.

import { candidateText } from '../../trainer/spec/candidate-text.ts';
import type { Candidate } from '#contract/spec.ts';
import { fit } from '../../trainer/fit/fit.ts';
import { lossOf, mean, scoresOf } from '../../trainer/select/metrics.ts';
import { recode, takeRows } from '../../trainer/table/table.ts';
import { SEED, type BenchTable } from './tables.ts';

export interface Measured {
  readonly name: string;
  /** Log-loss in nats, or RMSE: the mean over the folds. */
  readonly loss: number;
  /** Null for a number. */
  readonly accuracy: number | null;
  /** Processor time of one fit, the median over the folds: what others do on the machine does not count. */
  readonly seconds: number;
}

/** A short fit is done again until that much time is spent on it, or so often; scikit.py does the same. */
const ENOUGH_SECONDS = 0.2;
const MOST_TIMES = 7;

/** What `work` gives, and its processor time in seconds: the median of several times. */
export function timed<T>(work: () => T): { readonly result: T; readonly seconds: number } {
  const times: number[] = [];
  for (let spent = 0; ; spent += times.at(-1)!) {
    const started = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(started);
    times.push((user + system) / 1e6);
    if (times.length === MOST_TIMES || spent + times.at(-1)! >= ENOUGH_SECONDS)
      return { result, seconds: medianOf(times) };
  }
}

export function measure({ table, folds }: BenchTable, candidate: Candidate): Measured {
  const results = folds.map(({ training, heldOut }) => {
    const learned = takeRows(table, training);
    const { result: model, seconds } = timed(() => fit(learned, candidate, SEED));
    const asked = recode(takeRows(table, heldOut), model.signature);
    const answers = model.predictAll(asked.values);
    const { accuracy = NaN } = scoresOf(asked.target, answers);
    return { seconds, accuracy, loss: lossOf(asked.target, answers) };
  });
  const accuracy = mean(results.map((result) => result.accuracy));
  return {
    name: candidateText(candidate),
    loss: mean(results.map(({ loss }) => loss)),
    accuracy: Number.isNaN(accuracy) ? null : accuracy,
    seconds: medianOf(results.map(({ seconds }) => seconds)),
  };
}

function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
}
