// Is the loss on live rows larger than it was on rows held out in training? A test that may be looked at after every row, for
// as long as the version lives: a test martingale by betting (Waudby-Smith & Ramdas 2023) against the upper confidence bound
// of the reference loss (Podkopaev & Ramdas 2022). Losses are in [0, 1]: 1 for a wrong label, a capped share of an error.

/** All of it as plain numbers, so that it can be stored and goes on where it stopped. */
export interface LossTest {
  /** Losses seen. */
  readonly rows: number;
  readonly sum: number;
  /** Recent mean and variance that the following bets are staked by. */
  readonly mean: number;
  readonly variance: number;
  /** One group for each start: bets that began later have a fresh wealth of their own. By stake, log wealth. */
  readonly groups: readonly (readonly number[])[];
}

/** Rows that the recent mean looks back on. */
const MEMORY = 80;
/** Groups begin at rows 0, 250, 500, 1000, 2000, …: what the old ones lost in good times does not delay the alarm. */
const FIRST_RESTART = 250;
/** A stake never risks more than this share of the wealth. */
const MAX_SHARE = 0.5;
/** Bets that the mean has grown to these multiples of the bound, next to one that follows the recent mean. */
const MULTIPLES = [1.5, 2.25, 3.5] as const;
const STAKES = MULTIPLES.length + 1;

const newGroup = (): number[] => new Array<number>(STAKES).fill(0);

export const newLossTest = (): LossTest => ({
  rows: 0,
  sum: 0,
  mean: 0,
  variance: 0.25,
  groups: [newGroup()],
});

/** 1 / ((k + 1)(k + 2)): the weights of all groups that will ever be add up to 1. */
const weightOf = (group: number): number => 1 / ((group + 1) * (group + 2));

/** Adds losses in the order in which they became known. `bound`: what the mean is at most if nothing got worse. */
export function addLosses(test: LossTest, losses: readonly number[], bound: number): LossTest {
  let { rows, sum, mean, variance } = test;
  const groups = test.groups.map((group) => [...group]);
  const fixed = MULTIPLES.map((multiple) => {
    const supposed = Math.min(multiple * bound, (1 + bound) / 2);
    return stakeOf(supposed, supposed * (1 - supposed), bound);
  });
  for (const loss of losses) {
    if (rows === restartAt(groups.length)) groups.push(newGroup());
    const stakes = [...fixed, stakeOf(mean, variance, bound)];
    const growth = stakes.map((stake) => Math.log1p(stake * (loss - bound)));
    for (const group of groups) growth.forEach((gain, stake) => (group[stake]! += gain));
    rows++;
    sum += loss;
    // Only now: a stake is chosen before its row is seen.
    const share = 1 / Math.min(rows + 1, MEMORY);
    const difference = loss - mean;
    mean += share * difference;
    variance += share * (difference ** 2 - variance);
  }
  return { rows, sum, mean, variance, groups };
}

const restartAt = (groups: number): number => FIRST_RESTART * 2 ** (groups - 1);

/** The stake that grows fastest if the mean is true (approximate Kelly); none while it is at most the bound. */
function stakeOf(mean: number, variance: number, bound: number): number {
  const gain = mean - bound;
  if (gain <= 0) return 0;
  return Math.min(gain / (variance + gain ** 2), MAX_SHARE / bound);
}

/** Evidence against "no worse": a nonnegative supermartingale that starts at 1, so P(it ever reaches 1/α) ≤ α (Ville). */
export function logEvidence({ groups }: LossTest): number {
  const wealth = groups.flatMap((group, place) =>
    group.map((log) => log + Math.log(weightOf(place) / STAKES)),
  );
  // Groups that have not begun hold their weight in cash: Σ over k ≥ n of 1/((k+1)(k+2)) = 1/(n+1).
  const all = [...wealth, -Math.log(groups.length + 1)];
  const most = Math.max(...all);
  return most + Math.log(all.reduce((sum, log) => sum + Math.exp(log - most), 0));
}

/** Half of α is for the reference's bound, half for the test. */
export const isWorse = (test: LossTest, alpha = 0.05): boolean =>
  logEvidence(test) >= Math.log(2 / alpha);

/**
 * Upper confidence bound at level 1 − α/2 of a mean of losses in [0, 1]: Clopper-Pearson for losses of 0 and 1, an
 * empirical Bernstein bound (Maurer & Pontil 2009) for others. 1 without rows.
 */
export function upperBound(losses: ArrayLike<number>, alpha = 0.05): number {
  const n = losses.length;
  if (n === 0) return 1;
  let [sum, squares, isBinary] = [0, 0, true];
  for (let row = 0; row < n; row++) {
    const loss = losses[row]!;
    sum += loss;
    squares += loss ** 2;
    isBinary &&= loss === 0 || loss === 1;
  }
  const level = alpha / 2;
  if (isBinary) return clopperPearson(sum, n, level);
  const mean = sum / n;
  const variance = n > 1 ? Math.max(0, squares - n * mean ** 2) / (n - 1) : 0.25;
  const log = Math.log(2 / level);
  return Math.min(
    1,
    mean + Math.sqrt((2 * variance * log) / n) + (7 * log) / (3 * Math.max(1, n - 1)),
  );
}

/** The largest share under which `hits` or fewer of `n` have at least the probability `level`. */
function clopperPearson(hits: number, n: number, level: number): number {
  if (hits >= n) return 1;
  let [low, high] = [hits / n, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (binomialAtMost(hits, n, middle) >= level) low = middle;
    else high = middle;
  }
  return high;
}

function binomialAtMost(hits: number, n: number, share: number): number {
  let logTerm = n * Math.log1p(-share);
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= hits; k++) {
    logTerm += Math.log((n - k + 1) / k) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(logTerm);
  }
  return sum;
}
