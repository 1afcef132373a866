// The metrics of a manifest in the order a person asks for them: what each is called, which way is better, how it reads.

import type { Metrics, Spread } from '#contract/model/metrics.ts';
import type { Numbers } from './numbers.ts';
import type { Words } from './words/en.ts';

type Name = keyof Words['metrics']['names'];

const METRICS: readonly {
  readonly name: Name;
  readonly better: 'higher' | 'lower';
  readonly form: 'percent' | 'short' | 'fixed';
}[] = [
  { name: 'accuracy', better: 'higher', form: 'percent' },
  { name: 'macro_f1', better: 'higher', form: 'percent' },
  { name: 'log_loss', better: 'lower', form: 'fixed' },
  { name: 'ece', better: 'lower', form: 'percent' },
  { name: 'rmse', better: 'lower', form: 'short' },
  { name: 'mae', better: 'lower', form: 'short' },
  { name: 'r2', better: 'higher', form: 'fixed' },
];

export interface MetricRow {
  readonly name: string;
  readonly title: string;
  readonly better: 'higher' | 'lower';
  readonly say: (value: number) => string;
  readonly model: Spread;
  /** Null where the manifest has no figure of the dummy. */
  readonly dummy: Spread | null;
}

/** The metrics of a version in the order above; what this site has no words for comes last, under its own name. */
export function metricRows({ model, dummy }: Metrics, words: Words): readonly MetricRow[] {
  const rowOf = (name: string, spread: Spread): MetricRow => {
    const known = METRICS.find((metric) => metric.name === name);
    return {
      name,
      title: known === undefined ? name : words.metrics.names[known.name],
      better: known?.better ?? 'higher',
      say: sayer(known?.form ?? 'fixed', words.numbers),
      model: spread,
      dummy: dummy[name] ?? null,
    };
  };
  const place = (name: string): number => {
    const at = METRICS.findIndex((metric) => metric.name === name);
    return at < 0 ? METRICS.length : at;
  };
  return Object.entries(model)
    .map(([name, spread]) => rowOf(name, spread))
    .sort((a, b) => place(a.name) - place(b.name));
}

export const spreadText = (say: (value: number) => string, { mean, sd }: Spread): string =>
  `${say(mean)} ± ${say(sd)}`;

function sayer(
  form: 'percent' | 'short' | 'fixed',
  { percent, short }: Numbers,
): (value: number) => string {
  switch (form) {
    case 'percent':
      return percent;
    case 'short':
      return short;
    case 'fixed':
      return (value) => value.toFixed(3);
  }
}
