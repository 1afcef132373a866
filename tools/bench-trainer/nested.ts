// What a version of the model would report: the whole procedure of its spec, the choice of a candidate included, on rows held
// out from all of it.

import type { Spread } from '#contract/model/metrics.ts';
import type { ModelSpec } from '#contract/spec.ts';
import { withFoldPool } from '../../trainer/select/fold-pool.ts';
import { expandGrids } from '../../trainer/spec/parse-candidate.ts';
import { chooseWithin, rank } from '../../trainer/select/select.ts';
import { splitRepeatedly } from '../../trainer/table/split.ts';
import type { Table } from '../../trainer/table/table.ts';

export interface Nested {
  readonly accuracy: Spread;
  readonly logLoss: Spread;
  /** From the first fold's choice to the ranking, all candidates, wall time. */
  readonly seconds: number;
  readonly threads: number;
}

const THREADS = 2;

export async function measureNested(table: Table, spec: ModelSpec): Promise<Nested> {
  const started = performance.now();
  const folds = splitRepeatedly(table, spec);
  const candidates = expandGrids(spec.candidates);
  const { model } = await withFoldPool(table, THREADS, async (pool) => {
    const tried = { spec, candidates, folds, pool, onProgress: () => undefined };
    const chosen = await chooseWithin(table, tried);
    return (await rank(table, { ...tried, chosen })).metrics;
  });
  return {
    accuracy: model.accuracy!,
    logLoss: model.log_loss!,
    seconds: (performance.now() - started) / 1000,
    threads: THREADS,
  };
}
