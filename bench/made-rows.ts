// Rows of a made model, labelled by its own trees: the examples that are asked, and the table that a peer fits its tree on.

import { createEncoder } from '#contract/features/encode-row.ts';
import { predictTrees } from '#contract/model/tree.ts';
import { createRandom } from '#data/random.ts';
import { anyOf, featuresOf, makeTrees, signatureOf, type Shape } from './made-trees.ts';

export interface MadeRow {
  readonly row: Readonly<Record<string, number | string>>;
  readonly target: string;
}

/** The first `count` of the same rows every time. */
export function makeRows(shape: Shape, count: number): readonly MadeRow[] {
  const features = featuresOf(shape);
  const { target } = signatureOf(shape);
  const labels = target.type === 'category' ? target.labels : [];
  const encoder = createEncoder({ features, target });
  const trees = makeTrees(shape);
  const random = createRandom(0);
  return Array.from({ length: count }, () => {
    const row = Object.fromEntries(
      features.map((feature) => [
        feature.name,
        feature.type === 'number'
          ? Math.round(random.uniform() * 1e4) / 1e4
          : feature.categories[anyOf(random, feature.categories.length)]!,
      ]),
    );
    const values = new Float32Array(encoder.width);
    encoder.encodeRow(row, values, 0, '', { faults: [], warnings: [] });
    const answer = predictTrees(trees, values);
    return { row, target: labels[answer.indexOf(Math.max(...answer))]! };
  });
}

/** The rows as CSV; none of the texts needs a quote. */
export function madeTable(rows: readonly MadeRow[]): string {
  const names = Object.keys(rows[0]?.row ?? {});
  const lines = rows.map(({ row, target }) =>
    [...names.map((name) => String(row[name])), target].join(','),
  );
  return [[...names, 'label'].join(','), ...lines, ''].join('\n');
}
