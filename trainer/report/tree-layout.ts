// Where each node of a tree is drawn: a column a level, a line a leaf, a parent in the middle of its children.

import type { Tree } from '#contract/model/tree.ts';

export interface Spot {
  readonly node: number;
  readonly depth: number;
  /** Lines from the top; halves between two. */
  readonly line: number;
  /** Whether nodes below it are left out. */
  readonly isFolded: boolean;
  /** Index of the parent among the spots; -1 for the root. */
  readonly parent: number;
}

/** `order` gives the two children of an inner node, the upper one first. Spots come parents first; nodes deeper than `depth` are left out. */
export function layoutTree(
  tree: Tree,
  depth: number,
  order: (node: number) => readonly [number, number],
): readonly Spot[] {
  const spots: { -readonly [Key in keyof Spot]: Spot[Key] }[] = [];
  let lines = 0;
  const place = (node: number, level: number, parent: number): number => {
    const isLeaf = tree.mode[node] === 'leaf';
    const spot = { node, depth: level, line: 0, isFolded: !isLeaf && level === depth, parent };
    const index = spots.push(spot) - 1;
    if (isLeaf || spot.isFolded) spot.line = lines++;
    else {
      const [upper, lower] = order(node).map((child) => place(child, level + 1, index));
      spot.line = (upper! + lower!) / 2;
    }
    return spot.line;
  };
  place(0, 0, -1);
  return spots;
}

export interface Below {
  readonly nodes: number;
  readonly leaves: number;
  /** Levels below the node. */
  readonly depth: number;
  /** Mean of the leaves' values, each as often as rows reach it. */
  readonly value: readonly number[];
}

/** What is below each node, itself included among nodes and leaves. Children come after their parent. */
export function belowEach(tree: Tree): readonly Below[] {
  const below: Below[] = [];
  for (let node = tree.mode.length - 1; node >= 0; node--) {
    if (tree.mode[node] === 'leaf') {
      below[node] = { nodes: 1, leaves: 1, depth: 0, value: tree.value[node]! };
      continue;
    }
    const [left, right] = [tree.left[node]!, tree.right[node]!];
    const [a, b] = [below[left]!, below[right]!];
    const rows = tree.cover[left]! + tree.cover[right]!;
    const share = rows === 0 ? 0.5 : tree.cover[left]! / rows;
    below[node] = {
      nodes: a.nodes + b.nodes + 1,
      leaves: a.leaves + b.leaves,
      depth: Math.max(a.depth, b.depth) + 1,
      value: a.value.map((value, output) => value * share + b.value[output]! * (1 - share)),
    };
  }
  return below;
}
