// A published version, ready to answer on this machine.

import { isVersion } from '#contract/keys.ts';
import { isTabular, type TabularManifest } from '#contract/manifest.ts';
import type { ObjectStore } from '#contract/object-store.ts';
import {
  listModels,
  listVersions,
  readAliases,
  readFile,
  readManifest,
} from '#contract/registry.ts';
import { openSession, type Session } from '../onnx/session.ts';

export interface OpenVersion {
  readonly manifest: TabularManifest;
  readonly session: Session;
}

/** `version` is a number or an alias. Throws, naming what there is, when there is no such model or version. */
export async function openVersion(
  store: ObjectStore,
  model: string,
  version: string,
): Promise<OpenVersion> {
  const manifest = await readManifest(store, model, await resolve(store, model, version));
  if (manifest === null) throw new Error(await missing(store, model, version));
  if (!isTabular(manifest))
    throw new Error(`${model} takes tensors and not rows: ask it at /v2/models/${model}/infer`);
  const [input] = manifest.tensors.inputs;
  const output = manifest.tensors.outputs.find(({ datatype }) => datatype === 'FP32');
  if (input === undefined || output === undefined)
    throw new Error(`${model} ${manifest.version} has no float32 tensors to go in and out`);
  const onnx = await readFile(store, manifest, 'model.onnx');
  return { manifest, session: await openSession(onnx, { input, output }) };
}

async function resolve(store: ObjectStore, model: string, version: string): Promise<string> {
  if (isVersion(version)) return version;
  const { aliases } = await readAliases(store, model);
  const found = aliases[version];
  if (found === undefined) throw new Error(await missing(store, model, version));
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
