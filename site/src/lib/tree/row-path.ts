// The way of one row through a tree.

import { goesLeft } from '#contract/explain/relation.ts';
import type { Tree } from '#contract/model/tree.ts';

/** Nodes from the root to the leaf that the encoded row ends in. */
export function rowPath(tree: Tree, row: Float32Array): readonly number[] {
  const nodes = [0];
  for (let node = 0; tree.mode[node] !== 'leaf'; nodes.push(node)) {
    const split = { isBelow: tree.mode[node] === 'lt', threshold: tree.threshold[node]! };
    node = goesLeft(split, row[tree.feature[node]!]!) ? tree.left[node]! : tree.right[node]!;
  }
  return nodes;
}
