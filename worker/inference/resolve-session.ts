// A request's model, and perhaps version or alias, becomes a predictor. Where the champion cannot serve, the last good one does.

import { CHAMPION, NO_ALIASES, versionAt, type Aliases } from '#contract/registry/aliases.ts';
import { isModelName, isVersion } from '#contract/registry/keys.ts';
import { ProblemError } from '#contract/problem.ts';
import type { Manifest } from '#contract/manifest.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { IntegrityError, listModels, readManifest } from '#contract/registry/registry.ts';
import { log } from '../log.ts';
import type { AliasCache, Later } from '../registry/alias-cache.ts';
import { CANARY, SHADOW } from '#contract/traffic/traffic.ts';
import type { Trials } from '../traffic/trials.ts';
import type { Visitor } from '../traffic/visitor.ts';
import type { VersionLoader } from './load-session.ts';
import type { Predictor } from './predictor.ts';
import { RuntimeFault } from './runtime-fault.ts';

export interface Resolver {
  /**
   * The predictor for `model` and a version, an alias, or nothing: then the champion, or for a visitor whose turn it is
   * the canary. Throws ProblemError: unknown_model, unknown_version, not_ready.
   */
  resolve(
    model: string,
    versionOrAlias: string | null,
    later: Later,
    visitor?: Visitor,
  ): Promise<Predictor>;
  /** The champion where it answers all requests and nothing has to be waited for; null otherwise. */
  atHand(model: string): Predictor | null;
  /**
   * The manifest of a version or alias, whether or not it can serve.
   * Throws ProblemError: unknown_model, unknown_version, not_ready.
   */
  manifest(model: string, versionOrAlias: string, later: Later): Promise<Manifest>;
  /** The aliases of a model that is there. Throws ProblemError: unknown_model, not_ready. */
  aliases(model: string, later: Later): Promise<Aliases>;
}

/** How many earlier champions are tried when the present one cannot be loaded. */
const EARLIER_CHAMPIONS = 3;

export interface ResolverOptions {
  readonly aliasCache: AliasCache;
  readonly versions: VersionLoader;
  readonly trials: Trials;
}

export function createResolver(
  store: ObjectStore,
  { aliasCache, versions, trials }: ResolverOptions,
): Resolver {
  const resolveVersion = async (
    model: string,
    version: string,
    later: Later,
  ): Promise<Predictor> => {
    const predictor = await versions.load(model, version, later).catch((error: unknown) => {
      throw asNotReady(error, model, version);
    });
    if (predictor === null) throw unknownVersion(model, version);
    return predictor;
  };

  const resolveChampion = async (
    model: string,
    aliases: Aliases,
    later: Later,
  ): Promise<Predictor> => {
    const champion = aliases.aliases[CHAMPION];
    if (champion === undefined) throw await withoutChampion(store, model);
    try {
      return await resolveVersion(model, champion, later);
    } catch (error) {
      for (const version of earlierChampions(aliases).slice(0, EARLIER_CHAMPIONS)) {
        const predictor = await versions.load(model, version, later).catch(() => null);
        if (predictor === null) continue;
        log('champion_replaced_by_last_good', { model, version: champion, serving: version });
        return predictor;
      }
      throw error;
    }
  };

  const readAliases = async (model: string, alias: string, later: Later): Promise<Aliases> => {
    if (!isModelName(model)) throw unknownModel(model);
    return aliasCache.read(model, later).catch((error: unknown) => {
      throw asNotReady(error, model, alias);
    });
  };

  /** The version behind a name that may be one itself. */
  const versionOf = async (model: string, name: string, later: Later): Promise<string> => {
    if (isVersion(name)) return name;
    const { aliases, traffic } = await readAliases(model, name, later);
    const trial = name === CANARY || name === SHADOW ? traffic?.[name]?.version : undefined;
    const version = trial ?? versionAt(aliases, name);
    if (version === null) throw unknownVersion(model, name);
    return version;
  };

  /** Aliases that cannot be read now retire nothing: a version that is loaded goes on serving. */
  const requireInService = async (model: string, version: string, later: Later): Promise<void> => {
    const { retired } = await aliasCache.read(model, later).catch(() => NO_ALIASES);
    if (!Object.hasOwn(retired, version)) return;
    const { reason } = retired[version]!;
    throw new ProblemError('unknown_version', `${model} ${version} is retired: ${reason}`);
  };

  return {
    atHand(model) {
      const known = aliasCache.fresh(model);
      const champion = known?.traffic === null ? known.aliases[CHAMPION] : undefined;
      return champion === undefined ? null : versions.loaded(model, champion);
    },

    async resolve(model, versionOrAlias, later, visitor) {
      if (!isModelName(model)) throw unknownModel(model);
      if (versionOrAlias === null || versionOrAlias === CHAMPION) {
        const aliases = await readAliases(model, CHAMPION, later);
        const { traffic } = aliases;
        const champion = (): Promise<Predictor> => resolveChampion(model, aliases, later);
        if (traffic === null || visitor === undefined || versionOrAlias !== null) return champion();
        return trials.resolve({ model, aliases, traffic, visitor, later }, champion);
      }
      const version = await versionOf(model, versionOrAlias, later);
      await requireInService(model, version, later);
      return resolveVersion(model, version, later);
    },

    async manifest(model, versionOrAlias, later) {
      if (!isModelName(model)) throw unknownModel(model);
      const version = await versionOf(model, versionOrAlias, later);
      const manifest = await readManifest(store, model, version).catch((error: unknown) => {
        throw asNotReady(error, model, version);
      });
      if (manifest === null) throw unknownVersion(model, version);
      return manifest;
    },

    async aliases(model, later) {
      const aliases = await readAliases(model, CHAMPION, later);
      if (aliases !== NO_ALIASES) return aliases;
      const models = await listModels(store);
      if (!models.includes(model)) throw unknownModel(model);
      return aliases;
    },
  };
}

/** Newest first, each once. */
function earlierChampions({ aliases, history, retired }: Aliases): readonly string[] {
  const moves = history.filter((move) => move.alias === CHAMPION);
  const versions = new Set(moves.map((move) => move.to).reverse());
  versions.delete(aliases[CHAMPION]!);
  return [...versions].filter((version) => !Object.hasOwn(retired, version));
}

/** Nobody promoted this model: it is either not there, or not ready. */
async function withoutChampion(store: ObjectStore, model: string): Promise<ProblemError> {
  const models = await listModels(store);
  if (models.length > 0 && !models.includes(model)) return unknownModel(model);
  const command = `npm run trainer -- --model ${model}`;
  return new ProblemError('not_ready', `${model} has no champion yet: run "${command}"`);
}

const unknownModel = (model: string): ProblemError =>
  new ProblemError('unknown_model', `no model is called ${JSON.stringify(model.slice(0, 80))}`);

const unknownVersion = (model: string, name: string): ProblemError =>
  new ProblemError(
    'unknown_version',
    `${model} has no version ${JSON.stringify(name.slice(0, 80))}`,
  );

function asNotReady(error: unknown, model: string, version: string): unknown {
  if (error instanceof IntegrityError || error instanceof RuntimeFault)
    return new ProblemError('not_ready', `${model} ${version} cannot be loaded: ${error.message}`, {
      cause: error,
    });
  return error;
}
