// A stage that ran gets its entry in dvc.lock, so that DVC need not run it again.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { readIfThere, writeIfStale } from '../write-file.ts';
import { formatLock, parseLock } from './lock.ts';
import { innerPath, type Repository } from './repository.ts';
import { formatStages, parseStages, type Stage } from './stage.ts';
import { lockedStage, stageFolder } from './stage-state.ts';
import { parseFile } from './parse-file.ts';

/** Writes dvc.yaml with this one stage, unless there is one: what people changed in theirs stays. */
export async function ensureStage(folder: string, name: string, stage: Stage): Promise<void> {
  const file = path.join(folder, 'dvc.yaml');
  if (!existsSync(file)) await writeIfStale(file, encode(formatStages({ [name]: stage })));
}

/**
 * Locks the stage with its files as they are now. Answers whether dvc.lock changed; null when `folder` has no such stage.
 * Throws DataError when dvc.yaml or dvc.lock cannot be read, or a file it names is missing.
 */
export async function recordStage(
  repository: Repository,
  folder: string,
  name: string,
): Promise<boolean | null> {
  const stageFile = path.join(folder, 'dvc.yaml');
  const lockFile = path.join(folder, 'dvc.lock');
  const stages = await readParsed(repository, stageFile, parseStages);
  const stage = stages[name];
  if (stage === undefined) return null;
  const lock = await readParsed(repository, lockFile, parseLock);
  const locked = await lockedStage(repository, stage, stageFolder(stageFile, stage));
  return await writeIfStale(lockFile, encode(formatLock({ ...lock, [name]: locked })));
}

async function readParsed<T>(
  { root }: Repository,
  file: string,
  parse: (text: string) => T,
): Promise<T> {
  const text = (await readIfThere(file))?.toString() ?? '';
  return parseFile(innerPath(root, file), text, parse);
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
