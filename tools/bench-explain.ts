// node tools/bench-explain.ts [tree.json …]: what explaining a row costs, on trees of stated shapes and on versions' own.

import { readFile } from 'node:fs/promises';
import Table from 'cli-table3';
import { createExplainer } from '#contract/explain/explainer.ts';
import type { NumberFeature, Signature } from '#contract/signature.ts';
import {
  parseTreeEnsemble,
  type Mode,
  type Tree,
  type TreeEnsemble,
} from '#contract/model/tree.ts';

interface Shape {
  readonly name: string;
  readonly trees: number;
  /** Splits from the root to every leaf. */
  readonly depth: number;
  readonly features: number;
  readonly outputs: number;
  /** A tree speaks of one output only. */
  readonly isByOutput?: true;
}

const SHAPES: readonly Shape[] = [
  { name: 'tree', trees: 1, depth: 5, features: 6, outputs: 18 },
  { name: 'deep tree', trees: 1, depth: 10, features: 20, outputs: 18 },
  { name: 'forest', trees: 100, depth: 7, features: 10, outputs: 18 },
  { name: 'boosting', trees: 900, depth: 4, features: 10, outputs: 18, isByOutput: true },
];

const ROWS = 256;
const SECONDS = 0.5;
const ROUNDS = 5;

/** Numbers in [0, 1), the same in every run. */
function createRandom(): () => number {
  let state = 1;
  return () => {
    state = Math.imul(state, 48_271) >>> 0;
    return state / 2 ** 32;
  };
}

/** A full tree whose splits part their rows evenly. */
function makeTree({ depth, features, outputs, isByOutput }: Shape, index: number): Tree {
  const random = createRandom();
  for (let skip = 0; skip < index * 7; skip++) random();
  const inner = 2 ** depth - 1;
  const isLeaf = Array.from({ length: 2 * inner + 1 }, (_, node) => node >= inner);
  const value = (output: number): number =>
    isByOutput === undefined || index % outputs === output ? Math.fround(random()) : 0;
  return {
    mode: isLeaf.map((leaf): Mode => (leaf ? 'leaf' : 'lt')),
    feature: isLeaf.map((leaf) => (leaf ? 0 : Math.floor(random() * features))),
    threshold: isLeaf.map((leaf) => (leaf ? 0 : Math.fround(random()))),
    left: isLeaf.map((leaf, node) => (leaf ? 0 : 2 * node + 1)),
    right: isLeaf.map((leaf, node) => (leaf ? 0 : 2 * node + 2)),
    cover: isLeaf.map((_, node) => 2 ** (depth - Math.floor(Math.log2(node + 1)))),
    value: isLeaf.map((leaf) =>
      leaf ? Array.from({ length: outputs }, (_, output) => value(output)) : [],
    ),
  };
}

/** A signature that fits: numbers, and labels. */
function signatureFor({ trees, linear, outputs }: TreeEnsemble): Signature {
  const places = trees.flatMap(({ feature }) => feature);
  const width =
    linear?.terms.length ?? 1 + places.reduce((most, place) => Math.max(most, place), 0);
  const feature = { type: 'number', nullable: true, unit: null, minimum: 0, maximum: 1 } as const;
  const named = (name: string) => ({ name, column: name, description: '' });
  return {
    features: Array.from({ length: width }, (_, place): NumberFeature => ({
      ...feature,
      ...named(`f${place}`),
    })),
    target:
      outputs === 1
        ? { type: 'number', ...named('y'), unit: null }
        : { type: 'category', ...named('y'), labels: Array.from({ length: outputs }, String) },
  };
}

/** Microseconds of CPU a row, for all outputs or for the first alone: the median of a few rounds. */
function measure(ensemble: TreeEnsemble, scope: 'all' | 'one'): number {
  const explainer = createExplainer(ensemble, signatureFor(ensemble));
  const { features, outputs } = explainer;
  const random = createRandom();
  const thresholds = ensemble.trees.flatMap(({ threshold }) => threshold);
  const most = thresholds.reduce((largest, value) => Math.max(largest, value), 1);
  const rows = Float32Array.from({ length: ROWS * features }, () => random() * most);
  const into = new Float64Array(features * outputs);
  const times = Array.from({ length: ROUNDS }, () => {
    const started = process.cpuUsage();
    const until = performance.now() + (SECONDS * 1000) / ROUNDS;
    let explained = 0;
    while (performance.now() < until) {
      const offset = (explained % ROWS) * features;
      if (scope === 'all') explainer.explain(rows, offset, into);
      else explainer.explainOutput(rows, offset, 0, into);
      explained++;
    }
    const { user, system } = process.cpuUsage(started);
    return (user + system) / explained;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
}

interface Subject {
  readonly name: string;
  readonly ensemble: TreeEnsemble;
}

const made = SHAPES.map((shape): Subject => {
  const trees = Array.from({ length: shape.trees }, (_, index) => makeTree(shape, index));
  const base_values = new Array<number>(shape.outputs).fill(0);
  return {
    name: shape.name,
    ensemble: { format_version: 1, outputs: shape.outputs, base_values, trees },
  };
});
const read = await Promise.all(
  process.argv.slice(2).map(async (file): Promise<Subject> => ({
    name: file,
    ensemble: parseTreeEnsemble(await readFile(file, 'utf8')),
  })),
);
const table = new Table({
  head: ['', 'trees', 'nodes', 'outputs', 'µs a row, all outputs', 'µs a row, one output'],
  style: { head: [] },
});
for (const { name, ensemble } of [...made, ...read]) {
  const { trees, outputs } = ensemble;
  const nodes = trees.reduce((sum, { mode }) => sum + mode.length, 0);
  const costs = (['all', 'one'] as const).map((scope) => measure(ensemble, scope).toFixed(1));
  table.push([name, trees.length, nodes, outputs, ...costs]);
}
process.stdout.write(`${table.toString()}\n`);
