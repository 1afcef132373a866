// Where the unfolded nodes of a tree are drawn: the root on the left, a column a level, a line for each node at the end of
// its branch. Nothing is worked out for what is folded away.

import type { Tree } from '#contract/model/tree.ts';
import { askedValues, sidesOf, type SideWords } from './sides.ts';
import type { Signature } from '#contract/signature.ts';

export interface PlacedNode {
  readonly node: number;
  /** Null for the root. */
  readonly parent: number | null;
  readonly depth: number;
  /** Which child of its parent it is, counted from 1. */
  readonly position: 1 | 2;
  /** Columns and lines, from 0; half lines between. */
  readonly column: number;
  line: number;
  readonly isLeaf: boolean;
  readonly isUnfolded: boolean;
  /** What is true of the rows here and not of those on the other side; empty for the root. */
  readonly condition: string;
  /** What is asked of them; empty for a leaf. */
  readonly question: string;
  readonly rows: number;
}

export interface TreeLayout {
  /** In the order they are read: a node, its left branch, its right branch. */
  readonly nodes: readonly PlacedNode[];
  readonly columns: number;
  readonly lines: number;
}

export interface LayoutOptions {
  readonly signature: Signature;
  readonly unfolded: ReadonlySet<number>;
  readonly words: SideWords;
}

export function layoutOf(tree: Tree, { signature, unfolded, words }: LayoutOptions): TreeLayout {
  const asked = askedValues(signature);
  const nodes: PlacedNode[] = [];
  let lines = 0;

  type Possible = ReadonlyMap<number, readonly number[]>;
  type Branch = Pick<PlacedNode, 'node' | 'parent' | 'depth' | 'position' | 'condition'>;

  const place = (branch: Branch, possible: Possible): PlacedNode => {
    const { node, depth } = branch;
    const isLeaf = tree.mode[node] === 'leaf';
    const isUnfolded = !isLeaf && unfolded.has(node);
    const at = tree.feature[node]!;
    const split = { isBelow: tree.mode[node] === 'lt', threshold: tree.threshold[node]! };
    const sides = isLeaf ? null : sidesOf(asked[at]!, split, possible.get(at) ?? null, words);
    const placed: PlacedNode = {
      ...branch,
      column: depth,
      line: 0,
      isLeaf,
      isUnfolded,
      question: sides?.question ?? '',
      rows: tree.cover[node]!,
    };
    nodes.push(placed);
    if (sides === null || !isUnfolded) {
      placed.line = lines++;
      return placed;
    }
    const child = (position: 1 | 2): PlacedNode => {
      const isLeft = position === 1;
      const codes = isLeft ? sides.codes?.left : sides.codes?.right;
      const below = codes === undefined ? possible : new Map(possible).set(at, codes);
      const condition = isLeft ? sides.left : sides.right;
      const next = (isLeft ? tree.left : tree.right)[node]!;
      return place({ node: next, parent: node, depth: depth + 1, position, condition }, below);
    };
    placed.line = (child(1).line + child(2).line) / 2;
    return placed;
  };

  place({ node: 0, parent: null, depth: 0, position: 1, condition: '' }, new Map());
  return { nodes, columns: 1 + Math.max(...nodes.map(({ column }) => column)), lines };
}

/** Inner nodes of the first `levels` levels: what is unfolded at first. */
export function firstLevels(tree: Tree, levels: number): ReadonlySet<number> {
  const unfolded = new Set<number>();
  let level = [0];
  for (let depth = 0; depth < levels; depth++) {
    const inner = level.filter((node) => tree.mode[node] !== 'leaf');
    for (const node of inner) unfolded.add(node);
    level = inner.flatMap((node) => [tree.left[node]!, tree.right[node]!]);
  }
  return unfolded;
}

/** The unfolded nodes after one more was unfolded, or folded. */
export function withFold(
  unfolded: ReadonlySet<number>,
  node: number,
  isOpen: boolean,
): ReadonlySet<number> {
  const others = [...unfolded].filter((other) => other !== node);
  return new Set(isOpen ? [...others, node] : others);
}
