// Which candidate is taken. Nested: in each outer fold one is chosen by an inner cross-validation of the fold's training
// rows, so that the rows that are held out have no say in it; what that choice is worth there is what the version reports
// (Cawley and Talbot 2010). The one that is fitted on all rows is chosen by the same rule over the outer folds.

import type { CandidateResult, Metrics, Selection } from '#contract/model/metrics.ts';
import type { Candidate, ModelSpec, SelectionMetric } from '#contract/spec.ts';
import type { FoldResult, FoldTask } from './assess.ts';
import { overBudget } from '../spec/candidate-text.ts';
import { evaluate, spreadOf } from './evaluate.ts';
import { mean } from './metrics.ts';
import { choose } from './choose.ts';
import type { FoldPool } from './fold-pool.ts';
import { METRICS } from '#contract/model/metric-words.ts';
import { expandGrids } from '../spec/parse-candidate.ts';
import { splitFolds, type Fold } from '../table/split.ts';
import { takeRows, type Table } from '../table/table.ts';

export interface SelectOptions {
  readonly spec: Pick<ModelSpec, 'seed' | 'budget' | 'metric' | 'inner_folds' | 'repeats'>;
  readonly candidates: readonly Candidate[];
  readonly folds: readonly Fold[];
  readonly pool: FoldPool;
  readonly onProgress: (done: number) => void;
}

/** Inner folds when the spec does not say. */
const INNER_FOLDS = 3;

export interface Ranked extends CandidateResult {
  readonly candidate: Candidate;
}

export interface Evaluation {
  /** Of the nested choice. */
  readonly metrics: Metrics;
  /** The one to take, then the best first, those that are refused last. */
  readonly ranking: readonly Ranked[];
  /** By outer fold: of the candidate that was chosen there. */
  readonly results: readonly FoldResult[];
}

/** What candidates are compared by. */
export const metricOf = (
  { target }: Table,
  { metric }: Pick<ModelSpec, 'metric'>,
): SelectionMetric => metric ?? (target.type === 'category' ? 'log_loss' : 'rmse');

/** By outer fold: place of the candidate that is taken by the inner folds, among those whose trees are within the budget. */
export async function chooseWithin(
  table: Table,
  { spec, candidates, folds, pool, onProgress }: SelectOptions,
): Promise<readonly number[]> {
  if (candidates.length === 1) return folds.map(() => 0);
  const inner = folds.map(({ training }) => innerFolds(table, training, spec));
  const tasks = inner.flatMap((within) =>
    candidates.flatMap((candidate) =>
      within.map((fold): FoldTask => ({ candidate, seed: spec.seed, fold, isExplained: false })),
    ),
  );
  const results = await pool.assess(tasks, onProgress);
  const metric = metricOf(table, spec);
  let next = 0;
  return inner.map((within) => {
    const tried = candidates.map(() => {
      const found = results.slice(next, (next += within.length));
      return { results: found, fits: found.every(({ nodes }) => nodes <= spec.budget.nodes) };
    });
    return choose(table, tried, metric);
  });
}

/** Assesses every candidate on every outer fold, whatever was chosen there. */
export async function rank(
  table: Table,
  options: SelectOptions & { readonly chosen: readonly number[] },
): Promise<Evaluation> {
  const { spec, candidates, folds, pool, onProgress, chosen } = options;
  const metric = metricOf(table, spec);
  const tasks = candidates.flatMap((candidate, place) =>
    folds.map((fold, at): FoldTask => ({
      candidate,
      seed: spec.seed,
      fold,
      isExplained: chosen[at] === place,
    })),
  );
  const all = await pool.assess(tasks, onProgress);
  const results = folds.map((_, fold) => all[chosen[fold]! * folds.length + fold]!);
  const byCandidate = candidates.map((_, place) =>
    all.slice(place * folds.length, (place + 1) * folds.length),
  );
  const reasons = refusals(byCandidate, spec, metric);
  const tried = byCandidate.map((found, place) => ({
    results: found,
    fits: reasons[place] === null,
  }));
  const taken = candidates[choose(table, tried, metric)]!;
  const ranking = candidates.map((candidate, place): Ranked => {
    const found = tried[place]!.results;
    const reason = reasons[place]!;
    return {
      candidate,
      algorithm: candidate.algorithm,
      parameters: { ...candidate.parameters },
      score: spreadOf(found.map(({ model }) => model[metric]!)),
      ...(reason !== null && { refused: reason }),
    };
  });
  const sign = METRICS[metric]!.better === 'lower' ? 1 : -1;
  ranking.sort(
    (a, b) =>
      Number(a.refused !== undefined) - Number(b.refused !== undefined) ||
      Number(b.candidate === taken) - Number(a.candidate === taken) ||
      sign * (a.score.mean - b.score.mean),
  );
  return { metrics: evaluate(table, results), ranking, results };
}

/**
 * By candidate: why it cannot be taken, or null. One that answers as the dummy does where others find something to learn has a
 * fault that its figures do not show.
 */
export function refusals(
  byCandidate: readonly (readonly FoldResult[])[],
  { budget }: Pick<ModelSpec, 'budget'>,
  metric: SelectionMetric,
): readonly (string | null)[] {
  const sign = METRICS[metric]!.better === 'lower' ? 1 : -1;
  const scoreOf = (results: readonly FoldResult[], whose: 'model' | 'dummy'): number =>
    sign * mean(results.map((result) => result[whose][metric]!));
  const isLearned = byCandidate.some(
    (results) => scoreOf(results, 'model') < scoreOf(results, 'dummy'),
  );
  return byCandidate.map((results) => {
    const nodes = Math.max(...results.map((result) => result.nodes));
    if (nodes > budget.nodes) return overBudget('nodes', nodes, budget);
    const isIdle = isLearned && results.every(({ isDummy }) => isDummy);
    return isIdle ? 'error: learned nothing, its answers are the dummy’s in every digit' : null;
  });
}

/** Tasks of both steps, for whoever shows how far they are. */
export function taskCounts(spec: ModelSpec): {
  readonly select: number;
  readonly evaluate: number;
} {
  const candidates = expandGrids(spec.candidates).length;
  const tasks = candidates * spec.folds * (spec.repeats ?? 1);
  const inner = candidates === 1 ? 0 : (spec.inner_folds ?? INNER_FOLDS);
  return { select: tasks * inner, evaluate: tasks };
}

/** What the version records of it. */
export function selectionOf(
  table: Table,
  spec: SelectOptions['spec'],
  candidates: readonly CandidateResult[],
): Selection {
  return {
    metric: metricOf(table, spec),
    inner_folds: candidates.length === 1 ? 0 : (spec.inner_folds ?? INNER_FOLDS),
    repeats: spec.repeats ?? 1,
    candidates,
  };
}

function innerFolds(table: Table, rows: Int32Array, spec: SelectOptions['spec']): readonly Fold[] {
  const count = Math.min(spec.inner_folds ?? INNER_FOLDS, rows.length);
  const placeOf = (place: number): number => rows[place]!;
  return splitFolds(takeRows(table, rows), count, spec.seed).map(({ training, heldOut }) => ({
    training: training.map(placeOf),
    heldOut: heldOut.map(placeOf),
  }));
}
