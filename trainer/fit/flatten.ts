// ml-cart's nodes → the contract's tree: the columns of 0 and 1 turn back into category codes.

import type { CartNode } from 'ml-cart';
import type { Mode, Tree } from '#contract/model/tree.ts';
import { ceilFloat32 } from '../table/float32.ts';
import type { Layout } from './layout.ts';

/** Nodes in depth-first order, left before right. Thresholds are float32, rounded up so that no float32 value changes sides. */
export function flatten(
  root: CartNode,
  layout: Layout,
  answerOf: (leaf: CartNode) => readonly number[] = distributionOf,
): Tree {
  const mode: Mode[] = [];
  const [feature, threshold, left, right, cover]: number[][] = [[], [], [], [], []];
  const value: (readonly number[])[] = [];
  const add = (node: CartNode): number => {
    const place = mode.length;
    const isLeaf = node.left === undefined || node.right === undefined;
    const column = node.splitColumn ?? 0;
    const category = layout.category[column] ?? null;
    const inner: Mode = category === null ? 'lt' : 'neq';
    mode.push(isLeaf ? 'leaf' : inner);
    feature!.push(isLeaf ? 0 : layout.feature[column]!);
    threshold!.push(isLeaf ? 0 : (category ?? ceilFloat32(node.splitValue!)));
    cover!.push(node.numberSamples!);
    value.push(isLeaf ? answerOf(node) : []);
    left!.push(0);
    right!.push(0);
    if (isLeaf) return place;
    left![place] = add(node.left!);
    right![place] = add(node.right!);
    return place;
  };
  add(root);
  return {
    mode,
    feature: feature!,
    threshold: threshold!,
    left: left!,
    right: right!,
    cover: cover!,
    value,
  };
}

function distributionOf({ distribution }: CartNode): number[] {
  if (distribution === undefined) throw new Error('a leaf without an answer');
  return typeof distribution === 'number' ? [distribution] : distribution.getRow(0);
}
