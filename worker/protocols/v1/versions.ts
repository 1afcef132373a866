// GET /v1/models/{model}/versions/{version}[/card|/model.onnx|/tree.json|/baseline.json]: a version and its files, as published.

import { ProblemError } from '#contract/problem.ts';
import { isVersion } from '#contract/registry/keys.ts';
import type { Manifest } from '#contract/manifest.ts';
import { IntegrityError, readFile } from '#contract/registry/registry.ts';
import { Hono, type Context as HonoContext } from 'hono';
import type { Context } from '../../context.ts';
import { fileResponse } from '../../http/file-response.ts';

const FILES = {
  card: { name: 'README.md', contentType: 'text/markdown; charset=utf-8' },
  'model.onnx': { name: 'model.onnx', contentType: 'application/octet-stream' },
  'tree.json': { name: 'tree.json', contentType: 'application/json' },
  'baseline.json': { name: 'baseline.json', contentType: 'application/json' },
} as const;

type RouteContext = HonoContext<Context>;

export const versions = new Hono<Context>().get('/:model/versions/:version', async (c) => {
  const manifest = await manifestOf(c);
  const immutable = isVersion(c.req.param('version'));
  return c.json(manifest, 200, {
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=2',
  });
});

for (const [address, { name, contentType }] of Object.entries(FILES))
  versions.get(`/:model/versions/:version/${address}`, async (c) => {
    const manifest = await manifestOf(c);
    const reference = manifest.files[name];
    if (reference === undefined)
      throw new ProblemError(
        'unknown_route',
        `${manifest.model} ${manifest.version} has no ${name}`,
      );
    const bytes = await readFile(c.env.gharial.registry, manifest, name).catch((cause: unknown) => {
      if (cause instanceof IntegrityError)
        throw new ProblemError('not_ready', `${name} is damaged`, { cause });
      throw cause;
    });
    const immutable = isVersion(c.req.param('version')!);
    return fileResponse(c.req.raw, { bytes, reference, contentType, name, immutable });
  });

const manifestOf = (c: RouteContext): Promise<Manifest> =>
  c.env.gharial.resolver.manifest(c.req.param('model')!, c.req.param('version')!, c.env.later);
