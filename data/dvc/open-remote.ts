// From the configuration or the command line's word to a remote.

import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { DataError } from '../data-error.ts';
import { remoteOf, withRemote, type Remote, type Settings } from './config.ts';
import { folderRemote } from './folder-remote.ts';
import type { RemoteObjects } from './remote.ts';
import { writeConfig, type Repository } from './repository.ts';
import { s3Remote } from './s3-remote.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a new remote is called: R2's in DVC's own documents, or just what it is. */
const NAMES = { s3: 'r2', folder: 'storage' };

export interface OpenRemote {
  /** Null when there is no remote at all. */
  readonly objects: RemoteObjects | null;
  /** Writes a new remote into .dvc/config, as the default: once it was seen to work. */
  remember(): Promise<void>;
}

/** The remote that `asked` names (one of the configuration, a folder, or s3://bucket/prefix), or the default one. */
export async function openRemote(
  repository: Repository,
  {
    asked,
    environment,
  }: { readonly asked?: string | undefined; readonly environment: Environment },
): Promise<OpenRemote> {
  const known = remoteOf(repository.config, asked);
  const remote = known ?? (asked === undefined ? null : newRemote(repository, asked, environment));
  return {
    objects: remote === null ? null : await open(repository, remote, environment),
    async remember() {
      if (remote !== null && known === null)
        await writeConfig(repository, (shared) => withRemote(shared, remote));
    },
  };
}

function newRemote({ root }: Repository, asked: string, environment: Environment): Remote {
  if (!asked.includes('://'))
    return { name: NAMES.folder, settings: { url: shownFolder(root, asked) } };
  const url = asked.replace(/\/+$/, '');
  const endpointurl = endpointOf(environment);
  const address: Settings = endpointurl === undefined ? {} : { endpointurl };
  return { name: NAMES.s3, settings: { url, ...address, region: 'auto' } };
}

/** DVC reads relative paths as seen from .dvc/; an absolute one stays. */
function shownFolder(root: string, folder: string): string {
  if (path.isAbsolute(folder)) return folder;
  return path.relative(path.join(root, '.dvc'), path.resolve(folder)).split(path.sep).join('/');
}

function endpointOf({ R2_ENDPOINT, R2_ACCOUNT_ID }: Environment): string | undefined {
  if ((R2_ENDPOINT ?? '') !== '') return R2_ENDPOINT;
  if ((R2_ACCOUNT_ID ?? '') === '') return undefined;
  return `https://${R2_ACCOUNT_ID}.r2.cloudflarestorage.com`;
}

async function open(
  { root }: Repository,
  { name, settings }: Remote,
  environment: Environment,
): Promise<RemoteObjects> {
  const { url } = settings;
  if (url === undefined) throw new DataError(`remote has no url: ${name} (.dvc/config)`);
  const [, scheme] = /^([a-z0-9+]+):\/\//.exec(url) ?? [];
  if (scheme === undefined) return folderRemote(path.resolve(root, '.dvc', url));
  if (scheme !== 's3')
    throw new DataError(`not a folder and not s3://: ${url} (stock DVC speaks to it)`);
  const { hostname: bucket, pathname } = new URL(url);
  // Loaded only where there is a bucket.
  const { parseS3Settings } = await import('#store/s3/s3-settings.ts');
  const { s3Store } = await import('#store/s3/s3-store.ts');
  const { R2_ENDPOINT, R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY } = environment;
  const s3 = parseS3Settings({
    ...environment,
    R2_BUCKET: bucket,
    R2_ENDPOINT: settings.endpointurl ?? R2_ENDPOINT,
    R2_ACCESS_KEY_ID: R2_ACCESS_KEY_ID ?? settings.access_key_id,
    R2_SECRET_ACCESS_KEY: R2_SECRET_ACCESS_KEY ?? settings.secret_access_key,
  });
  const store = s3Store(
    { ...s3, region: settings.region ?? 'auto' },
    { fetch, writeName: randomUUID },
  );
  return s3Remote(store, pathname.replace(/^\/+|\/+$/g, ''));
}
