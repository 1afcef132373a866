// /api/2.0/mlflow-artifacts/artifacts: the files of a version where MLflow's client lists and downloads them.

import { isVersion } from '#contract/registry/keys.ts';
import { HOLDOUT_FILE } from '#contract/registry/holdout.ts';
import type { Manifest } from '#contract/manifest.ts';
import { own } from '#contract/shapes/parse.ts';
import { ProblemError } from '#contract/problem.ts';
import { readFile } from '#contract/registry/registry.ts';
import { Hono, type Context as HonoContext } from 'hono';
import type { Context } from '../../context.ts';
import { fileResponse } from '../../http/file-response.ts';
import { registryProblem } from '../../http/registry-problem.ts';
import { MODEL_FILE, modelFile } from './model-file.ts';

export const mlflowArtifacts = new Hono<Context>()
  .get('/', async (c) => {
    const [model = '', version = '', ...rest] = (c.req.query('path') ?? '').split('/');
    const manifest = await manifestOf(c, model, version);
    const files = Object.entries(filesOf(manifest)).map(([path, file_size]) => {
      return { path, is_dir: false, file_size };
    });
    // A path below a version is a file, which has nothing in it.
    return c.json({ files: rest.filter((step) => step !== '').length > 0 ? [] : files });
  })
  .get('/:model/:version/:file', async (c) => {
    const { model, version, file: name } = c.req.param();
    const manifest = await manifestOf(c, model, version);
    if (name === MODEL_FILE)
      return c.body(modelFile(manifest), 200, { 'content-type': 'text/yaml' });
    const reference = name === HOLDOUT_FILE ? undefined : own(manifest.files, name);
    if (reference === undefined)
      throw new ProblemError('unknown_route', `${model} ${version} has no ${name.slice(0, 80)}`);
    const bytes = await readFile(c.env.gharial.registry, manifest, name).catch(registryProblem);
    const contentType = 'application/octet-stream';
    return fileResponse(c.req.raw, { bytes, reference, contentType, name, immutable: true });
  });

/** By name: bytes. The held-out rows' losses are served at no address (docs/decisions/010). */
function filesOf(manifest: Manifest): Readonly<Record<string, number>> {
  const files = Object.entries(manifest.files).filter(([name]) => name !== HOLDOUT_FILE);
  return {
    [MODEL_FILE]: new TextEncoder().encode(modelFile(manifest)).length,
    ...Object.fromEntries(files.map(([name, { size }]) => [name, size])),
  };
}

function manifestOf(c: HonoContext<Context>, model: string, version: string): Promise<Manifest> {
  if (!isVersion(version))
    throw new ProblemError('unknown_version', 'the path must be <model>/<version>');
  return c.env.gharial.resolver.manifest(model, version, c.env.later);
}
