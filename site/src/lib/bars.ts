// The answer as bars: the likeliest classes, and everything else in one.

/** So many classes get a bar of their own. */
const SHOWN = 6;

export interface Bar {
  /** Empty for the rest. */
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  /** How many classes the bar stands for. */
  readonly classes: number;
}

/** One bar a class, the likeliest first. */
export const everyBarOf = (probabilities: Readonly<Record<string, number>>): readonly Bar[] =>
  Object.entries(probabilities)
    .map(([label, share]) => ({ label, share, classes: 1 }))
    .sort((a, b) => b.share - a.share);

/**
 * The likeliest first, then one bar for the rest. Classes that are equally likely are either all shown or all in the
 * rest, so that no order is pretended; a rest of a single class goes by its own name.
 */
export function barsOf(probabilities: Readonly<Record<string, number>>): readonly Bar[] {
  const all = everyBarOf(probabilities);
  const next = all[SHOWN];
  if (next === undefined || all.length === SHOWN + 1) return all;
  const likelier = all.filter(({ share }) => share > next.share);
  // The answer itself always has its bar.
  const shown = Math.max(likelier.length, 1);
  const rest = all.slice(shown);
  const share = rest.reduce((sum, bar) => sum + bar.share, 0);
  return [...all.slice(0, shown), { label: '', share, classes: rest.length }];
}
