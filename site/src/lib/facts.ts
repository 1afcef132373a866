// What is worth knowing before one believes the answer: the run's own figures, beside those of the dummy.

import type { Manifest } from '#contract/manifest.ts';
import { metricRows } from './metric-rows.ts';
import type { Words } from './words/en.ts';

export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

/** The figure that says most, the first that is there, and how the dummy comes by its own. */
const FIGURES = [
  { metric: 'accuracy', dummy: 'commonest' },
  { metric: 'rmse', dummy: 'mean' },
] as const;

/** Of a model that came as a file there are few: nobody here knows its rows. */
export function factsOf(manifest: Manifest, words: Words): readonly Fact[] {
  const { data, metrics, parity, training } = manifest;
  const { facts } = words;
  const rows = metricRows(metrics, words);
  const figures = FIGURES.flatMap(({ metric, dummy: way }) => {
    const row = rows.find(({ name }) => name === metric);
    if (row === undefined || row.dummy === null) return [];
    const { title, say, model, dummy } = row;
    const note = facts.overFolds(metrics.folds, facts[way](say(dummy.mean)));
    return [{ name: title, value: say(model.mean), note }];
  });
  return [
    ...figures.slice(0, 1),
    ...(data.rows === 0
      ? []
      : [{ name: facts.trainedOn, value: facts.rows(data.rows), note: data.source }]),
    ...(parity.rows === 0
      ? []
      : [
          {
            name: facts.parity,
            value: facts.parityRows(parity.label_differences, parity.rows),
            note: facts.parityWhen,
          },
        ]),
    {
      name: facts.version,
      value: manifest.version,
      note: facts.made(training.algorithm, manifest.created_at.slice(0, 10)),
    },
  ];
}
