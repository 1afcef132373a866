// Has a run of these inputs been made, and is its version still in this registry?

import { stableJson } from '#contract/shapes/json.ts';
import { isVersion, runKey } from '#contract/registry/keys.ts';
import { isTabular, type TabularManifest } from '#contract/manifest.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { parseJson, parseObject, ParseError, parseText } from '#contract/shapes/parse.ts';
import { readManifest } from '#contract/registry/registry.ts';
import { inputsHash, type Inputs } from './inputs.ts';

/** The manifest of the version that these inputs made, or null when there is none. */
export async function findRun(
  store: ObjectStore,
  model: string,
  inputs: Inputs,
): Promise<TabularManifest | null> {
  const object = await store.get(runKey(model, await inputsHash(inputs)));
  if (object === null) return null;
  const manifest = await readManifest(store, model, parseVersion(object.bytes));
  return manifest !== null && isTabular(manifest) ? manifest : null;
}

/** Written after the version: a note that leads nowhere would be worse than none. */
export async function keepRun(
  store: ObjectStore,
  { model, version }: TabularManifest,
  inputs: Inputs,
): Promise<void> {
  const text = stableJson({ format_version: 1, version, inputs });
  await store.put(runKey(model, await inputsHash(inputs)), new TextEncoder().encode(text));
}

function parseVersion(bytes: Uint8Array): string {
  const note = parseObject(parseJson(new TextDecoder().decode(bytes)), '');
  const version = parseText(note.version, '/version');
  if (!isVersion(version)) throw new ParseError('/version', 'must be a version such as "1"');
  return version;
}
