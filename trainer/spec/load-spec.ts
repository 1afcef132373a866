// models/<name>/spec.ts by the model's name.

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isModelName } from '#contract/registry/keys.ts';
import { parseObject, ParseError } from '#contract/shapes/parse.ts';
import type { ModelSpec } from '#contract/spec.ts';
import { parseSpec } from './parse-spec.ts';

/** Throws when there is no such model, naming those there are, and when its spec is none. */
export async function loadSpec(root: string, model: string): Promise<ModelSpec> {
  const file = join(root, 'models', model, 'spec.ts');
  if (!isModelName(model) || !existsSync(file))
    throw new Error(`no such model: ${model} (there are: ${(await listSpecs(root)).join(', ')})`);
  const { default: spec } = parseObject(await import(pathToFileURL(file).href), '');
  try {
    return parseSpec(spec, model);
  } catch (cause) {
    if (!(cause instanceof ParseError)) throw cause;
    throw new Error(`models/${model}/spec.ts: ${cause.message}`, { cause });
  }
}

/** Names of the models that have a spec, in order. */
async function listSpecs(root: string): Promise<string[]> {
  const entries = await readdir(join(root, 'models'));
  return entries.filter((name) => existsSync(join(root, 'models', name, 'spec.ts'))).sort();
}
