// Out-of-fold answers → holdout.json: what the gate compares two versions by.

import { createHash } from 'node:crypto';
import type { Dataset } from '#data/versions/dataset.ts';
import { HOLDOUT_FORMAT_VERSION, type Holdout } from '#contract/registry/holdout.ts';
import { stableJson } from '#contract/shapes/json.ts';
import type { ModelSpec } from '#contract/spec.ts';
import { lossAt, type Answers } from './metrics.ts';
import type { Table } from '../table/table.ts';

export interface HeldOut {
  /** Takes the answers of one fold's held-out rows: places in the table, and an answer for each. */
  add(rows: Int32Array, answers: Answers): void;
  /** Loss by place in the table; NaN where no fold held the row out. */
  readonly losses: Float64Array;
}

export function collectHeldOut({ target, count }: Pick<Table, 'target' | 'count'>): HeldOut {
  const losses = new Float64Array(count).fill(NaN);
  return {
    losses,
    add(rows, answers) {
      rows.forEach((row, place) => {
        losses[row] = lossAt(target, row, answers[place]!);
      });
    },
  };
}

/** Rows go by what they hold, not by their place: a table that grew or was sorted shares them with the one before. */
export function holdoutOf(
  dataset: Dataset,
  spec: Pick<ModelSpec, 'target' | 'gate'>,
  { target, losses }: { readonly target: Table['target']; readonly losses: Float64Array },
): Holdout {
  const byRow = new Map<string, number[]>();
  losses.forEach((loss, row) => {
    if (Number.isNaN(loss)) return;
    const hash = hashOf(dataset, row);
    byRow.set(hash, [...(byRow.get(hash) ?? []), loss]);
  });
  const rows = [...byRow].map(([hash, found]) => {
    const sum = found.reduce((total, loss) => total + loss, 0);
    return [hash, Number((sum / found.length).toPrecision(6))] as const;
  });
  return {
    format_version: HOLDOUT_FORMAT_VERSION,
    loss: target.type === 'category' ? 'log_loss' : 'squared_error',
    target: spec.target,
    margin: spec.gate?.margin ?? 0,
    rows: Object.fromEntries(rows),
  };
}

/** Of every cell with its column's name, so that two models on other features of one table share their rows. */
function hashOf({ columns }: Dataset, row: number): string {
  const cells = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, column[row] ?? null]),
  );
  return createHash('sha256').update(stableJson(cells)).digest('hex').slice(0, 16);
}
