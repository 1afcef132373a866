// How the metric grows with the rows that are learned from: the candidate that was taken, fitted on growing parts of each
// fold's training rows, asked about the rows the fold holds out.

import type { CurvePoint, LearningCurve, Spread } from '#contract/model/metrics.ts';
import type { Candidate, ModelSpec } from '#contract/spec.ts';
import type { FoldTask } from './assess.ts';
import { spreadOf } from './evaluate.ts';
import type { FoldPool } from './fold-pool.ts';
import { mean } from './metrics.ts';
import { splitFolds, type Fold } from '../table/split.ts';
import { takeRows, type Table } from '../table/table.ts';

/** A fold's training rows are dealt into so many parts, each with every label's share. */
const PARTS = 16;

/**
 * Parts that are learned from; all of them were when candidates were ranked. Each step doubles the rows, so that the steps
 * together learn from fewer rows than ranking the one candidate did.
 */
const STEPS: readonly number[] = [1, 2, 4, 8];

/** With fewer rows a point says more of chance than of the model. */
const FEWEST_ROWS = 20;

export interface CurveOptions {
  readonly spec: Pick<ModelSpec, 'seed'>;
  readonly candidate: Candidate;
  /** What candidates were ranked by, and what this one had with all training rows of the folds. */
  readonly metric: string;
  readonly score: Spread;
  readonly folds: readonly Fold[];
  readonly pool: FoldPool;
  readonly onProgress: (done: number) => void;
}

/** Null where the rows are too few for a second point. */
export async function learningCurve(
  table: Table,
  { spec, candidate, metric, score, folds, pool, onProgress }: CurveOptions,
): Promise<LearningCurve | null> {
  const steps = STEPS.filter(
    (parts) => Math.floor((fewestRows(folds) * parts) / PARTS) >= FEWEST_ROWS,
  );
  if (steps.length === 0) return null;
  const grown = folds.map((fold) => growing(table, fold, spec.seed));
  const tasks = steps.flatMap((parts) =>
    grown.map((foldWith): FoldTask => ({
      candidate,
      seed: spec.seed,
      fold: foldWith(parts),
      isExplained: false,
    })),
  );
  const results = await pool.assess(tasks, onProgress);
  const points = steps.map((_, step): CurvePoint => {
    const range = [step * folds.length, (step + 1) * folds.length] as const;
    const scores = results.slice(...range).map(({ model }) => model[metric]!);
    return {
      rows: meanRows(tasks.slice(...range).map(({ fold }) => fold)),
      score: spreadOf(scores),
    };
  });
  return { metric, points: [...points, { rows: meanRows(folds), score }] };
}

/** How many tasks it takes, for whoever shows how far they are. */
export const curveTasks = ({ folds, repeats = 1 }: ModelSpec): number =>
  STEPS.length * folds * repeats;

/** The fold with so many parts of its training rows; more parts hold what fewer held. */
function growing(table: Table, { training, heldOut }: Fold, seed: number): (parts: number) => Fold {
  const dealt = splitFolds(takeRows(table, training), PARTS, seed);
  return (parts) => ({
    training: Int32Array.from(
      dealt.slice(0, parts).flatMap((part) => [...part.heldOut]),
      (place) => training[place]!,
    ).sort(),
    heldOut,
  });
}

const fewestRows = (folds: readonly Fold[]): number =>
  Math.min(...folds.map(({ training }) => training.length));

const meanRows = (folds: readonly Fold[]): number =>
  Math.round(mean(folds.map(({ training }) => training.length)));
