// A repository of git with the dataset birds in data/, and a folder beside it to share objects through.

import { execFileSync } from 'node:child_process';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runData, type Run } from '../run-cli.ts';
import { TABLE, temporaryFolder, temporaryRoot } from '../tiny.ts';

type Environment = Record<string, string>;

export interface BirdsRepository {
  /** Of git, and of DVC. */
  readonly root: string;
  readonly data: string;
  /** `npm run data -- --dataset birds …`. */
  readonly ask: (...words: string[]) => Promise<Run>;
  /** The same with these variables set. */
  readonly askWith: (environment: Environment, ...words: string[]) => Promise<Run>;
  readonly git: (...words: string[]) => string;
}

/** With a table taken, its line ends as Windows writes them. */
export async function birdsRepository(): Promise<BirdsRepository> {
  const root = await temporaryFolder();
  await rename(await temporaryRoot(), path.join(root, 'data'));
  await writeFile(path.join(root, '.gitignore'), '/data/*/interim/\n/data/*/processed/\n');
  const repository = openBirds(root);
  repository.git('init', '--quiet');
  const table = path.join(root, 'b.csv');
  await writeFile(table, TABLE.replaceAll('\n', '\r\n'));
  await repository.ask('--from', table);
  return repository;
}

/** What a colleague has: everything that git has, in a place of its own. */
export async function cloneOf({ root, git }: BirdsRepository): Promise<BirdsRepository> {
  const place = path.join(await temporaryFolder(), 'clone');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'tracked');
  await mkdir(path.dirname(place), { recursive: true });
  execFileSync('git', ['clone', '--quiet', root, place]);
  return openBirds(place);
}

function openBirds(root: string): BirdsRepository {
  const data = path.join(root, 'data');
  const who = ['-c', 'user.name=A Test', '-c', 'user.email=test@example.org'];
  return {
    root,
    data,
    ask: (...words) => runData(data, ['--dataset', 'birds', ...words]),
    askWith: (environment, ...words) =>
      runData(data, ['--dataset', 'birds', ...words], { environment }),
    git: (...words) => execFileSync('git', [...who, ...words], { cwd: root, encoding: 'utf8' }),
  };
}
