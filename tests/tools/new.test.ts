// From a CSV that nobody has described to a published version whose answers are right, through the commands themselves.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asTabular, parseManifest, type TabularManifest } from '#contract/manifest.ts';
import { parseNumber } from '#data/read/parse-number.ts';
import { SHAPES, type Shape } from './new-tables.ts';
import { runCli, type Run } from './run-cli.ts';
import { typeFaults } from './type-faults.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gharial-new-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** One folder for each test: nothing of one is there for another. */
async function place(name: string): Promise<{ folder: string; registry: string }> {
  const folder = join(root, name.replace(/\W+/g, '-'));
  await mkdir(folder, { recursive: true });
  return { folder, registry: join(folder, 'registry') };
}

async function manifestOf(registry: string): Promise<TabularManifest> {
  const [model] = (await readdir(registry)).filter((entry) => !entry.startsWith('.'));
  const path = join(registry, model!, 'versions', '1', 'manifest.json');
  return asTabular(parseManifest(await readFile(path, 'utf8')));
}

const published = (folder: string, registry: string): readonly string[] => [
  ...['--root', folder, '--registry', registry, '--parity-rows', '500'],
];

describe.concurrent.each(Object.entries(SHAPES))('%s', (name, shape) => {
  test('becomes a version that answers its own rows right', async () => {
    const { folder, registry } = await place(name);
    const file = join(folder, shape.file);
    await writeFile(file, shape.csv);
    const made = await runCli('tools/new.ts', [
      ...[file, '--target', shape.target, ...(shape.options ?? [])],
      ...(shape.full === true ? [] : ['--quick']),
      ...published(folder, registry),
    ]);
    expect(made, made.err).toMatchObject({ code: 0, err: '' });
    for (const words of [shape.task, ...(shape.said ?? [])]) expect(made.out).toContain(words);
    expect(keptOut(made)).toEqual(
      Object.entries(shape.keptOut ?? {}).map(([column, why]) => [
        column,
        expect.stringContaining(why),
      ]),
    );

    const { model, task, signature, parity } = await manifestOf(registry);
    expect(task).toBe(shape.task);
    expect(parity.label_differences).toBe(0);
    const types = signature.features.map((feature) => [feature.name, feature.type]);
    expect(Object.fromEntries(types)).toEqual(shape.features);

    const answers = await runCli('trainer/predict-cli.ts', [
      ...[file, '--model', model, '--registry', registry],
    ]);
    expect(answers.code, answers.err).toBe(0);
    expect(scoreOf(answers, shape)).toBeGreaterThan(shape.least);
  }, 120_000);
});

/** Column and reason of each line below "kept out". */
function keptOut({ out }: Run): string[][] {
  const lines = out.split('\n');
  const start = lines.findIndex((line) => line.startsWith('kept out'));
  if (start === -1) return [];
  const after = lines.slice(start + 1).findIndex((line) => !line.startsWith('  '));
  return lines.slice(start, start + 1 + after).map((line) => line.slice(10).trim().split(/ {2,}/));
}

/** The share of right labels, or R², of rows that must all have an answer. */
function scoreOf({ out }: Run, { target, task }: Shape): number {
  const rows = parse<Record<string, string>>(out, { columns: true });
  expect(rows.filter(({ error }) => error !== '')).toEqual([]);
  if (task === 'classification')
    return rows.filter((row) => row.label === row[target]!.trim()).length / rows.length;
  const decimal = rows.some((row) => /,\d{1,2}$/.test(row[target]!)) ? ',' : '.';
  const truths = rows.map((row) => parseNumber(row[target]!, decimal)!);
  const mean = truths.reduce((sum, truth) => sum + truth, 0) / truths.length;
  const squares = (guess: (index: number) => number): number =>
    truths.reduce((sum, truth, index) => sum + (truth - guess(index)) ** 2, 0);
  return 1 - squares((index) => Number(rows[index]!.value)) / squares(() => mean);
}

test('a table that is piped in takes the name it is given', async () => {
  const { folder, registry } = await place('piped');
  const { csv } = SHAPES['commas, two labels']!;
  const made = await runCli(
    'tools/new.ts',
    ['-', '--target', 'Kind', '--name', 'piped', '--quick', ...published(folder, registry)],
    csv,
  );
  expect(made, made.err).toMatchObject({ code: 0 });
  expect(made.out).toContain('npm run predict -- rows.csv --model piped');
  expect((await manifestOf(registry)).model).toBe('piped');
  const answers = await runCli(
    'trainer/predict-cli.ts',
    ['-', '--model', 'piped', '--registry', registry, '--version', '1'],
    'size_m2,zone,kind\n200,north,\n31,south,\nhuge,north,\n40\n',
  );
  const rows = parse(answers.out).map((cells) => cells.slice(3));
  expect(rows[0]).toEqual(['label', 'probability', 'error']);
  expect(rows[1]![0]).toBe('house');
  expect(rows[2]![0]).toBe('flat');
  expect(rows[3]).toEqual(['', '', 'size_m2 must be a number, not a string']);
  expect(rows[4]).toEqual(['', '', '1 cells in place of 3']);
  expect(answers.err).toContain('2 rows have an error and no answer');
}, 60_000);

test.each([
  'headers of other scripts, and headers with one API name',
  'bars, and quoted cells with bars, quotes and line breaks',
  'identifiers, constants, twins and prose',
])(
  'the files that are written are the TypeScript they are meant to be: %s',
  async (shape) => {
    const { folder } = await place(`types of ${shape}`);
    const { file, csv, target } = SHAPES[shape]!;
    await writeFile(join(folder, file), csv);
    const made = await runCli('tools/new.ts', [
      ...[join(folder, file), '--target', target, '--name', 'typed'],
      ...['--root', folder, '--no-train'],
    ]);
    expect(made.code, made.err).toBe(0);
    expect(typeFaults(folder, 'typed')).toEqual([]);
  },
  60_000,
);

test('a name that was made up moves out of the way; one that was asked for does not', async () => {
  const { folder } = await place('names');
  const file = join(folder, 'My Homes!.csv');
  await writeFile(file, SHAPES['commas, two labels']!.csv);
  const run = (...options: string[]): Promise<Run> =>
    runCli('tools/new.ts', [file, '--target', 'kind', '--root', folder, '--no-train', ...options]);
  expect(await run()).toMatchObject({ code: 0 });
  const second = await run();
  expect(second.out).toContain('called my-homes-2: there is a my-homes already');
  expect(await run('--name', 'my-homes')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('there is one already') as string,
  });
  await writeFile(join(folder, 'models', 'my-homes', 'spec.ts'), '// mine\n');
  const forced = await run('--name', 'my-homes', '--force', '--drop', 'zone');
  expect(forced.out).toContain('left out, as asked');
  expect(await readFile(join(folder, 'models', 'my-homes', 'spec.ts.old'), 'utf8')).toBe(
    '// mine\n',
  );
  expect(await readdir(join(folder, 'data'))).toEqual(['my-homes', 'my-homes-2']);
}, 60_000);
