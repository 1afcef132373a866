// Stock DVC beside ours on one repository, in both directions. Skipped where there is no DVC 3:
//
//   DVC_BIN=/path/to/dvc npm test -- tests/data/dvc/stock-dvc.test.ts

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { contentsOf, temporaryFolder } from '../tiny.ts';
import { birdsRepository, cloneOf } from './birds-repository.ts';
import { dvc, DVC } from './stock-dvc.ts';

const UP_TO_DATE = 'Data and pipelines are up to date.';

test.skipIf(DVC === null)('what ours writes, stock DVC finds up to date, and pulls', async () => {
  const one = await birdsRepository();
  const store = await temporaryFolder();
  await one.ask('--track');
  expect(dvc(one.root, 'status')).toBe(UP_TO_DATE);
  expect(dvc(one.root, 'repro', '--dry', 'data/birds/dvc.yaml')).toContain(
    "Stage 'data/birds/dvc.yaml:data' didn't change, skipping",
  );
  await one.ask('--push', '--remote', store);
  expect(dvc(one.root, 'status', '--cloud')).toBe("Cache and remote 'storage' are in sync.");
  const other = cloneOf(one, path.join(one.root, '..', 'other'));
  dvc(other.root, 'pull');
  expect(await contentsOf(path.join(other.data, 'birds', 'raw'))).toEqual(
    await contentsOf(path.join(one.data, 'birds', 'raw')),
  );
  // Interim and processed are nobody's to store: the stage makes them again.
  await other.ask();
  expect(dvc(other.root, 'status')).toBe(UP_TO_DATE);
  await writeFile(path.join(other.data, 'birds', 'schema.ts'), 'export default {};\n');
  expect(JSON.parse(dvc(other.root, 'status', '--json'))).toEqual({
    'data/birds/dvc.yaml:data': [{ 'changed deps': { 'data/birds/schema.ts': 'modified' } }],
  });
  expect((await other.ask('--status')).out).toMatch(
    /^data\/birds\/dvc\.yaml:data +changed: data\/birds\/schema\.ts$/m,
  );
});

test.skipIf(DVC === null)(
  'what stock DVC adds, runs and pushes, ours finds up to date, and pulls',
  async () => {
    const one = await birdsRepository();
    const store = await temporaryFolder();
    const place = path.join(one.root, 'extra');
    const files = { 'a.csv': 'a\r\nb\r\n', 'sub/é😀.txt': 'x', '\uffee': '', 'sub/deep/z': 'x' };
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(place, name)), { recursive: true });
      await writeFile(path.join(place, name), text);
    }
    await writeFile(path.join(one.root, 'alone.csv'), 'alone\r\n');
    await writeFile(path.join(one.root, 'params.yaml'), 'seed: 7\nsplit:\n  folds: 5\n');
    await writeFile(
      path.join(one.root, 'dvc.yaml'),
      `stages:
  copy:
    cmd: cp alone.csv copied.csv
    deps: [alone.csv, extra]
    params: [seed, split.folds]
    outs: [copied.csv]
`,
    );
    dvc(one.root, 'init', '--quiet');
    dvc(one.root, 'add', '--quiet', 'extra', 'alone.csv');
    dvc(one.root, 'repro', '--quiet');
    dvc(one.root, 'remote', 'add', '--quiet', '--default', 'shared', store);
    dvc(one.root, 'push', '--quiet');

    const status = await one.ask('--status');
    expect(status).toMatchObject({ code: 0, err: '' });
    expect(
      status.out
        .trim()
        .split('\n')
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ['alone.csv', 'up to date'],
      ['extra', 'up to date'],
      ['copied.csv', 'up to date'],
      ['dvc.yaml:copy', 'up to date'],
    ]);
    expect((await one.ask('--push')).out).toMatch(/^pushed +0 objects .+; 5 there already$/m);
    const other = cloneOf(one, path.join(one.root, '..', 'other'));
    expect(await other.ask('--pull')).toMatchObject({ code: 0, err: '' });
    expect(await contentsOf(path.join(other.root, 'extra'))).toEqual(await contentsOf(place));
    expect(await readFile(path.join(other.root, 'copied.csv'), 'utf8')).toBe('alone\r\n');
    expect(dvc(other.root, 'status')).toBe(UP_TO_DATE);
    await rm(path.join(other.root, 'extra', 'a.csv'));
    expect((await other.ask('--status')).out).toMatch(/^ {2}missing +extra\/a\.csv$/m);
  },
);
