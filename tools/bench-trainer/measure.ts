// One candidate on the folds of one table: what it loses on held-out rows, and how long a fit takes on one core.

import { candidateText } from '../../trainer/candidate-text.ts';
import type { Candidate } from '#contract/spec.ts';
import { fit } from '../../trainer/fit/fit.ts';
import { lossOf, mean, scoresOf } from '../../trainer/metrics.ts';
import { recode, takeRows } from '../../trainer/table.ts';
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

export function measure({ table, folds }: BenchTable, candidate: Candidate): Measured {
  const results = folds.map(({ training, heldOut }) => {
    const learned = takeRows(table, training);
    const started = process.cpuUsage();
    const model = fit(learned, candidate, SEED);
    const { user, system } = process.cpuUsage(started);
    const seconds = (user + system) / 1e6;
    const asked = recode(takeRows(table, heldOut), model.signature);
    const answers = model.predictAll(asked.values);
    const { accuracy = NaN } = scoresOf(asked.target, answers);
    return { seconds, accuracy, loss: lossOf(asked.target, answers) };
  });
  const times = results.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const accuracy = mean(results.map((result) => result.accuracy));
  return {
    name: candidateText(candidate),
    loss: mean(results.map(({ loss }) => loss)),
    accuracy: Number.isNaN(accuracy) ? null : accuracy,
    seconds: times[times.length >> 1]!,
  };
}
