// What the metrics of a manifest are called, which way is better, and how their numbers read.

import type { Metrics, Spread } from '#contract/metrics.ts';
import { percent, shortNumber } from './words.ts';

interface MetricWords {
  readonly title: string;
  readonly better: 'higher' | 'lower';
  readonly say: (value: number) => string;
}

const METRICS: Readonly<Record<string, MetricWords>> = {
  accuracy: { title: 'Accuracy', better: 'higher', say: percent },
  macro_f1: { title: 'Macro F1', better: 'higher', say: percent },
  log_loss: { title: 'Log-loss', better: 'lower', say: threeDigits },
  ece: { title: 'Calibration error', better: 'lower', say: percent },
  rmse: { title: 'Typical error (RMSE)', better: 'lower', say: shortNumber },
  mae: { title: 'Mean absolute error', better: 'lower', say: shortNumber },
  r2: { title: 'R²', better: 'higher', say: threeDigits },
};

export interface MetricRow extends MetricWords {
  readonly name: string;
  readonly model: Spread;
  /** Null where the manifest has no figure of the dummy. */
  readonly dummy: Spread | null;
}

/** The metrics of a version in the order above; what this site has no words for comes last, under its own name. */
export function metricRows({ model, dummy }: Metrics): readonly MetricRow[] {
  const order = Object.keys(METRICS);
  const place = (name: string): number =>
    order.includes(name) ? order.indexOf(name) : order.length;
  return Object.entries(model)
    .map(([name, spread]) => ({
      ...wordsOf(name),
      name,
      model: spread,
      dummy: dummy[name] ?? null,
    }))
    .sort((a, b) => place(a.name) - place(b.name));
}

export const spreadText = (say: (value: number) => string, { mean, sd }: Spread): string =>
  `${say(mean)} ± ${say(sd)}`;

const wordsOf = (name: string): MetricWords =>
  METRICS[name] ?? { title: name, better: 'higher', say: threeDigits };

function threeDigits(value: number): string {
  return value.toFixed(3);
}
