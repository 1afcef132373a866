// `npm run data -- --describe`: a table in 80 columns of a terminal.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatasetSchema } from '#contract/schema.ts';
import { schemaSource } from '#data/infer/schema-source.ts';
import { histogram, sparkline } from '#data/describe/sparkline.ts';
import { takeTable } from '#data/versions/take.ts';
import { writeWhole } from '#data/write-file.ts';
import { runData } from './run-cli.ts';

const schema: DatasetSchema = {
  dataset: 'homes',
  title: 'Homes',
  description: 'One row a home.',
  source: 'made up',
  licence: 'none',
  format: { delimiter: ';', decimal: ',', missing: ['NA', '?'] },
  columns: [
    {
      name: 'A size with a name that is longer than its column',
      type: 'number',
      unit: 'm²',
      minimum: 0,
      maximum: 1e6,
      nullable: true,
      description: '',
    },
    { name: 'zone', type: 'category', categories: null, description: '' },
    { name: 'pool', type: 'boolean', nullable: true, description: '' },
    { name: 'sold', type: 'date', order: 'month-first', description: '' },
    {
      name: 'empty',
      type: 'number',
      unit: null,
      minimum: 0,
      maximum: 1,
      nullable: true,
      description: '',
    },
    { name: 'note', type: 'text', nullable: true, description: '' },
  ],
};
const csv = `A size with a name that is longer than its column;zone;pool;sold;empty;note
1,5;north and a very long way further north;yes;01/31/2024;NA;x
1.200,25;south;No;12/01/2019;;
?;south;?;02/29/2020;;y
`;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'gharial-describe-'));
  const source = new TextEncoder().encode(schemaSource(schema));
  await writeWhole(path.join(root, 'homes', 'schema.ts'), source);
  const bytes = new TextEncoder().encode(csv);
  await takeTable(root, schema, {
    bytes,
    name: 'homes.csv',
    source: 'file homes.csv',
    synthetic: false,
  });
});
afterAll(() => rm(root, { recursive: true, force: true }));

test('each column has its gaps, distinct values, ends and a picture', async () => {
  const { code, out, err } = await runData(root, ['--dataset', 'homes', '--describe']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd().replace(/ {2,}/g, ' | '));
  expect(lines).toEqual([
    'there | homes: 3 rows, 6 columns',
    'source | file homes.csv',
    '',
    'column | missing | distinct | values',
    'A size with a name … | 33% | 2 | 1.5 to 1200.3 m² | █ | █',
    'zone | 0 | 2 | south 67% | █▄',
    'pool | 33% | 2 | 50% true | ██',
    'sold | 0 | 3 | 2019-12-01 to 2024-01-31 | █ | ▄',
    'empty | 100% | 0 | empty',
    'note | 33% | 2 | text',
  ]);
  for (const line of out.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(80);
});

test('it goes with no other command', async () => {
  const file = path.join(root, 'other.csv');
  await writeFile(file, csv);
  const { code } = await runData(root, ['--dataset', 'homes', '--describe', '--from', file]);
  expect(code).toBe(2);
});

describe('a sparkline', () => {
  test.each([
    [[], ''],
    [[0, 0], '  '],
    [[1, 8], '▁█'],
    [[1, 1000], '▁█'],
    [[8, 4, 0, 2], '█▄ ▂'],
  ])('%j is %j', (counts, line) => {
    expect(sparkline(counts)).toBe(line);
  });

  test('is of equal parts, the ends in the first and the last', () => {
    expect(histogram([0, 1, 2, 3, 4, 5, 6, 7, 8, 10], 5)).toEqual([2, 2, 2, 2, 2]);
    expect(histogram([7, 7], 3)).toEqual([2, 0, 0]);
    expect(histogram([], 2)).toEqual([0, 0]);
  });
});
