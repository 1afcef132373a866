// What the benchmark fits on each table: one candidate per family of scikit-learn's, like for like where there is a like,
// and the grid from which the trainer would choose.

import type { Algorithms, Candidate } from '#contract/spec.ts';
import type { Table } from '../../trainer/table/table.ts';

export const FAMILIES = ['tree', 'forest', 'boosting', 'linear'] as const;

export type Family = (typeof FAMILIES)[number];

/** Throws for what is none. */
export function parseFamily(text: string | undefined): Family {
  const family = FAMILIES.find((known) => known === text);
  if (family === undefined) throw new Error(`no family: ${text}`);
  return family;
}

const BOOSTING: Algorithms['boosting'] = {
  rounds: 100,
  learning_rate: 0.1,
  max_leaves: 31,
  leaf_rows: 20,
  l2: 0,
  subsample: 1,
  patience: 0,
};
/** As large as a budget of 20,000 nodes allows for two labels. */
const LONG = { ...BOOSTING, rounds: 320, l2: 1 };
const SMALL = { ...BOOSTING, max_leaves: 6, leaf_rows: 5, l2: 1 };

/** As scikit-learn's defaults are: as many trees, rounds, leaves; the tree grown out. */
export function likeForLike({ target, width }: Table): Readonly<Record<Family, Candidate>> {
  const isClass = target.type === 'category';
  return {
    tree: { algorithm: 'tree', parameters: { max_depth: 100, min_rows: 1, smoothing: 0 } },
    forest: {
      algorithm: 'forest',
      parameters: {
        trees: 100,
        max_depth: 100,
        min_rows: 1,
        smoothing: isClass ? 0.1 : 0,
        feature_share: isClass ? Math.floor(Math.sqrt(width)) / width : 1,
        bootstrap: true,
      },
    },
    boosting: { algorithm: 'boosting', parameters: BOOSTING },
    linear: { algorithm: 'linear', parameters: { l2: 1 } },
  };
}

/** Rows from which on little else than the four families is tried: they take long enough. */
const MANY = 20_000;

/** Beside those: what a spec's grid would have for a table of this size. */
export function grid({ target, count }: Table): readonly Candidate[] {
  const drawing: Candidate = {
    algorithm: 'boosting',
    parameters: { ...BOOSTING, l2: 1, feature_share: 0.5 },
  };
  if (count > MANY) return [drawing];
  const isBinary = target.type === 'category' && target.labels === 2;
  const penalties = target.type === 'category' ? [0.1, 0.01] : [10, 100];
  return [
    { algorithm: 'tree', parameters: { max_depth: 24, min_rows: 5, smoothing: 1 } },
    ...penalties.map((l2): Candidate => ({ algorithm: 'linear', parameters: { l2 } })),
    { algorithm: 'boosting', parameters: SMALL },
    drawing,
    { algorithm: 'boosting', parameters: { ...SMALL, max_leaves: 12, subsample: 0.7 } },
    ...(isBinary ? [{ algorithm: 'boosting', parameters: LONG } as const] : []),
    { algorithm: 'boosted_linear', parameters: { ...SMALL, rounds: 40, linear_l2: penalties[0]! } },
  ];
}
