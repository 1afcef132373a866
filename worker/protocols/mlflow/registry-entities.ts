// A model and a version in the words of MLflow's model registry, as its REST API spells them (registered models, versions,
// aliases). https://mlflow.org/docs/latest/api_reference/rest-api.html

import type { Aliases } from '#contract/registry/aliases.ts';
import type { Manifest } from '#contract/manifest.ts';

/** A version that was read, and where its files are. */
export interface PublishedVersion {
  readonly manifest: Manifest;
  readonly manifestSha256: string;
}

export interface RegistryPlace {
  readonly aliases: Aliases;
  /** Of this server, such as https://example.com. */
  readonly origin: string;
}

/** Where MLflow's client finds the files of a version; it lists and downloads them under this address. */
export const artifactUri = (origin: string, model: string, version: string): string =>
  `${origin}/api/2.0/mlflow-artifacts/artifacts/${model}/${version}`;

export function modelVersion(
  { manifest, manifestSha256 }: PublishedVersion,
  { aliases: { aliases, retired }, origin }: RegistryPlace,
): object {
  const { model, version, created_at, description, training, data, task } = manifest;
  const made = Date.parse(created_at);
  const retirement = Object.hasOwn(retired, version) ? retired[version] : undefined;
  return {
    name: model,
    version,
    creation_timestamp: made,
    last_updated_timestamp: made,
    current_stage: 'None',
    description,
    source: artifactUri(origin, model, version),
    run_id: '',
    status: 'READY',
    status_message: retirement === undefined ? '' : `retired: ${retirement.reason}`,
    tags: tagsOf({
      algorithm: training.algorithm,
      dataset: data.dataset,
      manifest_sha256: manifestSha256,
      task,
      ...(retirement !== undefined && { retired: retirement.at }),
    }),
    aliases: Object.keys(aliases).filter((alias) => aliases[alias] === version),
  };
}

/** `newest` is the model's newest version. */
export function registeredModel(newest: PublishedVersion, place: RegistryPlace): object {
  const { model, created_at, description, title } = newest.manifest;
  const { history, traffic_history, aliases } = place.aliases;
  const changes = [...history, ...traffic_history].map(({ at }) => Date.parse(at));
  const made = Date.parse(created_at);
  return {
    name: model,
    creation_timestamp: made,
    last_updated_timestamp: Math.max(made, ...changes.filter(Number.isFinite)),
    description,
    latest_versions: [modelVersion(newest, place)],
    tags: tagsOf({ title }),
    aliases: Object.entries(aliases).map(([alias, version]) => ({ alias, version })),
  };
}

const tagsOf = (tags: Readonly<Record<string, string>>): readonly object[] =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));
