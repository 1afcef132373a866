// What `npm run data -- --track | --push | --pull | --status` does, and what it says.

import path from 'node:path';
import { SingleBar } from 'cli-progress';
import color from 'picocolors';
import { DataError } from '../data-error.ts';
import { loadDataset } from '../versions/dataset.ts';
import { cacheIn } from './cache.ts';
import { openRemote } from './open-remote.ts';
import { pull } from './pull.ts';
import { objectsOfAll, push, type OnProgress } from './push.ts';
import type { RemoteObjects } from './remote.ts';
import { findRepository, type Repository } from './repository.ts';
import { statusOf, type StatusLine } from './status.ts';
import { trackDataset, trackedDatasets } from './track-dataset.ts';
import { listTracked, type Tracked } from './tracked.ts';

export interface VersionOptions {
  /** Holds a folder per dataset. */
  readonly root: string;
  readonly dataset: string;
  readonly track?: true;
  readonly push?: true;
  readonly pull?: true;
  readonly status?: true;
  /** A remote's name, a folder, or s3://bucket/prefix. */
  readonly remote?: string;
  readonly force?: true;
}

/** Whether the options ask for something that is done here. */
export const isAboutVersions = ({ track, push, pull, status }: VersionOptions): boolean =>
  [track, push, pull, status].includes(true);

/** Runs what is asked for, in this order: track, pull, push, status. Throws DataError when it cannot be done. */
export async function runVersions(options: VersionOptions): Promise<void> {
  const { root, dataset, remote: asked } = options;
  if (options.track === true) await track(root, dataset);
  const repository = await findRepository(root);
  const tracked = repository === null ? null : await listTracked(repository);
  if (repository === null || tracked === null || tracked.outs.length + tracked.stages.length === 0)
    throw new DataError(`nothing is tracked: npm run data -- --dataset ${dataset} --track`);
  const { objects, remember } = await openRemote(repository, { asked, environment: process.env });
  if (options.pull === true) await runPull(repository, objects, { ...options, tracked });
  if (options.push === true) await runPush(repository, objects, tracked);
  await remember();
  if (options.status === true) await runStatus(repository, objects, tracked);
}

async function track(root: string, dataset: string): Promise<void> {
  await loadDataset(root, dataset);
  const files = await trackDataset(root, dataset);
  const shown = files.map((file) => path.relative(process.cwd(), path.join(root, file)));
  say('tracked', shown.join(', '));
  say('next', `git add ${shown.join(' ')} .dvc .dvcignore`);
}

async function runPush(
  repository: Repository,
  remote: RemoteObjects | null,
  { outs }: Tracked,
): Promise<void> {
  if (remote === null)
    throw new DataError(
      'no remote: npm run data -- --push --remote <folder or s3://bucket/prefix>',
    );
  const { sent, present } = await withBar('push', (onProgress) =>
    push(repository, remote, { outs, onProgress }),
  );
  say('pushed', `${counted(sent)} to ${remote.location}; ${present} there already`);
}

async function runPull(
  repository: Repository,
  remote: RemoteObjects | null,
  { root, tracked, force = false }: { root: string; tracked: Tracked; force?: boolean | undefined },
): Promise<void> {
  const { fetched, changed } = await withBar('pull', (onProgress) =>
    pull(repository, remote, { outs: tracked.outs, force, onProgress }),
  );
  for (const dataset of trackedDatasets(root, tracked)) await loadDataset(root, dataset);
  const from = remote === null ? '' : ` from ${remote.location}`;
  say('pulled', `${counted(fetched)}${from}`);
  for (const file of changed) say('changed', file);
  if (changed.length === 0) say('there', 'every file is as it is tracked');
}

async function runStatus(
  repository: Repository,
  remote: RemoteObjects | null,
  tracked: Tracked,
): Promise<void> {
  const names = [...(await objectsOfAll(cacheIn(repository.cache), tracked.outs)).keys()];
  const pushed = await remote?.present(names).catch((error: unknown) => error);
  const lines = await statusOf(repository, tracked, pushed instanceof Set ? pushed : null);
  for (const line of lines) sayStatus(line, Math.max(...lines.map(({ name }) => name.length)));
  for (const line of tracked.foreign) say('left', `to DVC: ${line}`);
  if (pushed instanceof Error) throw pushed;
  const bad = lines.filter(({ faults }) => faults.length > 0).length;
  if (bad > 0) throw new DataError(`${bad} of ${lines.length} not up to date`);
}

function sayStatus({ name, faults, details }: StatusLine, width: number): void {
  const verdict = faults.length === 0 ? color.green('up to date') : color.yellow(faults.join(', '));
  process.stdout.write(`${name.padEnd(width)}  ${verdict}\n`);
  for (const detail of details) process.stdout.write(`  ${color.dim(detail)}\n`);
}

async function withBar<T>(word: string, work: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  const format = `  ${word}  {bar} {value}/{total} objects, {eta_formatted} left`;
  const bar = new SingleBar({ format, clearOnComplete: true, hideCursor: true });
  let started = false;
  try {
    return await work((done, total) => {
      if (!process.stderr.isTTY || total === 0) return;
      if (!started) bar.start(total, done);
      started = true;
      bar.setTotal(total);
      bar.update(done);
    });
  } finally {
    if (started) bar.stop();
  }
}

function say(word: string, text: string): void {
  process.stdout.write(`${color.cyan(word.padEnd(8))} ${text}\n`);
}

const counted = (count: number): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? 'object' : 'objects'}`;
