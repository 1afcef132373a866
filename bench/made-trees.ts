// Trees of a stated shape, the same in every run.

import { createRandom, type Random } from '#data/random.ts';
import type { NumberFeature, CategoryFeature, Signature } from '#contract/signature.ts';
import type { Tree, TreeEnsemble } from '#contract/model/tree.ts';

export interface Shape {
  readonly name: string;
  readonly trees: number;
  /** Splits from the root to every leaf. */
  readonly depth: number;
  /** Features that are numbers in [0, 1). */
  readonly numbers: number;
  /** How many categories each further feature has. */
  readonly categories?: readonly number[];
  readonly classes: number;
}

type MadeFeature = NumberFeature | CategoryFeature;

export const featuresOf = ({ numbers, categories = [] }: Shape): readonly MadeFeature[] => [
  ...Array.from({ length: numbers }, (_, index): NumberFeature => ({
    ...named(`number_${index}`),
    type: 'number',
    unit: null,
    minimum: 0,
    maximum: 1,
  })),
  ...categories.map((count, index): CategoryFeature => ({
    ...named(`category_${index}`),
    type: 'category',
    categories: Array.from({ length: count }, (_, code) => `Category ${code}`),
  })),
];

/** A whole number from 0 up to and without `count`. */
export const anyOf = (random: Random, count: number): number =>
  Math.floor(random.uniform() * count);

const named = (name: string) => ({ name, column: name, description: 'Made up.', nullable: false });

export function signatureOf(
  shape: Shape,
): Signature & { readonly features: readonly MadeFeature[] } {
  const labels = Array.from({ length: shape.classes }, (_, index) => `Class ${index}`);
  const target = { type: 'category' as const, name: 'label', column: 'label', labels };
  return { features: featuresOf(shape), target };
}

export function makeTrees(shape: Shape): TreeEnsemble {
  const base_values = new Array<number>(shape.classes).fill(0);
  const trees = Array.from({ length: shape.trees }, (_, index) => makeTree(shape, index));
  return { format_version: 1, outputs: shape.classes, base_values, trees };
}

function makeTree(shape: Shape, index: number): Tree {
  const random = createRandom(index + 1);
  const features = featuresOf(shape);
  const inner = 2 ** shape.depth - 1;
  const nodes = Array.from({ length: 2 * inner + 1 }, (_, node) => node);
  const splits = nodes.slice(0, inner).map(() => makeSplit(features, random));
  return {
    mode: nodes.map((node) => splits[node]?.mode ?? 'leaf'),
    feature: nodes.map((node) => splits[node]?.feature ?? 0),
    threshold: nodes.map((node) => splits[node]?.threshold ?? 0),
    left: nodes.map((node) => (node < inner ? 2 * node + 1 : 0)),
    right: nodes.map((node) => (node < inner ? 2 * node + 2 : 0)),
    cover: nodes.map(() => 1),
    value: nodes.map((node) => (node < inner ? [] : makeLeaf(shape, random))),
  };
}

function makeSplit(features: readonly MadeFeature[], random: Random) {
  const feature = anyOf(random, features.length);
  const made = features[feature]!;
  return made.type === 'number'
    ? { mode: 'lt' as const, feature, threshold: Math.fround(random.uniform()) }
    : { mode: 'neq' as const, feature, threshold: anyOf(random, made.categories.length) };
}

/** One class is likely and each of the others is possible, as in a tree whose leaves were smoothed. */
function makeLeaf({ classes, trees }: Shape, random: Random): readonly number[] {
  const likely = anyOf(random, classes);
  const weights = Array.from({ length: classes }, (_, label) =>
    label === likely ? 1 : 1e-4 * random.uniform(),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0) * trees;
  return weights.map((weight) => Math.fround(weight / sum));
}
