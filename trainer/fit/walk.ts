// Many rows' answers at once: all trees of a sum in a few typed arrays, walked tree by tree over a block of rows, so that a
// tree is in the processor's cache while it is asked. The same float32 additions in the same order as ml-cart's nodes
// and the contract's predictTrees do: equal to the bit, in the tests and in every proof of parity.

import { softmax, type TreeEnsemble } from '#contract/model/tree.ts';
import { createLinearWalk } from './linear-walk.ts';

/** Rows of [count, width] → answers of [count, outputs]. */
export type Walk = (rows: Float32Array, width: number) => Float32Array<ArrayBuffer>;

const BLOCK = 512;

interface Nodes {
  /** By node of all trees: the place of the value it asks for; -1 at a leaf. */
  readonly place: Int32Array;
  readonly threshold: Float32Array;
  /** 1 where a value below the threshold goes left, 0 where a code other than it does. */
  readonly isBelow: Uint8Array;
  /** Node to the left; at a leaf where its values begin. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly roots: Int32Array;
  /** Leaves' values, and by tree the outputs they are for: from `first` on, `size` of them. */
  readonly values: Float32Array;
  readonly first: Int32Array;
  readonly size: Int32Array;
}

export function createWalk(ensemble: TreeEnsemble): Walk {
  const { outputs, base_values, linear, post_transform } = ensemble;
  const nodes = layOut(ensemble);
  const addLinear = linear === undefined ? null : createLinearWalk(linear);
  return (rows, width) => {
    const count = rows.length / width;
    const answers = new Float32Array(count * outputs);
    for (let start = 0; start < count; start += BLOCK)
      addTrees(nodes, rows, width, answers, outputs, start, Math.min(start + BLOCK, count));
    for (let row = 0; row < count; row++)
      for (let output = 0; output < outputs; output++)
        answers[row * outputs + output]! += base_values[output]!;
    addLinear?.(rows, width, answers);
    if (post_transform === 'softmax')
      for (let row = 0; row < count; row++)
        softmax(answers.subarray(row * outputs, (row + 1) * outputs));
    return answers;
  };
}

function addTrees(
  { place, threshold, isBelow, left, right, roots, values, first, size }: Nodes,
  rows: Float32Array,
  width: number,
  answers: Float32Array,
  outputs: number,
  start: number,
  end: number,
): void {
  for (let tree = 0; tree < roots.length; tree++) {
    const spoken = size[tree]!;
    for (let row = start; row < end; row++) {
      let node = roots[tree]!;
      for (let at = place[node]!; at !== -1; at = place[node]!) {
        const value = rows[row * width + at]!;
        const goesLeft =
          isBelow[node] === 1 ? value < threshold[node]! : value !== threshold[node]!;
        node = goesLeft ? left[node]! : right[node]!;
      }
      const found = left[node]!;
      const into = row * outputs + first[tree]!;
      for (let output = 0; output < spoken; output++)
        answers[into + output]! += values[found + output]!;
    }
  }
}

/** A tree whose leaves are 0 for the outputs at either end (it speaks of one label) keeps only the others. */
function layOut({ trees, outputs }: TreeEnsemble): Nodes {
  const count = trees.reduce((sum, { mode }) => sum + mode.length, 0);
  const nodes = {
    place: new Int32Array(count),
    threshold: new Float32Array(count),
    isBelow: new Uint8Array(count),
    left: new Int32Array(count),
    right: new Int32Array(count),
    roots: new Int32Array(trees.length),
    first: new Int32Array(trees.length),
    size: new Int32Array(trees.length),
  };
  const values: number[] = [];
  let next = 0;
  trees.forEach((tree, index) => {
    const root = next;
    const [first, end] = spokenOf(tree.value, outputs);
    nodes.roots[index] = root;
    nodes.first[index] = first;
    nodes.size[index] = end - first;
    tree.mode.forEach((mode, node) => {
      const at = next++;
      const isLeaf = mode === 'leaf';
      nodes.place[at] = isLeaf ? -1 : tree.feature[node]!;
      nodes.threshold[at] = tree.threshold[node]!;
      nodes.isBelow[at] = Number(mode === 'lt');
      nodes.left[at] = isLeaf ? values.length : root + tree.left[node]!;
      nodes.right[at] = root + tree.right[node]!;
      for (let output = first; isLeaf && output < end; output++)
        values.push(tree.value[node]![output]!);
    });
  });
  return { ...nodes, values: Float32Array.from(values) };
}

/** The outputs from the first to the last for which some leaf is not 0. */
function spokenOf(leaves: readonly (readonly number[])[], outputs: number): [number, number] {
  let [first, end] = [outputs, 0];
  for (const leaf of leaves)
    for (let output = 0; output < leaf.length; output++) {
      if (leaf[output] === 0) continue;
      first = Math.min(first, output);
      end = Math.max(end, output + 1);
    }
  return end === 0 ? [0, 0] : [first, end];
}
