// Cost-complexity pruning (Breiman et al. 1984, chapter 3): a branch stays when each leaf it adds takes away enough impurity.

import type { CartNode } from 'ml-cart';
import type { Answer } from './impurity.ts';

export interface Worth {
  /** Impurity that the node's split takes away, times the weight of its rows. */
  readonly drop: number;
  readonly answer: Answer;
}

export interface PruneOptions {
  /** Of every node that is split. */
  readonly worths: ReadonlyMap<CartNode, Worth>;
  /** Impurity times weight that each leaf beyond the first must take away; a branch with exactly that goes. */
  readonly least: number;
  readonly leaf: (answer: Answer) => NonNullable<CartNode['distribution']>;
}

/** Cuts `node`'s tree down to the smallest one of least cost, in place: impurity plus `least` per leaf. */
export function prune(node: CartNode, options: PruneOptions): { drop: number; leaves: number } {
  const worth = options.worths.get(node);
  if (worth === undefined || node.left === undefined || node.right === undefined)
    return { drop: 0, leaves: 1 };
  const [left, right] = [prune(node.left, options), prune(node.right, options)];
  const drop = worth.drop + left.drop + right.drop;
  const leaves = left.leaves + right.leaves;
  if (drop > options.least * (leaves - 1)) return { drop, leaves };
  delete node.left;
  delete node.right;
  node.distribution = options.leaf(worth.answer);
  return { drop: 0, leaves: 1 };
}
