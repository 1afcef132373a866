// Explainers are read once, kept while there is room, and never read where they would take too much of it.

import { asTabular, type TabularManifest } from '#contract/manifest.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { expect, test } from 'vitest';
import {
  createExplainerLoader,
  type ExplainerLoader,
} from '../../worker/inference/load-explainer.ts';
import { EXPLAINER_BYTES, MAX_TREE_BYTES } from '../../worker/limits.ts';
import type { Publishing } from './publish-tiny.ts';
import { publishTiny, registry, TINY_TREES } from './tiny-model.ts';

const later = (): void => {};

const published = async (model: string, options?: Publishing): Promise<TabularManifest> =>
  asTabular((await publishTiny(model, options)).manifest);

/** A loader that counts what it reads. */
function counting(): { readonly loader: ExplainerLoader; reads: number } {
  const counted = { reads: 0 };
  const store: ObjectStore = {
    ...registry,
    get(key) {
      counted.reads++;
      return registry.get(key);
    },
  };
  const loader = createExplainerLoader(store, () => 0);
  return Object.assign(counted, { loader });
}

/** White space is no part of the trees, but of what they weigh. */
const weighing = (bytes: number): string => TINY_TREES.padEnd(bytes);

test('requests at the same time and after it read the file once', async () => {
  const manifest = await published('read-once');
  const counted = counting();
  const both = await Promise.all([1, 2].map(() => counted.loader.load(manifest, later)));
  expect(await counted.loader.load(manifest, later)).toBe(both[0]);
  expect(both[0]).toBe(both[1]);
  expect(counted.reads).toBe(1);
});

test('the one that was asked for least recently gives way', async () => {
  const size = Math.floor(EXPLAINER_BYTES / 2.5);
  const [a, b, c] = await Promise.all(
    ['heavy-a', 'heavy-b', 'heavy-c'].map((model) => published(model, { trees: weighing(size) })),
  );
  const counted = counting();
  for (const manifest of [a!, b!, a!, c!, a!]) await counted.loader.load(manifest, later);
  expect(counted.reads).toBe(3);
  await counted.loader.load(b!, later);
  expect(counted.reads).toBe(4);
});

test('trees beyond the limit are not read at all', async () => {
  const manifest = await published('too-heavy', { trees: weighing(MAX_TREE_BYTES + 1) });
  const counted = counting();
  await expect(counted.loader.load(manifest, later)).rejects.toMatchObject({
    type: 'no_explanation',
    message: expect.stringContaining(`more than the ${MAX_TREE_BYTES} that are read`),
  });
  expect(counted.reads).toBe(0);
});
