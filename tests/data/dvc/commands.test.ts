// npm run data -- --track, --push, --pull and --status, as two people who share a folder use them.

import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { contentsOf, HEADER, temporaryFolder } from '../tiny.ts';
import { birdsRepository, twoPeople, type BirdsRepository } from './birds-repository.ts';

const raw = ({ data }: BirdsRepository): Promise<Record<string, string>> =>
  contentsOf(path.join(data, 'birds', 'raw'));

const objectsIn = async (folder: string): Promise<string[]> =>
  Object.keys(await contentsOf(path.join(folder, 'files', 'md5'))).sort();

test('nothing is tracked until somebody asks, and no file for git appears before', async () => {
  const { ask, git, root } = await birdsRepository();
  git('add', '--all');
  expect((await ask()).code).toBe(0);
  expect(await readdir(root)).not.toContain('.dvc');
  expect(git('status', '--porcelain', '--ignored', '-uall')).not.toContain('dvc');
  for (const word of ['--status', '--push', '--pull'])
    expect(await ask(word)).toMatchObject({
      code: 1,
      err: 'error: nothing is tracked: npm run data -- --dataset birds --track\n',
    });
});

test('what one tracks and pushes, another pulls, to the byte', async () => {
  const { one, other } = await twoPeople();
  expect(await other.ask()).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^error: not here: birds.raw: npm run data -- --pull\n$/),
  });
  expect((await other.ask('--status')).out).toMatch(/^data\/birds\/raw +missing, not in the cache/);
  const pulled = await other.ask('--pull');
  expect(pulled).toMatchObject({ code: 0, err: '' });
  expect(pulled.out).toMatch(/^pulled +3 objects from /);
  expect(await raw(other)).toEqual(await raw(one));
  expect(await other.ask('--status')).toMatchObject({
    code: 0,
    out: 'data/birds/raw            up to date\ndata/birds/dvc.yaml:data  up to date\n',
  });
  expect((await other.ask('--pull')).out).toMatch(/^pulled +0 objects.*\nthere +every file/);
  expect(other.git('status', '--porcelain')).toBe('');
});

test('a table that is taken is tracked with the others; both the old and the new one can be had', async () => {
  const { one, other } = await twoPeople();
  await other.ask('--pull');
  const table = path.join(one.root, 'c.csv');
  await writeFile(table, `${HEADER}\n9,300,Male,Cuba,01-12-2020,\n`);
  expect((await one.ask('--from', table)).out).toMatch(/^tracked +birds.raw\.dvc$/m);
  expect((await one.ask('--status')).out).toMatch(/^data\/birds\/raw +not pushed$/m);
  await one.ask('--push');
  one.git('commit', '--quiet', '--all', '--message', 'another table');
  other.git('pull', '--quiet');
  const before = await other.ask('--status');
  expect(before.code).toBe(1);
  expect(before.out).toMatch(/^data\/birds\/raw +modified, not in the cache/);
  await other.ask('--pull');
  expect(await raw(other)).toEqual(await raw(one));
  expect(Object.keys(await raw(other)).filter((file) => file.endsWith('.csv'))).toHaveLength(2);
  other.git('checkout', '--quiet', 'HEAD~1');
  const back = await other.ask('--pull');
  expect(back).toMatchObject({ code: 0, err: '' });
  expect(back.out).toMatch(/^pulled +0 objects/);
  expect(Object.keys(await raw(other)).filter((file) => file.endsWith('.csv'))).toHaveLength(1);
  expect((await other.ask('--status')).code).toBe(0);
});

test('status says which file is modified, missing or new, and which stage would run', async () => {
  const { one } = await twoPeople();
  const folder = path.join(one.data, 'birds', 'raw');
  const file = Object.keys(await raw(one)).find((name) => name.endsWith('.csv'))!;
  await writeFile(path.join(folder, 'current.json'), '{}');
  await writeFile(path.join(folder, 'notes.txt'), 'mine');
  await rm(path.join(folder, file));
  await rm(path.join(one.data, 'birds', 'processed'), { recursive: true });
  const { code, out, err } = await one.ask('--status');
  expect({ code, err }).toEqual({ code: 1, err: 'error: 2 of 2 not up to date\n' });
  expect(out).toMatch(/^data\/birds\/raw +modified$/m);
  expect(out).toMatch(new RegExp(`^  missing  data/birds/raw/${file}$`, 'm'));
  expect(out).toMatch(/^ {2}modified data\/birds\/raw\/current\.json$/m);
  expect(out).toMatch(/^ {2}new +data\/birds\/raw\/notes\.txt$/m);
  expect(out).toMatch(
    /^data\/birds\/dvc\.yaml:data +changed: data\/birds\/raw, missing: data\/birds\/processed$/m,
  );
});

test('a pull loses nothing that is only here, unless it is forced to', async () => {
  const { one } = await twoPeople();
  const before = await raw(one);
  const notes = path.join(one.data, 'birds', 'raw', 'notes.txt');
  await writeFile(notes, 'mine');
  const refused = await one.ask('--pull');
  expect(refused).toMatchObject({
    code: 1,
    err: 'error: in no version, and would be lost: data/birds/raw/notes.txt (--track keeps it, --force gives it up)\n',
  });
  expect(await readFile(notes, 'utf8')).toBe('mine');
  expect((await one.ask('--pull', '--force')).code).toBe(0);
  expect(await raw(one)).toEqual(before);
});

describe('a damaged object', () => {
  test('in the remote replaces no good file, and is named', async () => {
    const { one, other, store } = await twoPeople();
    const table = Object.entries(await raw(one)).find(([name]) => name.endsWith('.csv'))!;
    const damaged: string[] = [];
    for (const name of await objectsIn(store)) {
      const file = path.join(store, 'files', 'md5', name);
      if ((await readFile(file, 'latin1')) !== table[1]) continue;
      await chmod(file, 0o644);
      await writeFile(file, 'damaged');
      damaged.push(name);
    }
    expect(damaged).toHaveLength(1);
    const { code, err } = await other.ask('--pull');
    expect(code).toBe(1);
    expect(err).toMatch(
      new RegExp(`^error: .+: data/birds/raw/${table[0]}: its MD5 is [0-9a-f]{32} in place of `),
    );
    expect(await contentsOf(path.join(other.data, 'birds'))).not.toHaveProperty(`raw/${table[0]}`);
    expect(await objectsIn(path.join(other.root, '.dvc', 'cache'))).not.toContain(damaged[0]);
    expect(
      (await readdir(path.join(other.data, 'birds'))).filter((name) => name.includes('.part')),
    ).toEqual([]);
  });

  test('in the cache is never sent, and a pull heals it', async () => {
    const [{ ask, root, data }, store] = [await birdsRepository(), await temporaryFolder()];
    await ask('--track');
    await ask('--push', '--remote', store);
    const cache = path.join(root, '.dvc', 'cache', 'files', 'md5');
    const [name] = await objectsIn(path.dirname(path.dirname(cache)));
    await chmod(path.join(cache, name!), 0o644);
    await writeFile(path.join(cache, name!), 'damaged');
    await rm(path.join(store, 'files'), { recursive: true });
    const { code, err } = await ask('--push');
    expect(code).toBe(1);
    expect(err).toMatch(
      /^error: not in the cache: data\/birds\/raw as data\/birds\/raw\.dvc has it/,
    );
    expect(await contentsOf(store)).toEqual({});
    expect((await ask('--pull')).code).toBe(0);
    expect((await ask('--push')).out).toMatch(/^pushed +3 objects/);
    expect(await contentsOf(path.join(data, 'birds', 'raw'))).toHaveProperty(['current.json']);
  });
});

test('an upload that was cut off goes on where it stopped', async () => {
  const { one, store } = await twoPeople();
  const [first] = await objectsIn(store);
  const before = (await stat(path.join(store, 'files', 'md5', first!))).mtimeMs;
  for (const name of (await objectsIn(store)).slice(1))
    await rm(path.join(store, 'files', 'md5', name));
  expect((await one.ask('--status')).out).toMatch(/^data\/birds\/raw +not pushed$/m);
  expect((await one.ask('--push')).out).toMatch(/^pushed +2 objects to .+; 1 there already$/m);
  expect((await stat(path.join(store, 'files', 'md5', first!))).mtimeMs).toBe(before);
});

test('a remote is remembered, by a path that DVC reads; one of another kind is left to it', async () => {
  const { ask, root } = await birdsRepository();
  const config = (): Promise<string> => readFile(path.join(root, '.dvc', 'config'), 'utf8');
  const saying = (url: string): string =>
    `[core]\n    remote = storage\n['remote "storage"']\n    url = ${url}\n`;
  await ask('--track', '--push', '--remote', path.join('..', '..', 'store'));
  expect(await config()).toBe(saying('../../store'));
  expect(await objectsIn(path.join(root, '..', 'store'))).toHaveLength(3);
  expect((await ask('--push', '--remote', 'storage')).out).toMatch(/; 3 there already$/m);
  expect((await ask('--push', '--remote', 'ssh://host/x')).err).toBe(
    'error: not a folder and not s3://: ssh://host/x (stock DVC speaks to it)\n',
  );
  expect(await config()).toBe(saying('../../store'));
  const absolute = path.join(root, 'elsewhere');
  await ask('--push', '--remote', absolute);
  expect(await config()).toBe(saying(absolute));
});

test('what only DVC works out is left to it, and said', async () => {
  const { one } = await twoPeople();
  const pointer = `deps:\n- path: x\nouts:\n- md5: ${'a'.repeat(32)}\n  hash: md5\n  path: y\n`;
  await writeFile(path.join(one.root, 'y.dvc'), pointer);
  await writeFile(path.join(one.root, 'dvc.yaml'), 'stages:\n  s:\n    cmd: echo ${x}\n');
  const { code, out, err } = await one.ask('--status');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^left +to DVC: y\.dvc: was imported$/m);
  expect(out).toMatch(
    /^left +to DVC: dvc\.yaml: \/stages\/s has a template, which only DVC works out$/m,
  );
});

test('options about one table and about versions exclude each other', async () => {
  const { ask } = await birdsRepository();
  expect((await ask('--push', '--from', 'b.csv')).code).toBe(2);
  expect((await ask('--remote', 'x')).code).toBe(2);
});
