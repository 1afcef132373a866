// What is tracked of a dataset: its raw tables by a pointer, and the stage that derives the rest from them.
//
//   data/<name>/raw.dvc    raw/ with every table that was taken and current.json, which says which one counts
//   data/<name>/dvc.yaml   the stage `data`: raw, schema → interim, processed
//   data/<name>/dvc.lock   how it last ran

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { hashPath } from './hash-path.ts';
import { parseFile } from './parse-file.ts';
import { parsePointer } from './pointer.ts';
import { ensureStage, recordStage } from './record-stage.ts';
import { ensureRepository, findRepository, innerPath, type Repository } from './repository.ts';
import type { Stage, StageParams } from './stage.ts';
import { pointerOf, trackPath } from './track.ts';
import type { Tracked } from './tracked.ts';

/** The stage's name: `data/<name>/dvc.yaml:data`. */
const STAGE = 'data';

const rawFolder = (root: string, name: string): string => path.join(root, name, 'raw');

export const isTracked = (root: string, name: string): boolean =>
  existsSync(pointerOf(rawFolder(root, name)));

/** Those of the datasets under `root` whose raw tables are tracked. */
export const trackedDatasets = (root: string, { outs }: Tracked): readonly string[] =>
  outs
    .map(({ place }) => path.basename(path.dirname(place)))
    .filter((name, index) => path.resolve(rawFolder(root, name)) === outs[index]!.place);

/** Tracks a dataset whose interim and processed are up to date. Answers the files that git should have, from `root`. */
export async function trackDataset(root: string, name: string): Promise<readonly string[]> {
  const repository = await ensureRepository(root);
  await trackPath(repository, rawFolder(root, name));
  await ensureStage(path.join(root, name), STAGE, await dataStage(repository, root, name));
  await recordStage(repository, path.join(root, name), STAGE);
  return ['raw.dvc', 'dvc.yaml', 'dvc.lock'].map((file) => `${name}/${file}`);
}

/** After a run: locks the stage again if the dataset is tracked and its raw tables are those of the pointer. */
export async function recordDataset(root: string, name: string): Promise<void> {
  const repository = await findRepository(root);
  if (repository === null || !isTracked(root, name)) return;
  const pointer = pointerOf(rawFolder(root, name));
  const shown = innerPath(repository.root, pointer);
  const { outs } = parseFile(shown, await readFile(pointer, 'utf8'), parsePointer);
  const hashed = await hashPath(repository, rawFolder(root, name));
  if (outs[0]?.md5 === hashed?.md5) await recordStage(repository, path.join(root, name), STAGE);
}

async function dataStage(repository: Repository, root: string, name: string): Promise<Stage> {
  const folder = workingFolder(repository, root);
  const seen = (file: string): string =>
    path
      .relative(folder, path.join(root, name, file))
      .split(path.sep)
      .join('/');
  const sources = await listSources(path.join(root, name));
  return {
    cmd: `npm run data -- --dataset ${name}`,
    wdir: path.relative(path.join(root, name), folder).split(path.sep).join('/'),
    deps: [seen('raw'), ...sources.map(seen)],
    params: versionParams(folder, ['version']),
    outs: [seen('interim'), seen('processed')].map((place) => ({
      kind: 'outs' as const,
      path: place,
      cached: false,
    })),
  };
}

/** The sources in a dataset's or a model's folder that have a part in what is made of it, in order. */
export async function listSources(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files.filter((file) => file.endsWith('.ts') && file !== 'generate.ts').sort();
}

/** Where stages run: the folder that holds data/ if it is in the repository, else the repository. */
export function workingFolder(repository: Repository, root: string): string {
  const above = path.dirname(path.resolve(root));
  const outside = path.relative(repository.root, above).startsWith('..');
  return outside ? repository.root : above;
}

/** Values of package.json that a stage's result depends on; none where there is no package.json. */
export const versionParams = (folder: string, names: readonly string[]): readonly StageParams[] =>
  existsSync(path.join(folder, 'package.json')) ? [{ file: 'package.json', names }] : [];
