// The three tree operators of ai.onnx.ml → one set of columns: TreeEnsembleRegressor and -Classifier (versions 1 and 3) have
// them as they are, TreeEnsemble (version 5) numbers inner nodes and leaves apart.

import type { Attributes } from './attributes.ts';
import { Unsupported } from './unsupported.ts';

/** By node; children are node ids of the same tree. */
export interface TreeColumns {
  readonly tree: Int32Array;
  readonly id: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  /** One of MODES, by its place there. */
  readonly mode: Uint8Array;
  readonly yes: Int32Array;
  readonly no: Int32Array;
  /** Not 0 where NaN goes to `yes`; empty where it does nowhere. */
  readonly missing: Int32Array;
  /** By weight of a leaf. */
  readonly weightTree: Int32Array;
  readonly weightNode: Int32Array;
  readonly weightTarget: Int32Array;
  readonly weight: Float32Array;
}

/** In the order of TreeEnsemble's numbers for them. */
export const MODES = [
  'BRANCH_LEQ',
  'BRANCH_LT',
  'BRANCH_GTE',
  'BRANCH_GT',
  'BRANCH_EQ',
  'BRANCH_NEQ',
  'LEAF',
] as const;

export const LEAF = MODES.indexOf('LEAF');

/** `weights` is `target` or `class`, as the operator calls what its leaves weigh. */
export function readTrees(attributes: Attributes, weights: 'target' | 'class'): TreeColumns {
  const threshold = attributes.floats('nodes_values');
  return {
    tree: attributes.integers('nodes_treeids'),
    id: attributes.integers('nodes_nodeids'),
    feature: attributes.integers('nodes_featureids'),
    threshold,
    mode: readModes(attributes, threshold.length),
    yes: attributes.integers('nodes_truenodeids'),
    no: attributes.integers('nodes_falsenodeids'),
    missing: attributes.integers('nodes_missing_value_tracks_true'),
    weightTree: attributes.integers(`${weights}_treeids`),
    weightNode: attributes.integers(`${weights}_nodeids`),
    weightTarget: attributes.integers(`${weights}_ids`),
    weight: attributes.floats(`${weights}_weights`),
  };
}

/** Modes are texts, perhaps a million of them, and most are the one before: no text is made of their bytes. */
function readModes(attributes: Attributes, count: number): Uint8Array {
  const modes = new Uint8Array(count);
  const known = MODES.map((mode) => new TextEncoder().encode(mode));
  let last = LEAF;
  let branch = 0;
  let place = 0;
  attributes.eachText('nodes_modes', (text) => {
    const isKnown = (mode: number): boolean => isEqual(known[mode]!, text);
    if (!isKnown(last)) last = isKnown(LEAF) ? LEAF : branch;
    if (!isKnown(last)) last = known.findIndex((_, mode) => isKnown(mode));
    if (last === -1) throw new Unsupported(`mode ${new TextDecoder().decode(text.slice(0, 40))}`);
    if (last !== LEAF) branch = last;
    modes[place++] = last;
  });
  if (place !== count) throw new Unsupported(`${place} modes for ${count} nodes`);
  return modes;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** TreeEnsemble. Each reference to a leaf becomes a leaf of its own. */
export function readTreeEnsemble(attributes: Attributes): TreeColumns {
  const roots = attributes.integers('tree_roots');
  const feature = attributes.integers('nodes_featureids');
  const yes = attributes.integers('nodes_truenodeids');
  const no = attributes.integers('nodes_falsenodeids');
  const isYesLeaf = attributes.integers('nodes_trueleafs');
  const isNoLeaf = attributes.integers('nodes_falseleafs');
  const missing = attributes.integers('nodes_missing_value_tracks_true');
  const targets = attributes.integers('leaf_targetids');
  const weights = floatsOf(attributes, 'leaf_weights');
  const thresholds = floatsOf(attributes, 'nodes_splits');
  const modes = attributes.tensor('nodes_modes')?.elements ?? [];
  const inner = feature.length;
  const lists = [yes, no, isYesLeaf, isNoLeaf, thresholds, modes];
  if (lists.some(({ length }) => length !== inner) || targets.length !== weights.length)
    throw new Unsupported('a TreeEnsemble whose lists differ in length');

  const rows: number[][] = [];
  const leaves: number[][] = [];
  const threshold: number[] = [];
  let visited = 0;
  roots.forEach((root, tree) => {
    let id = 0;
    const addLeaf = (own: number, leaf: number): void => {
      if (!(leaf in targets)) throw new Unsupported(`leaf ${leaf} of ${targets.length}`);
      rows.push([tree, own, 0, LEAF, 0, 0, 0]);
      threshold.push(0);
      leaves.push([tree, own, leaf]);
    };
    // A root whose branches are the same leaf is that leaf.
    const pending: { readonly node: number; readonly own: number; readonly leaf: boolean }[] = [
      { node: root, own: id++, leaf: false },
    ];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { node, own, leaf } = next;
      if (leaf) {
        addLeaf(own, node);
        continue;
      }
      if (!(node in feature)) throw new Unsupported(`node ${node} of ${inner}`);
      if (++visited > inner) throw new Unsupported('a node with two parents');
      const [yesId, noId] = [id++, id++];
      const mode = Number(modes[node]);
      if (!(mode in MODES) || mode === LEAF) throw new Unsupported(`mode ${mode}`);
      rows.push([tree, own, feature[node]!, mode, yesId, noId, missing[node] ?? 0]);
      threshold.push(thresholds[node]!);
      pending.push({ node: yes[node]!, own: yesId, leaf: isYesLeaf[node] !== 0 });
      pending.push({ node: no[node]!, own: noId, leaf: isNoLeaf[node] !== 0 });
    }
  });
  const column = (place: number): Int32Array => Int32Array.from(rows, (row) => row[place]!);
  return {
    tree: column(0),
    id: column(1),
    feature: column(2),
    threshold: Float32Array.from(threshold),
    mode: Uint8Array.from(rows, (row) => row[3]!),
    yes: column(4),
    no: column(5),
    missing: column(6),
    weightTree: Int32Array.from(leaves, ([tree]) => tree!),
    weightNode: Int32Array.from(leaves, ([, node]) => node!),
    weightTarget: Int32Array.from(leaves, ([, , leaf]) => targets[leaf!]!),
    weight: Float32Array.from(leaves, ([, , leaf]) => weights[leaf!]!),
  };
}

function floatsOf(attributes: Attributes, name: string): Float32Array {
  const elements = attributes.tensor(name)?.elements ?? new Float32Array();
  if (!(elements instanceof Float32Array)) throw new Unsupported(`${name} that is not float32`);
  return elements;
}
