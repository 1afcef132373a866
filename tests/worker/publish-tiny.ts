// The Worker's own warm-up version, published under other names.

import type { TabularDraft } from '#contract/manifest.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { promote, publish, type Publication } from '#contract/registry/registry.ts';
import { WARM_UP_MANIFEST, WARM_UP_MODEL } from '../../worker/inference/warm-up-model.ts';

export const TINY_ONNX = Uint8Array.from(atob(WARM_UP_MODEL), (char) => char.charCodeAt(0));

/** The same tree as tree.json: each value of size and kind had one row. */
export const TINY_TREES = JSON.stringify({
  format_version: 1,
  outputs: 2,
  base_values: [0, 0],
  trees: [
    {
      mode: ['lt', 'leaf', 'neq', 'leaf', 'leaf'],
      feature: [0, 0, 1, 0, 0],
      threshold: [0.5, 0, 1, 0, 0],
      left: [1, 0, 3, 0, 0],
      right: [2, 0, 4, 0, 0],
      cover: [4, 2, 2, 1, 1],
      value: [[], [1, 0], [], [0.5, 0.5], [0, 1]],
    },
  ],
});

export const tinyManifest = (model: string): TabularDraft => ({ ...WARM_UP_MANIFEST, model });

function withCategories(draft: TabularDraft, categories: readonly string[]): TabularDraft {
  const features = draft.signature.features.map((feature) =>
    feature.type === 'category' ? { ...feature, categories } : feature,
  );
  return { ...draft, signature: { ...draft.signature, features } };
}

export interface Publishing {
  /** Makes the run differ from the one before, so that a new version is added. */
  readonly seed?: number;
  readonly onnx?: Uint8Array;
  /** In place of tree.json; null for a version without one. */
  readonly trees?: string | null;
  readonly promote?: boolean;
  /** Of kind, in their order: with `b, a` the same tree takes one for the other. */
  readonly categories?: readonly string[];
}

/** Publishes the tiny model under `model`, as champion unless told otherwise. */
export async function publishTinyTo(
  registry: ObjectStore,
  model: string,
  options: Publishing = {},
): Promise<Publication> {
  const draft = withCategories(tinyManifest(model), options.categories ?? ['a', 'b']);
  const training = { ...draft.training, seed: options.seed ?? 1 };
  const trees = options.trees === undefined ? TINY_TREES : options.trees;
  const files = {
    'model.onnx': options.onnx ?? TINY_ONNX,
    ...(trees !== null && { 'tree.json': new TextEncoder().encode(trees) }),
  };
  const publication = await publish(registry, { ...draft, training }, files);
  if (options.promote ?? true)
    await promote(registry, model, {
      alias: 'champion',
      to: publication.manifest.version,
      at: '2026-01-01T00:00:00.000Z',
      by: 'a test',
      reason: 'to be asked',
    });
  return publication;
}
