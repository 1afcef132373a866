// Made-up lives of a version: how often a stationary one raises a false alert, and how many rows a real drop takes.

import { addLosses, isWorse, newLossTest, upperBound } from '../../monitor/anytime.ts';
import { createRandom, type Random } from '../../data/random.ts';

const REFERENCE_ROWS = 1000;
const ROWS_AN_HOUR = 10;

export interface Lifetimes {
  readonly lives: number;
  readonly hours: number;
  /** Share of lives with an alert at any hour. */
  readonly false_alerts: number;
}

const wrong = (random: Random, accuracy: number): number => Number(random.uniform() >= accuracy);

const draw = (random: Random, rows: number, accuracy: number): readonly number[] =>
  Array.from({ length: rows }, () => wrong(random, accuracy));

/** Each life draws its own reference of 1,000 rows, then 10 rows an hour, and looks after every hour. */
export function stationaryLifetimes({
  lives,
  hours,
  accuracy,
  seed,
}: {
  readonly lives: number;
  readonly hours: number;
  readonly accuracy: number;
  readonly seed: number;
}): Lifetimes {
  const random = createRandom(seed);
  let alerts = 0;
  for (let life = 0; life < lives; life++) {
    const bound = upperBound(draw(random, REFERENCE_ROWS, accuracy));
    let test = newLossTest();
    for (let hour = 0; hour < hours; hour++) {
      test = addLosses(test, draw(random, ROWS_AN_HOUR, accuracy), bound);
      if (!isWorse(test)) continue;
      alerts++;
      break;
    }
  }
  return { lives, hours, false_alerts: alerts / lives };
}

/** Median rows from the drop to the alert, looked at after every row; a life without one within 5,000 rows counts as that. */
export function rowsUntilAlert({
  lives,
  before,
  from,
  to,
  seed,
}: {
  readonly lives: number;
  /** Rows that were still as good as the reference. */
  readonly before: number;
  readonly from: number;
  readonly to: number;
  readonly seed: number;
}): number {
  const random = createRandom(seed);
  const delays = Array.from({ length: lives }, () => {
    const bound = upperBound(draw(random, REFERENCE_ROWS, from));
    let test = addLosses(newLossTest(), draw(random, before, from), bound);
    for (let rows = 1; rows <= 5000; rows++) {
      test = addLosses(test, [wrong(random, to)], bound);
      if (isWorse(test)) return rows;
    }
    return 5000;
  }).sort((a, b) => a - b);
  return delays[Math.floor(lives / 2)]!;
}
