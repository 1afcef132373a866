// /api/2.0/mlflow: MLflow's model registry, to read. With it `MlflowClient(registry_uri="http://…")` and `models:/name@champion`
// find what is published here.

import { isAlias, isModelName, isVersion } from '#contract/registry/keys.ts';
import { ProblemError } from '#contract/problem.ts';
import { listModels, listVersions, readManifestFile } from '#contract/registry/registry.ts';
import { Hono, type Context as HonoContext } from 'hono';
import type { Context } from '../../context.ts';
import { registryProblem } from '../../http/registry-problem.ts';
import { parseSearch, type Search } from './parse-search.ts';
import {
  artifactUri,
  modelVersion,
  registeredModel,
  type PublishedVersion,
  type RegistryPlace,
} from './registry-entities.ts';

type RouteContext = HonoContext<Context>;

const NO_STORE = { 'cache-control': 'no-store' };

export const mlflowRegistry = new Hono<Context>()
  .get('/registered-models/get', async (c) => {
    const model = asked(c, 'name');
    return c.json({ registered_model: await describeModel(c, model) }, 200, NO_STORE);
  })
  .get('/registered-models/search', async (c) => {
    const search = parseSearch(queryOf(c));
    const names = await modelsInOrder(c, search);
    const { page, next } = pageOf(
      names.filter((name) => search.keeps(name, '')),
      search,
    );
    const found = await Promise.all(page.map((name) => describeModel(c, name)));
    return c.json({ registered_models: found, ...next }, 200, NO_STORE);
  })
  .get('/registered-models/alias', async (c) => {
    const [model, alias] = [asked(c, 'name'), asked(c, 'alias')];
    if (!isAlias(alias)) throw missing(`${model} has no alias ${alias.slice(0, 80)}`);
    const { version } = await c.env.gharial.resolver.manifest(model, alias, c.env.later);
    return c.json({ model_version: await describeVersion(c, model, version) }, 200, NO_STORE);
  })
  .get('/registered-models/get-latest-versions', async (c) => {
    const model = asked(c, 'name');
    const version = await newestVersion(c, model);
    return c.json({ model_versions: [await describeVersion(c, model, version)] }, 200, NO_STORE);
  })
  .get('/model-versions/get', async (c) => {
    const found = await describeVersion(c, asked(c, 'name'), asked(c, 'version'));
    return c.json({ model_version: found }, 200, NO_STORE);
  })
  .get('/model-versions/search', async (c) => {
    const search = parseSearch(queryOf(c));
    const { page, next } = pageOf(await findVersions(c, search), search);
    const found = await Promise.all(
      page.map(([model, version]) => describeVersion(c, model, version)),
    );
    return c.json({ model_versions: found, ...next }, 200, NO_STORE);
  })
  .get('/model-versions/get-download-uri', async (c) => {
    const [model, version] = [asked(c, 'name'), asked(c, 'version')];
    await readVersion(c, model, version);
    const uri = artifactUri(new URL(c.req.url).origin, model, version);
    return c.json({ artifact_uri: uri }, 200, NO_STORE);
  });

const queryOf = (c: RouteContext): URLSearchParams => new URL(c.req.url).searchParams;

function asked(c: RouteContext, name: string): string {
  const value = c.req.query(name) ?? '';
  if (value === '') throw new ProblemError('invalid_request', `${name} is missing`);
  return value;
}

const missing = (what: string): ProblemError => new ProblemError('unknown_model', what);

async function placeOf(c: RouteContext, model: string): Promise<RegistryPlace> {
  const { gharial, later } = c.env;
  const aliases = await gharial.resolver.aliases(model, later);
  return { aliases, origin: new URL(c.req.url).origin };
}

async function readVersion(
  c: RouteContext,
  model: string,
  version: string,
): Promise<PublishedVersion> {
  const { registry } = c.env.gharial;
  const isNamed = isModelName(model) && isVersion(version);
  const found = isNamed
    ? await readManifestFile(registry, model, version).catch(registryProblem)
    : null;
  if (found === null) throw missing(`there is no version ${version.slice(0, 80)} of that model`);
  return { manifest: found.manifest, manifestSha256: found.sha256 };
}

async function describeVersion(c: RouteContext, model: string, version: string): Promise<object> {
  const [found, place] = await Promise.all([readVersion(c, model, version), placeOf(c, model)]);
  return modelVersion(found, place);
}

async function describeModel(c: RouteContext, model: string): Promise<object> {
  const place = await placeOf(c, model);
  return registeredModel(await readVersion(c, model, await newestVersion(c, model)), place);
}

async function newestVersion(c: RouteContext, model: string): Promise<string> {
  const versions = isModelName(model) ? await listVersions(c.env.gharial.registry, model) : [];
  const newest = versions.at(-1);
  if (newest === undefined) throw missing(`no model is called ${model.slice(0, 80)}`);
  return newest;
}

/** By name; as keys of the registry, `a-b` comes before `a`. */
async function modelsInOrder(c: RouteContext, { descending }: Search): Promise<readonly string[]> {
  const names = [...(await listModels(c.env.gharial.registry))].sort();
  return descending.models ? names.reverse() : names;
}

/** Names and numbers of the versions that a search is about, in its order. */
async function findVersions(
  c: RouteContext,
  search: Search,
): Promise<readonly (readonly [model: string, version: string])[]> {
  const { registry } = c.env.gharial;
  const { keeps, descending } = search;
  const ordered = await modelsInOrder(c, search);
  const versions = await Promise.all(ordered.map((model) => listVersions(registry, model)));
  return ordered.flatMap((model, index) => {
    const numbers = versions[index]!.filter((version) => keeps(model, version));
    return (descending.versions ? numbers.toReversed() : numbers).map(
      (version) => [model, version] as const,
    );
  });
}

function pageOf<T>(
  all: readonly T[],
  { from, count }: Search,
): { readonly page: readonly T[]; readonly next: { readonly next_page_token?: string } } {
  const end = from + count;
  const page = all.slice(from, end);
  return { page, next: end < all.length ? { next_page_token: String(end) } : {} };
}
