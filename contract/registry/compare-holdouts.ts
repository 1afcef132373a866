// Champion and challenger on the rows that both were tried on, pair by pair.

import type { Holdout } from './holdout.ts';

/** Fewer rows than this say nothing about which is better. */
export const FEWEST_ROWS = 30;

export type Comparison =
  | { readonly comparable: false; readonly detail: string }
  | {
      readonly comparable: true;
      /** Of the challenger over the champion: nats, or the target's unit. Positive is better. */
      readonly gain: number;
      /** What the gain must reach. */
      readonly margin: number;
      readonly detail: string;
    };

/** Gain = mean log-loss of the champion − of the challenger; for numbers the difference of the RMSEs. */
export function compareHoldouts(champion: Holdout | null, challenger: Holdout | null): Comparison {
  if (champion === null) return incomparable('the champion has no held-out rows');
  if (challenger === null) return incomparable('the challenger has no held-out rows');
  if (champion.loss !== challenger.loss || champion.target !== challenger.target)
    return incomparable(`the champion answers ${champion.target}, not ${challenger.target}`);
  const shared = Object.keys(challenger.rows).filter((row) => Object.hasOwn(champion.rows, row));
  if (shared.length < FEWEST_ROWS)
    return incomparable(`too few shared held-out rows: ${shared.length} of ${FEWEST_ROWS}`);
  const before = score(champion, shared);
  const after = score(challenger, shared);
  const { margin } = challenger;
  const gain = before - after;
  const name = challenger.loss === 'log_loss' ? 'log-loss' : 'RMSE';
  const detail =
    `${name} ${round(after)} beside the champion’s ${round(before)} on ${shared.length} shared held-out rows ` +
    `(gain ${round(gain)}, at least ${margin})`;
  return { comparable: true, gain, margin, detail };
}

function score({ loss, rows }: Holdout, shared: readonly string[]): number {
  const mean = shared.reduce((sum, row) => sum + rows[row]!, 0) / shared.length;
  return loss === 'log_loss' ? mean : Math.sqrt(mean);
}

const incomparable = (detail: string): Comparison => ({ comparable: false, detail });
const round = (value: number): number => Number(value.toPrecision(4));
