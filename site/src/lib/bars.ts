// The answer as bars: the likeliest classes, and everything else in one.

/** One more than this many classes are shown before the rest becomes one bar. */
const SHOWN = 6;

export interface Bar {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  /** How many classes the bar stands for. */
  readonly classes: number;
}

/** The likeliest first; equals keep the model's order. A rest of a single class is shown by its own name. */
export function barsOf(probabilities: Readonly<Record<string, number>>): readonly Bar[] {
  const all = Object.entries(probabilities)
    .map(([label, share]) => ({ label, share, classes: 1 }))
    .sort((a, b) => b.share - a.share);
  if (all.length <= SHOWN + 1) return all;
  const rest = all.slice(SHOWN);
  const share = rest.reduce((sum, bar) => sum + bar.share, 0);
  return [...all.slice(0, SHOWN), { label: 'others', share, classes: rest.length }];
}
