// What metrics are called, and how they are written, where people read them.

import type { Spread } from './metrics.ts';

export const METRICS: Readonly<
  Record<string, { readonly title: string; readonly better: 'higher' | 'lower' }>
> = {
  accuracy: { title: 'Accuracy', better: 'higher' },
  macro_f1: { title: 'Macro F1', better: 'higher' },
  log_loss: { title: 'Log-loss', better: 'lower' },
  ece: { title: 'Calibration error', better: 'lower' },
  rmse: { title: 'RMSE', better: 'lower' },
  mae: { title: 'MAE', better: 'lower' },
  r2: { title: 'R²', better: 'higher' },
};

/** Mean ± standard deviation, to three places. */
export const spreadText = ({ mean, sd }: Spread): string => `${places(mean)} ± ${places(sd)}`;

/** Adding 0 turns -0 into 0. */
const places = (value: number): string => (Number(value.toFixed(3)) + 0).toFixed(3);
