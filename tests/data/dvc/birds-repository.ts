// A repository of git with the dataset birds in data/, and a folder beside it to share objects through.

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { takeTable } from '../../../data/versions/take.ts';
import { runData, type Run } from '../run-cli.ts';
import { BIRDS, TABLE, temporaryFolder, temporaryRoot, utf8 } from '../tiny.ts';

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
  const place = await temporaryFolder();
  await cp(await (untracked ??= makeUntracked()), place, { recursive: true });
  return openBirds(path.join(place, 'one'));
}

export interface TwoPeople {
  /** Has tracked and pushed. */
  readonly one: BirdsRepository;
  /** Has cloned what the other one committed. */
  readonly other: BirdsRepository;
  /** The folder they share. */
  readonly store: string;
}

export async function twoPeople(): Promise<TwoPeople> {
  const place = await temporaryFolder();
  await cp(await (shared ??= makeShared()), place, { recursive: true });
  const [one, other] = ['one', 'other'].map((name) => openBirds(path.join(place, name)));
  other!.git('remote', 'set-url', 'origin', one!.root);
  return { one: one!, other: other!, store: path.join(place, 'store') };
}

/** Made once, and copied: each command costs a quarter of a second. */
let untracked: Promise<string> | undefined;
let shared: Promise<string> | undefined;

async function makeShared(): Promise<string> {
  const place = await templateFolder();
  await cp(await (untracked ??= makeUntracked()), place, { recursive: true });
  const one = openBirds(path.join(place, 'one'));
  await one.ask('--track', '--push', '--remote', path.join('..', '..', 'store'));
  cloneOf(one, path.join(place, 'other'));
  return place;
}

async function makeUntracked(): Promise<string> {
  const place = await templateFolder();
  const root = path.join(place, 'one');
  await cp(await temporaryRoot(), path.join(root, 'data'), { recursive: true });
  await writeFile(path.join(root, '.gitignore'), '/data/*/interim/\n/data/*/processed/\n');
  const repository = openBirds(root);
  repository.git('init', '--quiet');
  const table = { name: 'b.csv', source: 'file b.csv', synthetic: false };
  const bytes = utf8(TABLE.replaceAll('\n', '\r\n'));
  await takeTable(repository.data, BIRDS, { ...table, bytes });
  return place;
}

async function templateFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gharial-template-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What a colleague has: everything that git has. */
export function cloneOf({ root, git }: BirdsRepository, place: string): BirdsRepository {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'tracked');
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
