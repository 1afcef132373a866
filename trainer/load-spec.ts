// models/<name>/spec.ts by the model's name.

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isModelName } from '#contract/keys.ts';
import { parseObject } from '#contract/parse.ts';
import type { ModelSpec } from '#contract/spec.ts';

/** Throws when there is no such model, naming those there are. */
export async function loadSpec(root: string, model: string): Promise<ModelSpec> {
  const file = join(root, 'models', model, 'spec.ts');
  if (!isModelName(model) || !existsSync(file))
    throw new Error(`no such model: ${model} (there are: ${(await listSpecs(root)).join(', ')})`);
  return parseSpec(await import(pathToFileURL(file).href), model);
}

/** Names of the models that have a spec, in order. */
async function listSpecs(root: string): Promise<string[]> {
  const entries = await readdir(join(root, 'models'));
  return entries.filter((name) => existsSync(join(root, 'models', name, 'spec.ts'))).sort();
}

/** The compiler has checked the spec's type, as far as it was asked; its name and its presence are checked here. */
function parseSpec(module: unknown, model: string): ModelSpec {
  const spec = parseObject(parseObject(module, '').default, '/default');
  if (spec.model !== model)
    throw new Error(`models/${model}/spec.ts is the spec of: ${String(spec.model)}`);
  return spec as unknown as ModelSpec;
}
