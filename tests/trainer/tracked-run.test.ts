// npm run trainer where the dataset is tracked: the run is a stage that DVC, too, finds up to date, until an input changes.

import { execFileSync } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listVersions } from '#contract/registry/registry.ts';
import { folderStore } from '../../store/folder.ts';
import { dvc, DVC } from '../data/dvc/stock-dvc.ts';
import { runCli, type Run } from '../tools/run-cli.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MODEL = 'crocodile-species';

let place: string;
const at = (...names: string[]): string => join(place, ...names);

const data = (...words: string[]): Promise<Run> =>
  runCli('data/cli.ts', ['--root', at('data'), ...words]);
const train = (...words: string[]): Promise<Run> =>
  runCli('trainer/cli.ts', [
    ...['--data-root', at('data'), '--spec-root', place, '--registry', at('registry')],
    ...['--parity-rows', '500', ...words],
  ]);

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'gharial-tracked-'));
  for (const file of ['schema.ts', 'generate.ts', 'species.ts'])
    await cp(join(ROOT, 'data', 'crocodile', file), at('data', 'crocodile', file));
  const spec = await readFile(join(ROOT, 'models', MODEL, 'spec.ts'), 'utf8');
  const tree = `[{ algorithm: 'tree', parameters: { max_depth: 6, min_rows: 5, smoothing: 1 } }],\n  budget`;
  await mkdir(at('models', MODEL), { recursive: true });
  await writeFile(
    at('models', MODEL, 'spec.ts'),
    spec.replace(/candidates: [^]+budget/, `candidates: ${tree}`).replace('folds: 5', 'folds: 2'),
  );
  await writeFile(at('.gitignore'), '/registry/\ninterim/\nprocessed/\n');
  execFileSync('git', ['init', '--quiet', place]);
  await data('--synthetic', '--rows', '300');
});
afterAll(() => rm(place, { recursive: true, force: true }));

test('a run is recorded where the dataset is tracked, and is up to date until an input changes', async () => {
  expect((await train()).out).toContain('✓ fit');
  await expect(readFile(at('models', MODEL, 'dvc.yaml'))).rejects.toThrow('ENOENT');

  await data('--track');
  const first = await train();
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toContain('✓ train     up to date: version 1');
  expect(await readFile(at('models', MODEL, 'dvc.yaml'), 'utf8')).toBe(`stages:
  train:
    cmd: npm run trainer -- --model ${MODEL}
    wdir: ../..
    deps:
    - data/crocodile/processed
    - data/crocodile/schema.ts
    - data/crocodile/species.ts
    - models/${MODEL}/spec.ts
    metrics:
    - models/${MODEL}/metrics.json:
        cache: false
`);
  const metrics = JSON.parse(await readFile(at('models', MODEL, 'metrics.json'), 'utf8'));
  expect(metrics.model.accuracy.mean).toBeGreaterThan(metrics.dummy.accuracy.mean);
  expect(await data('--status')).toMatchObject({ code: 0 });

  await appendFile(at('models', MODEL, 'spec.ts'), '// a word\n');
  expect((await data('--status')).out).toMatch(
    new RegExp(`^models/${MODEL}/dvc.yaml:train +changed: models/${MODEL}/spec.ts$`, 'm'),
  );
  const second = await train();
  expect(second.out).toContain('✓ fit');
  expect(second.out).toContain(`already published as ${MODEL} version 1`);
  expect(await data('--status')).toMatchObject({ code: 0 });

  await data('--synthetic', '--seed', '2', '--rows', '300');
  expect((await data('--status')).out).toMatch(/:train +changed: data\/crocodile\/processed$/m);
  expect((await train()).out).toContain('✓ fit');
  expect(await listVersions(folderStore(at('registry')), MODEL)).toEqual(['1', '2']);
});

test.skipIf(DVC === null)('stock DVC finds the run up to date, and knows its metrics', async () => {
  expect(await data('--status')).toMatchObject({ code: 0 });
  expect(dvc(place, 'status')).toBe('Data and pipelines are up to date.');
  expect(dvc(place, 'metrics', 'show')).toContain(`models/${MODEL}/metrics.json`);
});
