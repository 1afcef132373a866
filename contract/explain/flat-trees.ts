// Trees laid out for explaining rows: typed arrays of splits and leaves over all trees of a sum, with everything worked out
// beforehand that does not depend on a row. Split s has two edges, 2s to the left and 2s + 1 to the right.

import type { Tree } from '../model/tree.ts';

export interface FlatTrees {
  /** By split, parents before their children: the place of the value it asks for in an encoded row. */
  readonly place: Int32Array;
  /** The feature that value belongs to; the parts of a date are one feature. */
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  /** 1 where a value below the threshold goes left, 0 where a code other than it does. */
  readonly isBelow: Uint8Array;
  /** The nearest edge above that asked for the same feature; `start` when there is none. */
  readonly before: Int32Array;
  /** The edge before every root: always taken, by all rows. */
  readonly start: number;
  /** By edge: of the rows at each split of its feature from the root down to it, the share that went this way; multiplied. */
  readonly share: Float64Array;
  /** Edges of leaf l: `path[pathStart[l]]` up to `pathStart[l + 1]`, the lowest one of each feature on its path. */
  readonly path: Int32Array;
  readonly pathStart: Int32Array;
  /** Values of leaf l: from `valueStart[l]` up to `valueStart[l + 1]`, for outputs from `firstOutput[l]` on. */
  readonly values: Float32Array;
  readonly valueStart: Int32Array;
  readonly firstOutput: Int32Array;
  /** Features on the longest path. */
  readonly longest: number;
}

/**
 * Lays out `trees`; one whose leaves are 0 for the outputs at either end (it speaks of one class) keeps only the others.
 * `features` are those of the values of an encoded row, by place. Throws RangeError for a tree that asks for more of them.
 */
export function flattenTrees(trees: readonly Tree[], features: ArrayLike<number>): FlatTrees {
  const splits = sum(trees, ({ mode }) => mode.filter((found) => found !== 'leaf').length);
  const start = 2 * splits;
  const place = new Int32Array(splits);
  const feature = new Int32Array(splits);
  const threshold = new Float32Array(splits);
  const isBelow = new Uint8Array(splits);
  const before = new Int32Array(splits);
  const share = new Float64Array(start + 1).fill(1);
  const above = new Int32Array(start + 1);
  const path: number[] = [];
  const pathStart = [0];
  const values: number[] = [];
  const valueStart = [0];
  const firstOutput: number[] = [];
  let longest = 0;
  let next = 0;

  /** The nearest edge that asked for `wanted`, from `edge` up. */
  const nearest = (edge: number, wanted: number): number => {
    let at = edge;
    while (at !== start && feature[at >> 1] !== wanted) at = above[at]!;
    return at;
  };
  const addSplit = (tree: Tree, node: number, edge: number, edges: Int32Array): void => {
    const split = next++;
    const [left, right] = [tree.left[node]!, tree.right[node]!];
    const asked = features[tree.feature[node]!];
    if (asked === undefined) throw new RangeError(`no such value of a row: ${tree.feature[node]}`);
    const last = nearest(edge, asked);
    place[split] = tree.feature[node]!;
    feature[split] = asked;
    threshold[split] = tree.threshold[node]!;
    isBelow[split] = Number(tree.mode[node] === 'lt');
    before[split] = last;
    above[2 * split] = above[2 * split + 1] = edge;
    const goesLeft = shareOfLeft(tree.cover[left]!, tree.cover[right]!);
    share[2 * split] = share[last]! * goesLeft;
    share[2 * split + 1] = share[last]! * (1 - goesLeft);
    edges[left] = 2 * split;
    edges[right] = 2 * split + 1;
  };
  const addLeaf = (value: readonly number[], edge: number, range: OutputRange): void => {
    for (let at = edge; at !== start; at = above[at]!)
      if (nearest(edge, feature[at >> 1]!) === at) path.push(at);
    longest = Math.max(longest, path.length - pathStart.at(-1)!);
    pathStart.push(path.length);
    for (let output = range.first; output < range.end; output++) values.push(value[output]!);
    valueStart.push(values.length);
    firstOutput.push(range.first);
  };

  for (const tree of trees) {
    const range = outputRange(tree.value);
    const edges = new Int32Array(tree.mode.length).fill(start);
    tree.mode.forEach((mode, node) => {
      if (mode === 'leaf') addLeaf(tree.value[node]!, edges[node]!, range);
      else addSplit(tree, node, edges[node]!, edges);
    });
  }
  return {
    place,
    feature,
    threshold,
    isBelow,
    before,
    start,
    share,
    path: Int32Array.from(path),
    pathStart: Int32Array.from(pathStart),
    values: Float32Array.from(values),
    valueStart: Int32Array.from(valueStart),
    firstOutput: Int32Array.from(firstOutput),
    longest,
  };
}

interface OutputRange {
  readonly first: number;
  readonly end: number;
}

/** From the first to the last output that is not 0 in every leaf. */
function outputRange(values: Tree['value']): OutputRange {
  const width = values.reduce((most, value) => Math.max(most, value.length), 0);
  const isUsed = Array.from({ length: width }, (_, output) =>
    values.some((value) => value.length > 0 && value[output] !== 0),
  );
  const first = isUsed.indexOf(true);
  return first === -1 ? { first: 0, end: 0 } : { first, end: isUsed.lastIndexOf(true) + 1 };
}

/** A split that no row reached tells nothing of its sides. */
function shareOfLeft(left: number, right: number): number {
  return left + right === 0 ? 0.5 : left / (left + right);
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
