// A stage beside the files it names: what would be locked now, and what differs from what was locked.

import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseObject } from '#contract/shapes/parse.ts';
import { DataError } from '../data-error.ts';
import { readIfThere } from '../write-file.ts';
import { hashPath } from './hash-path.ts';
import type { LockedStage } from './lock.ts';
import type { Out } from './out.ts';
import type { Repository } from './repository.ts';
import type { Stage, StageParams } from './stage.ts';
import { parseYaml } from './yaml.ts';

/** Where a stage runs: paths of its deps, params and outs are seen from there. */
export const stageFolder = (stageFile: string, { wdir }: Stage): string =>
  path.resolve(path.dirname(stageFile), wdir);

/** What dvc.lock says after a run, from the files as they are. Throws DataError when one is missing. */
export async function lockedStage(
  repository: Repository,
  stage: Stage,
  folder: string,
): Promise<LockedStage> {
  const outOf = async (relative: string): Promise<Out> => {
    const hashed = await hashPath(repository, path.resolve(folder, relative));
    if (hashed === null) throw new DataError(`missing: ${relative} (named in dvc.yaml)`);
    const { md5, size, nfiles } = hashed;
    return { path: relative, md5, size, nfiles };
  };
  return {
    cmd: stage.cmd,
    deps: await Promise.all(stage.deps.map(outOf)),
    params: await readParams(stage.params, folder),
    outs: await Promise.all(stage.outs.map(({ path: relative }) => outOf(relative))),
  };
}

/** What differs from the lock, a phrase each, in DVC's words; nothing when the stage is up to date. */
export async function stageChanges(
  repository: Repository,
  { stage, folder, locked }: { stage: Stage; folder: string; locked: LockedStage | undefined },
): Promise<readonly string[]> {
  if (locked === undefined) return ['never run'];
  const changes = locked.cmd === stage.cmd ? [] : ['changed: cmd'];
  const compare = async (relative: string, before: readonly Out[]): Promise<void> => {
    const known = before.find((out) => out.path === relative);
    const now = await hashPath(repository, path.resolve(folder, relative));
    if (known === undefined) changes.push(`new: ${relative}`);
    else if (now === null) changes.push(`missing: ${relative}`);
    else if (now.md5 !== known.md5) changes.push(`changed: ${relative}`);
  };
  for (const dep of stage.deps) await compare(dep, locked.deps);
  const params = await readParams(stage.params, folder);
  for (const [file, values] of Object.entries(params))
    for (const [name, value] of Object.entries(values))
      if (!isDeepStrictEqual(locked.params[file]?.[name], value))
        changes.push(`changed: ${name} in ${file}`);
  for (const out of stage.outs) await compare(out.path, locked.outs);
  return changes;
}

/** YAML is read as YAML, and JSON is YAML. */
async function readParams(
  params: readonly StageParams[],
  folder: string,
): Promise<LockedStage['params']> {
  const entries = params.map(async ({ file, names }) => {
    const bytes = await readIfThere(path.resolve(folder, file));
    if (bytes === null) throw new DataError(`missing: ${file} (named in dvc.yaml)`);
    const content = parseObject(parseYaml(bytes.toString()), '');
    return [file, Object.fromEntries(names.map((name) => [name, valueAt(content, name)]))] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function valueAt(content: Readonly<Record<string, unknown>>, name: string): unknown {
  const value = name
    .split('.')
    .reduce<unknown>(
      (found, step) => (found === undefined ? undefined : parseObject(found, name)[step]),
      content,
    );
  if (value === undefined) throw new DataError(`no such parameter: ${name}`);
  return value;
}
