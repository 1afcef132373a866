// Which of several candidates to take, given what each lost on the same rows: the smallest one that is as good as the best for
// all that can be told (the one-standard-error rule, Breiman et al. 1984, §3.4.3, on differences row by row). The best of
// several scores is in part the luckiest; a smaller model that is as good answers sooner and is sent for less.

import type { SelectionMetric } from '#contract/spec.ts';
import type { FoldResult } from './assess.ts';
import { likeliest } from '#contract/model/likeliest.ts';
import { METRICS } from '#contract/model/metric-words.ts';
import { lossAt, mean } from './metrics.ts';
import type { Table } from '../table/table.ts';

export interface Tried {
  /** By fold; the folds are the same for all candidates. */
  readonly results: readonly FoldResult[];
  /** What does not fit the budget is not taken. */
  readonly fits: boolean;
}

/** Place of the one to take; 0 when none fits. */
export function choose(
  { target }: Pick<Table, 'target'>,
  tried: readonly Tried[],
  metric: SelectionMetric,
): number {
  const sign = METRICS[metric]!.better === 'lower' ? 1 : -1;
  const scores = tried.map(({ results, fits }) =>
    fits ? sign * mean(results.map(({ model }) => model[metric]!)) : Infinity,
  );
  const best = firstLowest(scores);
  if (best === -1) return 0;
  const lost = tried.map(({ results }) => lossesOf(target, results, metric));
  const sizes = tried.map(({ results, fits }, place) =>
    fits && (place === best || isAsGood(lost[place]!, lost[best]!))
      ? Math.max(...results.map(({ nodes }) => nodes))
      : Infinity,
  );
  const least = Math.min(...sizes);
  return firstLowest(scores.map((score, place) => (sizes[place] === least ? score : Infinity)));
}

/** Whether the mean difference is no more than its own standard error. */
function isAsGood(losses: readonly number[], best: readonly number[]): boolean {
  const differences = losses.map((loss, row) => loss - best[row]!);
  const center = mean(differences);
  const squares = differences.reduce((sum, found) => sum + (found - center) ** 2, 0);
  const variance = squares / Math.max(differences.length - 1, 1);
  return center <= Math.sqrt(variance / differences.length);
}

/** What each held-out row lost, in what the metric is made of. */
function lossesOf(
  target: Table['target'],
  results: readonly FoldResult[],
  metric: SelectionMetric,
): readonly number[] {
  return results.flatMap(({ heldOut, answers }) =>
    answers.map((answer, at) => {
      const row = heldOut[at]!;
      if (target.type === 'number' && metric === 'mae')
        return Math.abs(answer[0]! - target.values[row]!);
      if (target.type === 'number' || metric === 'log_loss') return lossAt(target, row, answer);
      return Number(likeliest(answer) !== target.codes[row]);
    }),
  );
}

/** Place of the lowest number, the first of equals; -1 when none is finite. */
function firstLowest(numbers: readonly number[]): number {
  let lowest = -1;
  numbers.forEach((number, place) => {
    if (number < (numbers[lowest] ?? Infinity)) lowest = place;
  });
  return lowest;
}
