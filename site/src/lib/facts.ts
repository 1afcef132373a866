// What is worth knowing before one believes the answer: the run's own figures, beside those of the dummy.

import type { Manifest } from '#contract/manifest.ts';
import { count, percent, shortNumber } from './words.ts';

export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

/** The figure that says most, first that is there, and what it takes to get the dummy's. */
const FIGURES = [
  { metric: 'accuracy', name: 'Accuracy', say: percent, dummy: 'guessing the commonest gets' },
  { metric: 'rmse', name: 'Typical error (RMSE)', say: shortNumber, dummy: 'the mean alone gets' },
] as const;

export function factsOf(manifest: Manifest): readonly Fact[] {
  const { data, metrics, parity, training } = manifest;
  const figures = FIGURES.flatMap(({ metric, name, say, dummy }) => {
    const [ours, theirs] = [metrics.model[metric], metrics.dummy[metric]];
    if (ours === undefined || theirs === undefined) return [];
    const note = `on rows it had not seen, over ${count(metrics.folds)} folds; ${dummy} ${say(theirs.mean)}`;
    return [{ name, value: say(ours.mean), note }];
  });
  return [
    ...figures.slice(0, 1),
    { name: 'Trained on', value: `${count(data.rows)} rows`, note: data.source },
    {
      name: 'Trainer and edge differ on',
      value: `${count(parity.label_differences)} of ${count(parity.rows)} rows`,
      note: 'checked before the version was published',
    },
    {
      name: 'Version',
      value: manifest.version,
      note: `${training.algorithm}, made on ${manifest.created_at.slice(0, 10)}`,
    },
  ];
}
