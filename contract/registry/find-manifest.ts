// A version as a person names it: by number, or by alias.

import { versionAt } from './aliases.ts';
import { isVersion } from './keys.ts';
import type { Manifest } from '../manifest.ts';
import type { ObjectStore } from './object-store.ts';
import { listModels, listVersions, readAliases, readManifest } from './registry.ts';

/** `version` is a number or an alias. Throws, naming what there is, when there is no such model or version. */
export async function findManifest(
  store: ObjectStore,
  model: string,
  version: string,
): Promise<Manifest> {
  const manifest = await readManifest(store, model, await resolve(store, model, version));
  if (manifest === null) throw new Error(await missing(store, model, version));
  return manifest;
}

async function resolve(store: ObjectStore, model: string, version: string): Promise<string> {
  if (isVersion(version)) return version;
  const { aliases } = await readAliases(store, model);
  const found = versionAt(aliases, version);
  if (found === null) throw new Error(await missing(store, model, version));
  return found;
}

async function missing(store: ObjectStore, model: string, version: string): Promise<string> {
  const versions = await listVersions(store, model);
  if (versions.length > 0)
    return `no such version of ${model}: ${version} (there is: ${versions.join(', ')})`;
  const models = await listModels(store);
  const there = models.length === 0 ? 'nothing; npm run trainer makes one' : models.join(', ');
  return `no such model in ${store.location}: ${model} (there is: ${there})`;
}
