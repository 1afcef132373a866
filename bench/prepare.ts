// What is measured: a tree of the size that a small table gives, its rows, and the Worker as built.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blobKey } from '#contract/registry/keys.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import type { TreeEnsemble } from '#contract/model/tree.ts';
import { buildWorker, type BuiltWorker } from './build-worker.ts';
import { publishMade } from './made-model.ts';
import { madeTable, makeRows } from './made-rows.ts';
import { makeTrees } from './made-trees.ts';

/** Six features of which four are categories, and 18 labels: the crocodiles' shape, whatever their model is today. */
const SHAPE = {
  name: 'made-tree',
  trees: 1,
  depth: 6,
  numbers: 2,
  categories: [4, 3, 24, 12],
  classes: 18,
};

const TABLE_ROWS = 5_000;

export interface Subject {
  /** Everything the benchmark writes is under it. */
  readonly folder: string;
  readonly worker: BuiltWorker;
  readonly registry: string;
  readonly manifest: TabularManifest;
  readonly onnx: string;
  /** What the ONNX file was made from. */
  readonly ensemble: TreeEnsemble;
  /** A CSV of rows with the labels that the tree gives them. */
  readonly table: string;
}

/** Makes all of it anew in `folder`, the same every time. */
export async function prepare(folder: string): Promise<Subject> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const registry = join(folder, 'registry');
  const manifest = await publishMade(registry, SHAPE);
  const table = join(folder, 'table.csv');
  await writeFile(table, madeTable(makeRows(SHAPE, TABLE_ROWS)));
  const onnx = blobKey(manifest.model, manifest.files['model.onnx']!.sha256);
  return {
    folder,
    worker: await buildWorker(join(folder, 'worker')),
    registry,
    manifest,
    onnx: join(registry, ...onnx.split('/')),
    ensemble: makeTrees(SHAPE),
    table,
  };
}

export const describeSubject = ({ manifest }: Subject): string =>
  `a tree of ${2 ** (SHAPE.depth + 1) - 1} nodes over ${manifest.signature.features.length} features and ${SHAPE.classes} labels (${manifest.files['model.onnx']!.size} bytes of ONNX)`;
