// npm run trainer, through its door: made-up crocodiles into a registry in a folder.

import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asTabular, parseManifest } from '#contract/manifest.ts';
import { parseTreeEnsemble } from '#contract/model/tree.ts';
import {
  listVersions,
  readAliases,
  readFile as readBlob,
  readManifest,
} from '#contract/registry/registry.ts';
import { folderStore } from '../../store/folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MODEL = 'crocodile-species';

let place: string;
const at = (...names: string[]): string => join(place, ...names);

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'gharial-trainer-'));
  for (const file of ['schema.ts', 'generate.ts', 'species.ts'])
    await cp(join(ROOT, 'data', 'crocodile', file), at('data', 'crocodile', file));
  const made = await run('data/cli.ts', '--root', at('data'), '--synthetic', '--rows', '400');
  expect(made.code).toBe(0);
}, 120_000);
afterAll(() => rm(place, { recursive: true, force: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(...words: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd: ROOT }, (error, out, err) => {
      const code = typeof error?.code === 'number' ? error.code : Number(error !== null);
      resolve({ code, out, err });
    });
  });
}

const train = (registry: string, ...words: string[]): Promise<Run> =>
  run(
    'trainer/cli.ts',
    ...['--data-root', at('data'), '--registry', at(registry), '--parity-rows', '2000', '--quick'],
    ...words,
  );

/** Every file below `folder` with its bytes; manifests without their time. */
async function contentsOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const contents = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const text = await readFile(join(parentPath, name), 'latin1');
      const timeless = text.replaceAll(/"(created_at|at)": "[^"]+"/g, '"$1": "then"');
      return [join(parentPath, name).slice(folder.length), timeless] as const;
    }),
  );
  return Object.fromEntries(contents.sort());
}

describe('a run', () => {
  let first: Run;
  beforeAll(async () => {
    first = await train('one');
  }, 120_000);

  test('says each stage, the metrics beside the dummy’s, the parity, the version and what to type next', () => {
    expect(first).toMatchObject({ code: 0, err: '' });
    for (const stage of [
      'data',
      'split',
      'select',
      'evaluate',
      'fit',
      'convert',
      'verify',
      'pack',
      'publish',
      'report',
    ])
      expect(first.out).toMatch(new RegExp(`✓ ${stage} `));
    expect(first.out).toContain('0 of 2,400 rows differ (largest difference 0)');
    expect(first.out).toMatch(/model.+dummy/);
    expect(first.out).toMatch(/Accuracy +│ 0\.\d{3} ± 0\.\d{3} │ 0\.\d{3} ± 0\.\d{3}/);
    expect(first.out).toContain(`published ${MODEL} version 1 in ${at('one')}; it is champion`);
    expect(first.out).toContain('next: npm start');
  });

  test('writes a report beside the data root, and says where; npm run report writes the same bytes again', async () => {
    expect(first.out).toContain(`${at('reports', MODEL, '1', 'index.html')} is its report`);
    const written = await contentsOf(at('reports', MODEL, '1'));
    expect(Object.keys(written)).toContain('/confusion-matrix.svg');
    await rm(at('reports'), { recursive: true });
    const where = ['--registry', at('one'), '--data-root', at('data')];
    const { code, out, err } = await run('trainer/report-cli.ts', MODEL, 'champion', ...where);
    const figures = Object.keys(written).length - 1;
    expect({ code, out, err }).toEqual({
      code: 0,
      out: `wrote ${at('reports', MODEL, '1', 'index.html')} and ${figures} figures beside it\n`,
      err: '',
    });
    expect(await contentsOf(at('reports', MODEL, '1'))).toEqual(written);
    expect(await readdir(at('reports', MODEL))).toEqual(['1']);
  });

  test('whose report cannot be written has published all the same, and says so', async () => {
    await writeFile(at('no-folder'), '');
    const { code, out, err } = await train('unreported', '--reports', at('no-folder'));
    expect(code).toBe(0);
    expect(out).toContain(`published ${MODEL} version 1`);
    expect(out).not.toContain('is its report');
    expect(err).toMatch(/^warning: the version is published, its report is not written: .+\n$/);
    expect((await readAliases(folderStore(at('unreported')), MODEL)).aliases.champion).toBe('1');
  });

  test('leaves a version that can be read, whole and better than the dummy', async () => {
    const store = folderStore(at('one'));
    expect((await readAliases(store, MODEL)).aliases).toEqual({ champion: '1' });
    const manifest = (await readManifest(store, MODEL, '1'))!;
    for (const name of ['model.onnx', 'tree.json', 'baseline.json', 'README.md'])
      expect((await readBlob(store, manifest, name)).length).toBeGreaterThan(100);
    const text = async (name: string) =>
      new TextDecoder().decode(await readBlob(store, manifest, name));
    expect(parseTreeEnsemble(await text('tree.json')).outputs).toBe(18);
    const { model, dummy } = manifest.metrics;
    expect(model.accuracy!.mean).toBeGreaterThan(dummy.accuracy!.mean + 0.3);
    expect(model.log_loss!.mean).toBeLessThan(dummy.log_loss!.mean);
    const counted = manifest.metrics
      .confusion_matrix!.flat()
      .reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(manifest.data.rows);
    expect(manifest.data.source).toContain('synthetic');
    expect(manifest.parity).toEqual({ rows: 2400, label_differences: 0, max_difference: 0 });
    expect(new Set(manifest.examples.map(({ target }) => target)).size).toBe(3);
  });

  test('writes a card that Hugging Face reads, with the dummy in it', async () => {
    const store = folderStore(at('one'));
    const manifest = (await readManifest(store, MODEL, '1'))!;
    const card = new TextDecoder().decode(await readBlob(store, manifest, 'README.md'));
    const [, frontMatter, prose] = card.split(/^---$/m);
    for (const key of ['license', 'library_name', 'pipeline_tag', 'tags', 'metrics', 'model-index'])
      expect(frontMatter).toMatch(new RegExp(`^${key}:`, 'm'));
    expect(frontMatter).toContain('pipeline_tag: tabular-classification');
    for (const feature of asTabular(manifest).signature.features)
      expect(prose).toContain(`| \`${feature.name}\` |`);
    for (const heading of [
      'What it is for',
      'Data',
      'How good it is',
      'Limits',
      'How to make it again',
    ])
      expect(prose).toContain(`## ${heading}\n`);
    expect(prose).toContain(`npm run report -- ${MODEL} VERSION`);
    expect(prose).toMatch(/\| Accuracy \| 0\.\d+ ± 0\.\d+ \| 0\.\d+ ± 0\.\d+ \|/);
    expect(card).not.toMatch(/undefined|NaN ±|\[object/);
  });

  test('is the same bytes in another registry, but for the time', async () => {
    expect((await train('two')).code).toBe(0);
    expect(await contentsOf(at('two'))).toEqual(await contentsOf(at('one')));
  });

  test('repeated adds no version, and says so', async () => {
    const before = await contentsOf(at('one'));
    const again = await train('one');
    expect(again.code).toBe(0);
    expect(again.out).toContain('✓ data      up to date: 400 rows of crocodile');
    expect(again.out).toContain('✓ train     up to date: version 1 is of this table');
    expect(again.out).not.toContain('✓ fit');
    expect(again.out).toContain(`already published as ${MODEL} version 1`);
    const forced = await train('one', '--force');
    expect(forced.out).toContain('✓ fit');
    expect(forced.out).toContain(`already published as ${MODEL} version 1`);
    expect(await contentsOf(at('one'))).toEqual(before);
    expect(await listVersions(folderStore(at('one')), MODEL)).toEqual(['1']);
  });

  test('--unless-published stops at once where a champion is', async () => {
    const { code, out } = await train('one', '--unless-published');
    expect({ code, out }).toEqual({
      code: 0,
      out: `${MODEL}: version 1 is champion in ${at('one')}\n`,
    });
    const other = await train('one', '--unless-published', '--parity-rows', '3000');
    expect(other).toMatchObject({
      code: 0,
      out: `${MODEL}: version 1 is champion in ${at('one')}; npm run trainer would make another\n`,
    });
  });

  test('--json prints the manifest and who is champion, and nothing else', async () => {
    const { code, out } = await train('json', '--unless-published', '--json');
    expect(code).toBe(0);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ model: MODEL, version: '1', champion: '1', added: true });
    expect(answer.report).toBe(at('reports', MODEL, '1', 'index.html'));
    expect(parseManifest(out).metrics.folds).toBe(5);
    const { out: second } = await train('json', '--unless-published', '--json');
    expect(JSON.parse(second)).toEqual({ model: MODEL, version: '1', champion: '1', added: false });
  });
});

test('without --quick every candidate is tried, and a table says how each did', async () => {
  const spec = await readFile(join(ROOT, 'models', MODEL, 'spec.ts'), 'utf8');
  const grid = `[
    { algorithm: 'tree', parameters: { max_depth: [1, 24], min_rows: 5, smoothing: 1 } },
    { algorithm: 'linear', parameters: { l2: 1 } },
  ],
  budget`;
  await mkdir(at('specs', 'models', MODEL), { recursive: true });
  await writeFile(
    at('specs', 'models', MODEL, 'spec.ts'),
    spec.replace(/candidates: [^]+budget/, `candidates: ${grid}`).replace('folds: 5', 'folds: 2'),
  );
  const { code, out, err } = await run(
    'trainer/cli.ts',
    ...['--data-root', at('data'), '--spec-root', at('specs'), '--registry', at('grid')],
    ...['--parity-rows', '500', '--threads', '2'],
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('3 candidates on 2 folds');
  const rows = [...out.matchAll(/│ (tree, max_depth \d+|linear|dummy) +│ +([\d.]+) ±/g)];
  expect(rows).toHaveLength(4);
  const [, ...losses] = rows.map(([, , loss]) => Number(loss));
  expect(losses).toEqual([...losses].sort((a, b) => a - b));
  expect(rows.at(-1)![1]).toBe('dummy');
  expect(out.slice(rows[0]!.index, rows[1]!.index)).toContain('taken');
  expect(out.match(/│ taken +│/g)).toHaveLength(1);
  expect(out).toMatch(/by 3 inner folds/);
});

test('Ctrl-C leaves no version and says how to go on', async () => {
  const child = spawn(
    process.execPath,
    ['trainer/cli.ts', '--data-root', at('data'), '--registry', at('stopped'), '--threads', '1'],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let [out, err] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    if (out.includes('✓ split')) child.kill('SIGINT');
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, err }).toEqual({
    code: 130,
    err: expect.stringMatching(/^stopped: no version is half-done; run it again.+\n$/),
  });
  expect(await listVersions(folderStore(at('stopped')), MODEL)).toEqual([]);
});

describe('what cannot be done is one line and exit code 1', () => {
  const lines = (text: string): number => text.trimEnd().split('\n').length;

  test('no raw table', async () => {
    await cp(join(ROOT, 'data', 'crocodile', 'schema.ts'), at('empty', 'crocodile', 'schema.ts'));
    const { code, err } = await train('none', '--data-root', at('empty'));
    expect(code).toBe(1);
    expect(err).toMatch(/^error: no raw table/);
    expect(lines(err)).toBe(1);
    expect(await listVersions(folderStore(at('none')), MODEL)).toEqual([]);
  });

  test('no such model', async () => {
    const { code, err } = await train('none', '--model', 'unicorns');
    expect({ code, err }).toEqual({
      code: 1,
      err: `error: no such model: unicorns (there are: ${MODEL})\n`,
    });
  });

  test('no such model, version or alias to report on', async () => {
    const report = (...words: string[]): Promise<Run> =>
      run('trainer/report-cli.ts', ...words, '--registry', at('one'));
    expect(await report('unicorns')).toMatchObject({
      code: 1,
      err: `error: no such model in ${at('one')}: unicorns (there is: ${MODEL})\n`,
    });
    const missing = await report(MODEL, '9');
    expect(missing).toMatchObject({
      code: 1,
      err: `error: no such version of ${MODEL}: 9 (there is: 1)\n`,
    });
  });

  test('a registry that is a file', async () => {
    const { code, err } = await train(join('data', 'crocodile', 'schema.ts'));
    expect(code).toBe(1);
    expect(lines(err)).toBe(1);
    expect(err).not.toContain('    at ');
  });
});

describe('what was not asked for rightly is exit code 2', () => {
  test.each([
    [['--bogus']],
    [['--parity-rows', '0']],
    [['--parity-rows', 'many']],
    [['--threads', '0']],
    [['--model']],
    [['extra']],
  ])('%o', async (words) => {
    const { code, out, err } = await run('trainer/cli.ts', ...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^error: .+\n$/);
  });

  test('--help is no fault, and names every option', async () => {
    const { code, out } = await run('trainer/cli.ts', '--help');
    expect(code).toBe(0);
    for (const option of [
      '--model',
      '--registry',
      '--data-root',
      '--persist-to',
      '--parity-rows',
      '--threads',
      '--reports',
      '--quick',
      '--force',
      '--unless-published',
      '--json',
    ])
      expect(out).toContain(option);
    expect(out).toMatch(/Examples:\n {2}npm run trainer/);
  });
});
