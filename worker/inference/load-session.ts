// version → session: reads a version's files from the registry, checks their hashes, and makes a predictor of them.
// Predictors are kept per isolate, least recently used first out, within a budget of linear memory.

import type { ObjectStore } from '#contract/registry/object-store.ts';
import { IntegrityError, readFile, readManifestFile } from '#contract/registry/registry.ts';
import { REJECTED_MS, SESSION_BYTES } from '../limits.ts';
import { log } from '../log.ts';
import type { Later } from '../registry/alias-cache.ts';
import type { Trust } from '../registry/trust.ts';
import type { Counting } from '../traffic/counting.ts';
import { createPredictor, sessionBytes, type Predictor } from './predictor.ts';
import { startRuntime } from './runtime.ts';
import { RuntimeFault } from './runtime-fault.ts';

export interface VersionLoader {
  /**
   * The predictor of a version, loaded once per isolate; null when there is no such version.
   * Throws IntegrityError or RuntimeFault when the version is there and cannot serve.
   */
  load(model: string, version: string, later: Later): Promise<Predictor | null>;
  /** The same where it is loaded; null where it is not. */
  loaded(model: string, version: string): Predictor | null;
}

interface Rejection {
  readonly error: Error;
  readonly until: number;
}

export interface VersionLoaderOptions {
  readonly trust: Trust;
  readonly counting: Pick<Counting, 'of'>;
  /** Answers milliseconds. */
  readonly now: () => number;
}

export function createVersionLoader(
  store: ObjectStore,
  { trust, counting, now }: VersionLoaderOptions,
): VersionLoader {
  const loaded = new Map<string, Predictor>();
  /** The last key of `loaded`, which need not be moved there. */
  let latest = '';
  const loading = new Map<string, Promise<Predictor | null>>();
  const rejected = new Map<string, Rejection>();

  const makeRoom = (bytes: number): void => {
    let held = bytes;
    for (const predictor of loaded.values()) held += predictor.bytes;
    for (const [key, predictor] of loaded) {
      if (held <= SESSION_BYTES) return;
      loaded.delete(key);
      predictor.session.release();
      held -= predictor.bytes;
      log('version_released', {
        model: predictor.manifest.model,
        version: predictor.manifest.version,
      });
    }
  };

  const read = async (model: string, version: string): Promise<Predictor | null> => {
    const found = await readManifestFile(store, model, version);
    if (found === null) return null;
    const { manifest, sha256: manifestSha256 } = found;
    await trust(manifest);
    const [runtime, file] = await Promise.all([
      startRuntime(),
      readFile(store, manifest, 'model.onnx'),
    ]);
    makeRoom(sessionBytes(file.length));
    const started = now();
    const statistics = counting.of(model, version);
    const before = runtime.bytes().length;
    const made = createPredictor(runtime, { manifest, manifestSha256, file, statistics });
    // Measured where linear memory had to grow, which it never gives back; reckoned where there was room.
    const bytes = Math.max(made.bytes, runtime.bytes().length - before);
    makeRoom(bytes);
    const predictor = { ...made, bytes };
    log('version_loaded', { model, version, file_bytes: file.length, create_ms: now() - started });
    return predictor;
  };

  const loadOnce = async (
    key: string,
    model: string,
    version: string,
  ): Promise<Predictor | null> => {
    try {
      const predictor = await read(model, version);
      if (predictor !== null) {
        loaded.set(key, predictor);
        latest = key;
      }
      return predictor;
    } catch (error) {
      if (error instanceof IntegrityError || error instanceof RuntimeFault) {
        rejected.set(key, { error, until: now() + REJECTED_MS });
        log('version_rejected', { model, version, reason: error.message });
      }
      throw error;
    } finally {
      loading.delete(key);
    }
  };

  const use = (key: string): Predictor | null => {
    const held = loaded.get(key);
    if (held === undefined) return null;
    if (key !== latest) {
      loaded.delete(key);
      loaded.set(key, held);
      latest = key;
    }
    return held;
  };

  return {
    loaded: (model, version) => use(`${model}/${version}`),
    async load(model, version, later) {
      const key = `${model}/${version}`;
      const held = use(key);
      if (held !== null) return held;
      const rejection = rejected.get(key);
      if (rejection !== undefined && now() < rejection.until) throw rejection.error;
      let load = loading.get(key);
      if (load === undefined) {
        load = loadOnce(key, model, version);
        loading.set(key, load);
        later(load.catch(() => null));
      }
      return load;
    },
  };
}
