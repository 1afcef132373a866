// Random trees over random features, for laws that must hold for every tree: splits of both kinds, features asked for again
// and again on one path, covers that add up, and leaves of several outputs.

import type { Signature } from '#contract/signature.ts';
import type { Mode, Tree, TreeEnsemble } from '#contract/model/tree.ts';

/** Numbers in [0, 1) that a seed decides (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface RandomTreeOptions {
  /** Values of an encoded row. */
  readonly width: number;
  readonly outputs: number;
  readonly depth: number;
  readonly random: () => number;
  /** The only output that is not 0, as in a boosting with a tree a class. */
  readonly only?: number;
  /** Leaves are between -size and size; 1 when not said. */
  readonly size?: number;
}

export function randomTree(options: RandomTreeOptions): Tree {
  const { width, outputs, depth, random, only, size = 1 } = options;
  const mode: Mode[] = [];
  const [feature, threshold, left, right, cover]: [
    number[],
    number[],
    number[],
    number[],
    number[],
  ] = [[], [], [], [], []];
  const value: number[][] = [];
  const below = (limit: number): number => Math.floor(random() * limit);
  const add = (rows: number, levels: number): number => {
    const node = mode.length;
    const isLeaf = levels === 0 || rows < 2 || random() < 0.1;
    const inner: Mode = random() < 0.6 ? 'lt' : 'neq';
    mode.push(isLeaf ? 'leaf' : inner);
    feature.push(isLeaf ? 0 : below(width));
    // Small whole numbers and halves, so that rows meet thresholds exactly.
    threshold.push(isLeaf ? 0 : below(7) / (inner === 'lt' ? 2 : 1));
    cover.push(rows);
    value.push(isLeaf ? leaf() : []);
    left.push(0);
    right.push(0);
    if (isLeaf) return node;
    const goLeft = below(rows + 1);
    left[node] = add(goLeft, levels - 1);
    right[node] = add(rows - goLeft, levels - 1);
    return node;
  };
  const leaf = (): number[] =>
    Array.from({ length: outputs }, (_, output) =>
      only === undefined || only === output ? Math.fround(size * (random() * 2 - 1)) : 0,
    );
  add(5 + below(200), depth);
  return { mode, feature, threshold, left, right, cover, value };
}

export function ensembleOf(trees: readonly Tree[], outputs: number): TreeEnsemble {
  const base_values = Array.from({ length: outputs }, (_, output) => Math.fround(output / 10));
  return { format_version: 1, outputs, base_values, trees };
}

/** `width` numbers, every one of which may be missing; `outputs` labels, or a number for one output. */
export function signatureOf(width: number, outputs: number): Signature {
  return {
    features: Array.from({ length: width }, (_, index) => ({
      type: 'number' as const,
      name: `f${index}`,
      column: `F${index}`,
      description: '',
      nullable: true,
      unit: null,
      minimum: 0,
      maximum: 6,
    })),
    target:
      outputs === 1
        ? { type: 'number', name: 'y', column: 'Y', unit: null }
        : {
            type: 'category',
            name: 'y',
            column: 'Y',
            labels: Array.from({ length: outputs }, (_, output) => `label ${output}`),
          },
  };
}

/** An encoded row that meets thresholds, and is missing or unknown here and there. */
export function randomRow(width: number, random: () => number): Float32Array {
  return Float32Array.from({ length: width }, () => {
    const chance = random();
    if (chance < 0.1) return NaN;
    if (chance < 0.2) return -1;
    return Math.floor(random() * 13) / 2;
  });
}
