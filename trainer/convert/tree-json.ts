// tree.json as bytes: one line, and numbers as the shortest decimals that name their float32.

import { shortestDecimal } from '#contract/tensors/float32.ts';
import type { Tree, TreeEnsemble } from '#contract/model/tree.ts';

export function treeJson(ensemble: TreeEnsemble): string {
  const trees = ensemble.trees.map((tree): Tree => ({
    ...tree,
    threshold: tree.threshold.map(shortest),
    value: tree.value.map((values) => values.map(shortest)),
  }));
  return `${JSON.stringify({ ...ensemble, trees })}\n`;
}

const shortest = (value: number): number => Number(shortestDecimal(value));
