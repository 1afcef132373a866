// A model of a stated shape, published into a registry folder as the trainer would.

import type { TabularManifest } from '#contract/manifest.ts';
import { promote, publish } from '#contract/registry/registry.ts';
import { convert } from '../trainer/convert/convert.ts';
import { folderStore } from '../store/folder.ts';
import { makeRows } from './made-rows.ts';
import { makeTrees, signatureOf, type Shape } from './made-trees.ts';

const AT = '2026-01-01T00:00:00.000Z';
const EXAMPLES = 8;

export async function publishMade(registry: string, shape: Shape): Promise<TabularManifest> {
  const signature = signatureOf(shape);
  const onnx = convert(makeTrees(shape), { model: shape.name, signature, tools: {} });
  const store = folderStore(registry);
  const { manifest } = await publish(
    store,
    {
      format_version: 1,
      model: shape.name,
      title: shape.name,
      description: `${shape.trees} full trees of depth ${shape.depth}.`,
      task: 'classification',
      signature,
      tensors: { inputs: onnx.inputs, outputs: onnx.outputs },
      examples: makeRows(shape, EXAMPLES),
      data: { dataset: 'made', sha256: '0'.repeat(64), rows: 1, source: 'made for a benchmark' },
      training: { algorithm: 'made', parameters: {}, seed: 1, code_commit: null, tools: {} },
      metrics: { folds: 2, model: {}, dummy: {}, permutation_importance: {} },
      parity: { rows: 0, label_differences: 0, max_difference: 0 },
      created_at: AT,
    },
    { 'model.onnx': onnx.bytes },
  );
  const move = { alias: 'champion', to: manifest.version, at: AT, by: 'bench', reason: 'made' };
  await promote(store, shape.name, move);
  return manifest;
}
