// The folder that DVC would call the repository: it holds .dvc/, and every path in pointers is somewhere below it.

import { existsSync } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { DataError } from '../data-error.ts';
import { readIfThere, writeIfStale, writeWhole } from '../write-file.ts';
import { formatConfig, mergeConfigs, parseConfig, type Config } from './config.ts';

/** Files below a folder, as DVC sees them. */
export interface Tree {
  readonly root: string;
  /** By .dvcignore, and what DVC never looks at. */
  readonly ignores: Ignore;
}

export interface Repository extends Tree {
  readonly config: Config;
  /** Holds `files/md5/…`. */
  readonly cache: string;
}

const CONFIG = path.join('.dvc', 'config');
const CONFIG_LOCAL = path.join('.dvc', 'config.local');

/** What DVC passes over by itself, and a folder that is never data. */
const NEVER = ['.dvc/', '.git', '.git/', '.hg/', '.dvcignore', 'node_modules/'];

const IGNORED = `# What DVC need not look at.
node_modules
.wrangler
.svelte-kit
`;

/** The files of a folder that need not be a repository. */
export async function treeAt(root: string): Promise<Tree> {
  const patterns = await readIfThere(path.join(root, '.dvcignore'));
  return {
    root,
    ignores: ignore()
      .add(NEVER)
      .add(patterns?.toString() ?? ''),
  };
}

/** The repository that `folder` is in, or null when nobody made one. Throws on a configuration that cannot be read. */
export async function findRepository(folder: string): Promise<Repository | null> {
  const root = ancestorWith(folder, '.dvc');
  return root === null ? null : await openRepository(root);
}

/** The repository that `folder` is in; made where git's is, or in `folder` itself outside of git. */
export async function ensureRepository(folder: string): Promise<Repository> {
  const found = await findRepository(folder);
  if (found !== null) return found;
  const inGit = ancestorWith(folder, '.git');
  const root = inGit ?? folder;
  const config: Config = { sections: inGit === null ? { core: { no_scm: 'True' } } : {} };
  await writeText(path.join(root, '.dvc', '.gitignore'), '/config.local\n/tmp\n/cache\n');
  if (!existsSync(path.join(root, '.dvcignore')))
    await writeText(path.join(root, '.dvcignore'), IGNORED);
  await writeText(path.join(root, CONFIG), formatConfig(config));
  return await openRepository(root);
}

/** Writes what is shared of the configuration: all but config.local. */
export async function writeConfig(
  { root }: Repository,
  change: (shared: Config) => Config,
): Promise<void> {
  const shared = await readConfig(root, CONFIG);
  const text = new TextEncoder().encode(formatConfig(change(shared)));
  await writeIfStale(path.join(root, CONFIG), text);
}

/** A path as DVC writes it: below `root`, parted by `/`. Throws DataError when it is not below. */
export function innerPath(root: string, place: string): string {
  const relative = path.relative(root, place);
  if (relative.split(path.sep)[0] === '..' || path.isAbsolute(relative))
    throw new DataError(`outside of the repository: ${place}`);
  return relative.split(path.sep).join('/');
}

async function openRepository(root: string): Promise<Repository> {
  const config = mergeConfigs(await readConfig(root, CONFIG), await readConfig(root, CONFIG_LOCAL));
  const patterns = await readIfThere(path.join(root, '.dvcignore'));
  return {
    root,
    config,
    cache: path.resolve(root, '.dvc', config.sections.cache?.dir ?? 'cache'),
    ignores: ignore()
      .add(NEVER)
      .add(patterns?.toString() ?? ''),
  };
}

async function readConfig(root: string, file: string): Promise<Config> {
  const bytes = await readIfThere(path.join(root, file));
  return parseConfig(bytes?.toString() ?? '', file);
}

function ancestorWith(folder: string, name: string): string | null {
  for (let here = path.resolve(folder); ; here = path.dirname(here)) {
    if (existsSync(path.join(here, name))) return here;
    if (here === path.dirname(here)) return null;
  }
}

const writeText = (file: string, text: string): Promise<void> =>
  writeWhole(file, new TextEncoder().encode(text));
