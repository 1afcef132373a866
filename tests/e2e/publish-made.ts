// A script: publishes models that are made and not trained into a local R2. `node publish-made.ts <state folder>`.
//
// large    60 features, 200 labels, a forest of 200 trees: what the largest page has to bear
// boosted  a boosting that starts from a linear model
// moving   three versions of a tiny model, for an operator to move; the gate is closed to the third

import { join } from 'node:path';
import { promote, publish } from '#contract/registry/registry.ts';
import type { TabularDraft } from '#contract/manifest.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { ROOT } from '../../tools/wrangler.ts';
import { convert } from '../../trainer/convert/convert.ts';
import { openLocalR2 } from '../../store/local-r2.ts';
import { TINY_ONNX, TINY_TREES, tinyManifest } from '../worker/publish-tiny.ts';
import { boosted, large, type MadeModel } from './made-models.ts';

const [state] = process.argv.slice(2);
if (state === undefined) throw new Error('where to: node publish-made.ts <state folder>');

const { store, close } = await openLocalR2({ config: join(ROOT, 'wrangler.toml'), state });
try {
  await publishMade(store, large());
  await publishMade(store, boosted());
  await publishMoving(store);
} finally {
  await close();
}

async function publishMade(store: ObjectStore, { draft, ensemble }: MadeModel): Promise<void> {
  const { model, signature } = draft;
  const onnx = convert(ensemble, { model, signature, tools: {} });
  const tensors = { inputs: onnx.inputs, outputs: onnx.outputs };
  const files = {
    'model.onnx': onnx.bytes,
    'tree.json': new TextEncoder().encode(JSON.stringify(ensemble)),
  };
  const { manifest } = await publish(store, { ...draft, tensors }, files);
  await makeChampion(store, model, manifest.version);
}

async function publishMoving(store: ObjectStore): Promise<void> {
  const model = 'moving';
  const draft: TabularDraft = {
    ...tinyManifest(model),
    title: 'Moving',
    // The champion learned from a made-up table and gives way to any that is otherwise sound.
    data: { ...tinyManifest(model).data, source: 'synthetic: made for a test' },
  };
  const files = {
    'model.onnx': TINY_ONNX,
    'tree.json': new TextEncoder().encode(TINY_TREES),
  };
  for (const seed of [1, 2]) {
    const training = { ...draft.training, seed };
    await publish(store, { ...draft, training }, files);
  }
  const parity = { rows: 1000, label_differences: 3, max_difference: 0 };
  await publish(store, { ...draft, parity }, files);
  await makeChampion(store, model, '1');
}

async function makeChampion(store: ObjectStore, model: string, to: string): Promise<void> {
  const at = '2026-01-01T00:00:00.000Z';
  await promote(store, model, { alias: 'champion', to, at, by: 'a test', reason: 'made' });
}
