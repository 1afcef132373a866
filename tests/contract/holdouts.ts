// Held-out losses that are made up: so many rows, all with one loss.

import type { Holdout } from '#contract/registry/holdout.ts';
import { stableJson } from '#contract/shapes/json.ts';

export interface HoldoutOptions {
  readonly loss: number;
  readonly rows?: number;
  /** Rows are numbered from here on: two ranges that overlap share rows. */
  readonly from?: number;
  readonly margin?: number;
}

export function holdout({ loss, rows = 100, from = 0, margin = 0 }: HoldoutOptions): Holdout {
  const names = Array.from({ length: rows }, (_, row) => String(from + row).padStart(16, '0'));
  return {
    format_version: 1,
    loss: 'log_loss',
    target: 'Kind',
    margin,
    rows: Object.fromEntries(names.map((name) => [name, loss])),
  };
}

export const holdoutFile = (options: HoldoutOptions): Uint8Array =>
  new TextEncoder().encode(stableJson(holdout(options)));
