// Everything of a repository that DVC looks after: what pointers name, what stages keep in the cache, and the stages.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readIfThere } from '../write-file.ts';
import { filesUnder } from './hash-path.ts';
import { parseLock, type LockedStage } from './lock.ts';
import type { Out } from './out.ts';
import { parseFile } from './parse-file.ts';
import { parsePointer } from './pointer.ts';
import { innerPath, type Repository } from './repository.ts';
import { parseKnownStages, type Stage } from './stage.ts';
import { stageFolder } from './stage-state.ts';

export interface TrackedOut {
  /** The pointer, or the stage as `<dvc.yaml>:<name>`, from the repository's root. */
  readonly by: string;
  /** Of the file or folder itself, absolute. */
  readonly place: string;
  readonly out: Out;
}

export interface TrackedStage {
  /** `<dvc.yaml>:<name>`, from the repository's root. */
  readonly name: string;
  readonly stage: Stage;
  readonly folder: string;
  /** Undefined when it never ran. */
  readonly locked: LockedStage | undefined;
}

export interface Tracked {
  readonly outs: readonly TrackedOut[];
  readonly stages: readonly TrackedStage[];
  /** Pointers and stages that only DVC can work out, each with why. */
  readonly foreign: readonly string[];
}

/** Throws DataError that names the file and the place in it that cannot be read. */
export async function listTracked(repository: Repository): Promise<Tracked> {
  const { root } = repository;
  const files = (await filesUnder(repository, root)).toSorted();
  const outs: TrackedOut[] = [];
  const stages: TrackedStage[] = [];
  const foreign: string[] = [];
  for (const file of files.filter((name) => name.endsWith('.dvc'))) {
    const found = await pointerOuts(root, file);
    if (found === null) foreign.push(`${file}: was imported`);
    else outs.push(...found);
  }
  for (const file of files.filter((name) => path.posix.basename(name) === 'dvc.yaml')) {
    const found = await stagesIn(root, file);
    stages.push(...found.stages);
    foreign.push(...found.foreign);
    outs.push(...found.stages.flatMap((stage) => cachedOuts(root, stage)));
  }
  return { outs, stages, foreign };
}

/** Null for what DVC fetches from somewhere else. */
async function pointerOuts(root: string, file: string): Promise<TrackedOut[] | null> {
  const place = path.join(root, file);
  const pointer = parseFile(file, await readFile(place, 'utf8'), parsePointer);
  if (pointer.imported) return null;
  return pointer.outs.map((out) => trackedOut(root, path.dirname(place), { by: file, out }));
}

async function stagesIn(root: string, file: string): Promise<Omit<Tracked, 'outs'>> {
  const place = path.join(root, file);
  const { stages, foreign } = parseFile(file, await readFile(place, 'utf8'), parseKnownStages);
  const lockFile = file.replace(/dvc\.yaml$/, 'dvc.lock');
  const lockText = (await readIfThere(path.join(root, lockFile)))?.toString() ?? '';
  const lock = parseFile(lockFile, lockText, parseLock);
  return {
    stages: Object.entries(stages).map(([name, stage]) => ({
      name: `${file}:${name}`,
      stage,
      folder: stageFolder(place, stage),
      locked: lock[name],
    })),
    foreign: Object.values(foreign).map((fault) => `${file}: ${fault.message}`),
  };
}

function cachedOuts(root: string, { name, stage, folder, locked }: TrackedStage): TrackedOut[] {
  const cached = stage.outs.filter((out) => out.cached).map((out) => out.path);
  return (locked?.outs ?? [])
    .filter((out) => cached.includes(out.path))
    .map((out) => trackedOut(root, folder, { by: name, out }));
}

/** Throws DataError on a path that leaves the repository. */
function trackedOut(
  root: string,
  folder: string,
  { by, out }: Omit<TrackedOut, 'place'>,
): TrackedOut {
  const place = path.resolve(folder, out.path);
  innerPath(root, place);
  return { by, place, out };
}
