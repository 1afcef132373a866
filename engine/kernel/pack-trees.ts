// Columns of trees → packed nodes in linear memory, as kernel.wat walks them. What is packed was checked before: every child is
// there, no node has two parents, so every walk ends at a leaf and reads nothing else.

import type { LinearMemory } from './linear-memory.ts';
import { LEAF, MODES, type TreeColumns } from './tree-columns.ts';
import { Unsupported } from './unsupported.ts';

export interface PackedTrees {
  /** Addresses of the roots, in order of the trees; three more leaves follow, so that four can be read at any place. */
  readonly roots: number;
  readonly trees: number;
  readonly targets: number;
  /** A row has more values than this. */
  readonly lastFeature: number;
  readonly bytes: number;
  release(): void;
}

const NODE_BYTES = 12;
const SPARE_ROOTS = 3;

/** Places in a mask: what comparing a value with the threshold answers. */
const BELOW = 1 << 3;
const AT = 1 << 6;
const ABOVE = 1 << 4;
const MISSING = 1 << 0;

const MASKS: Readonly<Record<(typeof MODES)[number], number>> = {
  BRANCH_LEQ: BELOW | AT,
  BRANCH_LT: BELOW,
  BRANCH_GTE: ABOVE | AT,
  BRANCH_GT: ABOVE,
  BRANCH_EQ: AT,
  BRANCH_NEQ: BELOW | ABOVE | MISSING,
  LEAF: 0,
};

const MASK_OF = MODES.map((mode) => MASKS[mode]);

/** The offset of a feature in bytes has 24 bits. */
const MAX_FEATURE = 2 ** 22 - 1;

/** Throws Unsupported for what is no forest of trees. */
export function packTrees(
  memory: LinearMemory,
  columns: TreeColumns,
  targets: number,
): PackedTrees {
  const count = columns.tree.length;
  const trees = treesOf(columns);
  const leaves = weighLeaves(columns, trees, targets);
  const lists = targets === 1 ? 0 : 4 * count + 8 * columns.weight.length;
  const bytes = (count + 1) * NODE_BYTES + (trees.length + SPARE_ROOTS) * 4 + lists;
  const start = memory.allocate(bytes);
  try {
    const nodes = start + (trees.length + SPARE_ROOTS) * 4;
    const writer = createWriter(memory, columns, { nodes, leaves, targets });
    const words = memory.words();
    trees.forEach((tree, place) => (words[(start >>> 2) + place] = writer.tree(tree)));
    const none = writer.emptyLeaf();
    for (let spare = 0; spare < SPARE_ROOTS; spare++)
      words[(start >>> 2) + trees.length + spare] = none;
  } catch (error) {
    memory.free(start);
    throw error;
  }
  return {
    roots: start,
    trees: trees.length,
    targets,
    lastFeature: columns.feature.reduce((last, feature) => Math.max(last, feature), 0),
    bytes,
    release: () => memory.free(start),
  };
}

/** A tree's nodes stand one behind the other. */
interface TreeRun {
  readonly start: number;
  readonly end: number;
  /** Places of node ids behind `start`; null where each id is its place. */
  readonly places: Int32Array | null;
}

function treesOf({ tree, id, ...columns }: TreeColumns): readonly TreeRun[] {
  const { feature, threshold, mode, yes, no, missing } = columns;
  const count = tree.length;
  for (const { length } of [id, feature, threshold, mode, yes, no])
    if (length !== count) throw new Unsupported('trees whose lists differ in length');
  if (missing.length !== 0 && missing.length !== count)
    throw new Unsupported('trees whose lists differ in length');
  const seen = new Set<number>();
  const runs: TreeRun[] = [];
  for (let start = 0; start < count;) {
    const own = tree[start]!;
    let end = start;
    while (end < count && tree[end] === own) end++;
    if (seen.has(own)) throw new Unsupported(`tree ${own} in two places`);
    seen.add(own);
    runs.push({ start, end, places: placesOf(id, start, end) });
    start = end;
  }
  return runs;
}

function placesOf(id: Int32Array, start: number, end: number): Int32Array | null {
  let isPlace = true;
  let last = 0;
  for (let node = start; node < end; node++) {
    isPlace &&= id[node] === node - start;
    last = Math.max(last, id[node]!);
    if (id[node]! < 0) throw new Unsupported(`node ${id[node]}`);
  }
  if (isPlace) return null;
  if (last > 16 * (end - start) + 1024) throw new Unsupported(`node ${last} of ${end - start}`);
  const places = new Int32Array(last + 1).fill(-1);
  for (let node = start; node < end; node++) {
    if (places[id[node]!] !== -1) throw new Unsupported(`node ${id[node]} twice in a tree`);
    places[id[node]!] = node - start;
  }
  return places;
}

/** The place of a node in the columns. */
function placeOf({ start, end, places }: TreeRun, id: number): number {
  const place = places === null ? id : places[id];
  if (place === undefined || place < 0 || start + place >= end)
    throw new Unsupported(`node ${id}, which its tree has not`);
  return start + place;
}

/** By node: where its weights begin in `order`, the weights' places by leaf. */
interface LeafWeights {
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
}

function weighLeaves(
  { tree, mode, weightTree, weightNode, weightTarget, weight }: TreeColumns,
  trees: readonly TreeRun[],
  targets: number,
): LeafWeights {
  for (const { length } of [weightTree, weightNode, weightTarget])
    if (length !== weight.length) throw new Unsupported('weights whose lists differ in length');
  const runs = new Map(trees.map((run) => [tree[run.start]!, run]));
  const starts = new Uint32Array(tree.length + 1);
  const leaf = new Uint32Array(weight.length);
  for (let place = 0; place < weight.length; place++) {
    const run = runs.get(weightTree[place]!);
    if (run === undefined) throw new Unsupported(`weights of tree ${weightTree[place]}`);
    const node = placeOf(run, weightNode[place]!);
    if (mode[node] !== LEAF) throw new Unsupported('weights of a node that is no leaf');
    const target = weightTarget[place]!;
    if (target < 0 || target >= targets) throw new Unsupported(`target ${target} of ${targets}`);
    leaf[place] = node;
    starts[node + 1]!++;
  }
  for (let node = 0; node < tree.length; node++) starts[node + 1]! += starts[node]!;
  const next = starts.slice();
  const order = new Uint32Array(weight.length);
  for (let place = 0; place < weight.length; place++) order[next[leaf[place]!]!++] = place;
  return { starts, order };
}

interface Writer {
  /** Writes a tree and answers the address of its root. */
  tree(run: TreeRun): number;
  emptyLeaf(): number;
}

function createWriter(
  memory: LinearMemory,
  columns: TreeColumns,
  at: { readonly nodes: number; readonly leaves: LeafWeights; readonly targets: number },
): Writer {
  const { feature, threshold, mode, yes, no, missing, weight, weightTarget } = columns;
  const { starts, order } = at.leaves;
  const [words, floats] = [memory.words(), memory.floats()];
  const hasParent = new Uint8Array(mode.length);
  let free = at.nodes;
  let list = at.nodes + (mode.length + 1) * NODE_BYTES;

  const reserve = (nodes: number): number => {
    const address = free;
    free += nodes * NODE_BYTES;
    return address;
  };

  const writeLeaf = (address: number, node: number): void => {
    const [first, last] = [starts[node]!, starts[node + 1]!];
    words[(address >>> 2) + 1] = 0;
    words[(address >>> 2) + 2] = address;
    if (at.targets === 1) {
      if (last - first !== 1) throw new Unsupported(`a leaf of ${last - first} weights`);
      floats[address >>> 2] = weight[order[first]!]!;
      return;
    }
    words[address >>> 2] = list;
    words[list >>> 2] = last - first;
    list += 4;
    for (let place = first; place < last; place++) {
      words[list >>> 2] = weightTarget[order[place]!]! * 4;
      floats[(list >>> 2) + 1] = weight[order[place]!]!;
      list += 8;
    }
  };

  const writeBranch = (address: number, node: number): number => {
    if (feature[node]! < 0 || feature[node]! > MAX_FEATURE)
      throw new Unsupported(`feature ${feature[node]}`);
    const tracked = missing.length > 0 && missing[node] !== 0;
    // NaN as a threshold compares like a missing value, and is none.
    if (tracked && Number.isNaN(threshold[node])) throw new Unsupported('NaN as a threshold');
    const children = reserve(2);
    floats[address >>> 2] = threshold[node]!;
    words[(address >>> 2) + 1] =
      ((feature[node]! * 4) << 8) | MASK_OF[mode[node]!]! | (tracked ? MISSING : 0);
    words[(address >>> 2) + 2] = children;
    return children;
  };

  return {
    tree(run) {
      const root = reserve(1);
      const pending = [run.start, root];
      hasParent[run.start] = 1;
      while (pending.length > 0) {
        const address = pending.pop()!;
        const node = pending.pop()!;
        if (mode[node] === LEAF) {
          writeLeaf(address, node);
          continue;
        }
        const pair = [placeOf(run, no[node]!), placeOf(run, yes[node]!)];
        for (const child of pair) {
          if (hasParent[child] === 1) throw new Unsupported('a node with two parents');
          hasParent[child] = 1;
        }
        const children = writeBranch(address, node);
        pending.push(pair[1]!, children + NODE_BYTES, pair[0]!, children);
      }
      return root;
    },
    emptyLeaf() {
      const address = reserve(1);
      words[address >>> 2] = 0;
      words[(address >>> 2) + 1] = 0;
      words[(address >>> 2) + 2] = address;
      return address;
    },
  };
}
