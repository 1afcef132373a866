// `npm run predict`: rows of a file, answered by a version that was published, as the API would answer them.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TabularDraft } from '#contract/manifest.ts';
import { promote, publish } from '#contract/registry/registry.ts';
import { encodedSignature } from '#contract/features/encoded.ts';
import type { Signature } from '#contract/signature.ts';
import type { TreeEnsemble } from '#contract/model/tree.ts';
import { convert } from '../../trainer/convert/convert.ts';
import { folderStore } from '../../store/folder.ts';
import { draftOf } from '../contract/draft.ts';
import { runCli, type Run } from '../tools/run-cli.ts';

const base = { description: '', nullable: true };
const signature: Signature = {
  features: [
    {
      ...base,
      type: 'number',
      name: 'size_m',
      column: 'Size (m)',
      unit: 'm',
      minimum: 0,
      maximum: 9,
      nullable: false,
    },
    { ...base, type: 'boolean', name: 'pool', column: 'Pool' },
    {
      ...base,
      type: 'date',
      name: 'sold',
      column: 'Sold',
      minimum: '2020-01-01',
      maximum: '2024-12-31',
    },
    { ...base, type: 'category', name: 'zone', column: 'Zone', categories: ['a', 'NA'] },
  ],
  target: { type: 'category', name: 'kind', column: 'Kind', labels: ['flat', 'house'] },
};
/** size < 3 → flat; else by the day of the week: a Saturday or Sunday → house, any other → flat ¾. */
const ensemble: TreeEnsemble = {
  format_version: 1,
  outputs: 2,
  base_values: [0, 0],
  trees: [
    {
      mode: ['lt', 'leaf', 'lt', 'leaf', 'leaf'],
      feature: [0, 0, 4, 0, 0],
      threshold: [3, 0, 6, 0, 0],
      left: [1, 0, 3, 0, 0],
      right: [2, 0, 4, 0, 0],
      cover: [4, 2, 2, 1, 1],
      value: [[], [1, 0], [], [0.75, 0.25], [0, 1]],
    },
  ],
};

let root: string;
let registry: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gharial-predict-'));
  registry = join(root, 'registry');
  const store = folderStore(registry);
  const encoded = encodedSignature(signature);
  const { bytes, inputs, outputs } = convert(ensemble, {
    model: 'homes',
    signature: encoded,
    tools: { gharial: '0.1.0' },
  });
  const draft: TabularDraft = { ...draftOf('homes'), signature, tensors: { inputs, outputs } };
  await publish(store, draft, { 'model.onnx': bytes });
  const move = { at: '2026-01-01T00:00:00.000Z', by: 'a test', reason: 'to be asked' };
  await promote(store, 'homes', { ...move, alias: 'champion', to: '1' });
});
afterAll(() => rm(root, { recursive: true, force: true }));

const run = (args: readonly string[], input = ''): Promise<Run> =>
  runCli('trainer/predict-cli.ts', ['--model', 'homes', '--registry', registry, ...args], input);

const lines = ({ out }: Run): string[] => out.trimEnd().split('\n');

describe('a file is answered row by row, however it writes its cells', () => {
  test.each([
    [
      'as the dataset names its columns',
      'Zone,Size (m),Pool,Sold\na,2.5,yes,2024-03-02\na,4,no,2024-03-02\na,4,,2024-03-04\n',
    ],
    [
      'as the API names them',
      'zone,size_m,pool,sold\na,2.5,true,2024-03-02\na,4,false,2024-03-02\na,4,,2024-03-04\n',
    ],
    [
      'semicolons, decimal commas, days first',
      'zone;size_m;pool;sold\r\na;2,5;1;02.03.2024\r\na;4,0;0;02.03.2024\r\na;4,0;NA;04.03.2024\r\n',
    ],
    [
      'a byte order mark and tabs, months first',
      '\ufeffzone\tsize_m\tsold\na\t2.5\t03/02/2024\na\t4\t03/02/2024\na\t4\t03/04/2024\na\t1\t12/31/2023\n',
    ],
  ])('%s', async (_, csv) => {
    const answers = await run(['-'], csv);
    expect(answers.code, answers.err).toBe(0);
    const cells = lines(answers).map((line) => line.split(',').slice(-3));
    expect(cells.slice(0, 4)).toEqual([
      ['label', 'probability', 'error'],
      ['flat', '1', ''],
      ['house', '1', ''],
      ['flat', '0.75', ''],
    ]);
  });
});

test('a row that is none has an error and no answer; the others are answered', async () => {
  const csv = 'size_m,zone,label,Pool\n1,a,x,maybe\n"1,5 m",a,"y ""z""",\n,b,,\n2,NA\n2,NA,,\n';
  const answers = await run(['-'], csv);
  expect(lines(answers)).toEqual([
    'size_m,zone,label,Pool,label_2,probability,error',
    '1,a,x,maybe,,,"pool must be true or false, not a string"',
    '"1,5 m",a,"y ""z""",,,,"size_m must be a number, not a string"',
    ',b,,,,,"size_m must be a number, not null"',
    '2,NA,,,,,2 cells in place of 4',
    '2,NA,,,flat,1,',
  ]);
  expect(answers.err).toContain('5 rows by homes 1');
  expect(answers.err).toContain('4 rows have an error and no answer');
  expect(answers.err).toContain('1 rows have a value unlike any the model was trained on');
  expect(answers.code).toBe(0);
});

test('a file larger than a batch comes back whole, in order, and only when it is whole', async () => {
  const file = join(root, 'many.csv');
  const out = join(root, 'answers.csv');
  const rows = Array.from({ length: 5000 }, (_, row) => `${row},${(row % 60) / 10},a`);
  await writeFile(file, ['row,size_m,zone', ...rows, ''].join('\n'));
  const answers = await run([file, '--out', out]);
  expect(answers).toMatchObject({ code: 0, out: '' });
  const [, ...written] = (await readFile(out, 'utf8')).trimEnd().split('\n');
  expect(written).toHaveLength(5000);
  written.forEach((line, row) => {
    const [place, size, , label] = line.split(',');
    expect([Number(place), label]).toEqual([row, Number(size) < 3 ? 'flat' : 'house']);
  });

  await writeFile(file, ['row,size_m,zone', ...rows, '9,9,"open'].join('\n'));
  const broken = await run([file, '--out', join(root, 'broken.csv')]);
  expect(broken.code).toBe(1);
  expect(broken.err).toContain('many.csv: ');
  expect((await readdir(root)).sort()).toEqual(['answers.csv', 'many.csv', 'registry']);
});

test.each([
  [['nowhere.csv'], 1, 'no such file: nowhere.csv'],
  [['-', '--model', 'boats'], 1, 'no such model in'],
  [['-', '--version', '7'], 1, 'no such version of homes: 7 (there is: 1)'],
  [['-', '--version', 'shadow'], 1, 'no such version of homes: shadow (there is: 1)'],
  [['-'], 1, 'missing columns: Size (m)'],
  [[], 2, "missing required argument 'file'"],
])('%j is refused in one line', async (args, code, message) => {
  const answer = await run(args, 'zone\na\n');
  expect(answer).toMatchObject({ code, out: '' });
  expect(answer.err).toContain(message);
  expect(answer.err.trim().split('\n')).toHaveLength(1);
});
