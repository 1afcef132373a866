// The model that answers at doors which name none.

import { listModels } from '#contract/registry/registry.ts';
import type { Gharial } from '../context.ts';
import type { Env } from '../env.ts';
import type { Later } from '../registry/alias-cache.ts';

/** DEFAULT_MODEL, or else the first model of rows by name that can serve; null when it, or none, can. */
export async function defaultModel(
  gharial: Gharial,
  env: Env,
  later: Later,
): Promise<string | null> {
  const names =
    env.DEFAULT_MODEL === undefined ? await listModels(gharial.registry) : [env.DEFAULT_MODEL];
  for (const name of names) {
    const predictor = await gharial.resolver.resolve(name, null, later).catch(() => null);
    const asked = env.DEFAULT_MODEL !== undefined || predictor?.encoder !== null;
    if (predictor !== null && asked) return name;
  }
  return null;
}
