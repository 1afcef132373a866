// version → what explains its answers: tree.json, read when an explanation is first asked for, its hash checked. Kept per
// isolate beside the sessions, least recently used first out, within a budget of its own.

import { createDecisionPath, type DecisionPath } from '#contract/explain/decision-path.ts';
import { createExplainer, type Explainer } from '#contract/explain/explainer.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { ParseError } from '#contract/shapes/parse.ts';
import { ProblemError } from '#contract/problem.ts';
import { IntegrityError, readFile } from '#contract/registry/registry.ts';
import { parseTreeEnsemble } from '#contract/model/tree.ts';
import { EXPLAINER_BYTES, MAX_TREE_BYTES } from '../limits.ts';
import { log } from '../log.ts';
import type { Later } from '../registry/alias-cache.ts';

/** The file of a version that explanations are made from. */
export const EXPLANATION_FILE = 'tree.json';

export interface VersionExplainer {
  readonly explainer: Explainer;
  /** Null for a model that is more than one tree. */
  readonly path: DecisionPath | null;
  /** Bytes it is reckoned to hold. */
  readonly bytes: number;
}

export interface ExplainerLoader {
  /** Throws ProblemError: no_explanation where the version has no trees, not_ready where they are damaged. */
  load(manifest: TabularManifest, later: Later): Promise<VersionExplainer>;
}

export function createExplainerLoader(store: ObjectStore, now: () => number): ExplainerLoader {
  const loaded = new Map<string, VersionExplainer>();
  const loading = new Map<string, Promise<VersionExplainer>>();

  const makeRoom = (bytes: number): void => {
    let held = bytes;
    for (const version of loaded.values()) held += version.bytes;
    for (const [key, version] of loaded) {
      if (held <= EXPLAINER_BYTES) return;
      loaded.delete(key);
      held -= version.bytes;
    }
  };

  const loadOnce = async (key: string, manifest: TabularManifest): Promise<VersionExplainer> => {
    try {
      const started = now();
      const version = await read(store, manifest);
      const { model, version: number } = manifest;
      makeRoom(version.bytes);
      loaded.set(key, version);
      log('explainer_loaded', { model, version: number, load_ms: now() - started });
      return version;
    } finally {
      loading.delete(key);
    }
  };

  return {
    async load(manifest, later) {
      const key = `${manifest.model}/${manifest.version}`;
      const held = loaded.get(key);
      if (held !== undefined) {
        loaded.delete(key);
        loaded.set(key, held);
        return held;
      }
      let load = loading.get(key);
      if (load === undefined) {
        load = loadOnce(key, manifest);
        loading.set(key, load);
        later(load.catch(() => null));
      }
      return load;
    },
  };
}

async function read(store: ObjectStore, manifest: TabularManifest): Promise<VersionExplainer> {
  const { model, version, signature, files } = manifest;
  const file = files[EXPLANATION_FILE];
  const name = `${model} ${version}`;
  if (file === undefined)
    throw new ProblemError(
      'no_explanation',
      `${name} was published without ${EXPLANATION_FILE}, which explanations are made from`,
    );
  if (file.size > MAX_TREE_BYTES)
    throw new ProblemError(
      'no_explanation',
      `${EXPLANATION_FILE} of ${name} has ${file.size} bytes, more than the ${MAX_TREE_BYTES} that are read`,
    );
  try {
    const bytes = await readFile(store, manifest, EXPLANATION_FILE);
    const ensemble = parseTreeEnsemble(new TextDecoder().decode(bytes));
    const [tree, ...others] = ensemble.trees;
    const isTree = others.length === 0 && ensemble.linear === undefined;
    return {
      explainer: createExplainer(ensemble, signature),
      path: tree !== undefined && isTree ? createDecisionPath(tree, signature) : null,
      // Typed arrays of a tree take about what its decimals do.
      bytes: file.size,
    };
  } catch (cause) {
    const isDamaged =
      cause instanceof IntegrityError || cause instanceof ParseError || cause instanceof RangeError;
    if (!isDamaged) throw cause;
    throw new ProblemError('not_ready', `${name} cannot be explained: ${cause.message}`, { cause });
  }
}
