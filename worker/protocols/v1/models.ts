// GET /v1/models, GET /v1/models/{model}

import { CHAMPION } from '#contract/registry/aliases.ts';
import type { ModelResponse, ModelsResponse, ModelSummary } from '#contract/registry/models.ts';
import {
  IntegrityError,
  listModels,
  listVersions,
  readManifest,
} from '#contract/registry/registry.ts';
import { Hono } from 'hono';
import type { Context, Gharial } from '../../context.ts';
import { log } from '../../log.ts';
import type { Later } from '../../registry/alias-cache.ts';

const SECONDS = { 'cache-control': 'public, max-age=2' };

export const models = new Hono<Context>()
  .get('/', async (c) => {
    const { gharial, later } = c.env;
    const names = await listModels(gharial.registry);
    const summaries = await Promise.all(names.map((name) => summarize(gharial, name, later)));
    const listed = summaries.filter((summary) => summary !== null);
    return c.json({ models: listed } satisfies ModelsResponse, 200, SECONDS);
  })
  .get('/:model', async (c) => {
    const { gharial, later } = c.env;
    const { manifest } = await gharial.resolver.resolve(c.req.param('model'), null, later);
    const { model: name, title, description, task } = manifest;
    const [versions, { aliases, history, retired }] = await Promise.all([
      listVersions(gharial.registry, name),
      gharial.aliases.read(name, later),
    ]);
    const answer = {
      name,
      title,
      description,
      task,
      versions,
      aliases,
      history,
      retired,
      manifest,
    };
    return c.json(answer satisfies ModelResponse, 200, SECONDS);
  });

/** Null for a model whose files are damaged: the others are still worth listing. */
async function summarize(
  gharial: Gharial,
  name: string,
  later: Later,
): Promise<ModelSummary | null> {
  try {
    const versions = await listVersions(gharial.registry, name);
    const { aliases } = await gharial.aliases.read(name, later);
    const champion = aliases[CHAMPION] ?? null;
    const version = champion ?? versions.at(-1);
    if (version === undefined) return null;
    const manifest = await readManifest(gharial.registry, name, version);
    if (manifest === null) return null;
    return { name, title: manifest.title, task: manifest.task, champion, versions };
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    log('model_unreadable', { model: name, reason: error.message });
    return null;
  }
}
