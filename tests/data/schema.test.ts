// A schema is written by hand: it is checked when it is loaded, and the card beside it may not tell another story.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadSchema } from '#data/schema/load-schema.ts';
import { parseSchema } from '#data/schema/parse-schema.ts';
import crocodile from '#data/crocodile/schema.ts';
import { SPECIES } from '#data/crocodile/species.ts';
import { BIRDS, REPOSITORY, temporaryRoot } from './tiny.ts';

const [ring, weight, sex] = BIRDS.columns;

const faults: readonly (readonly [string, unknown, string])[] = [
  ['nothing', undefined, '(root) must be an object'],
  [
    'a schema of another folder',
    { ...BIRDS, dataset: 'fish' },
    "/dataset must be the folder's name: birds",
  ],
  ['no title', { ...BIRDS, title: undefined }, '/title must be a string'],
  ['no columns', { ...BIRDS, columns: [] }, '/columns must not be empty'],
  [
    'two columns of one API name',
    { ...BIRDS, columns: [ring, { ...ring, name: 'ring!' }] },
    '/columns/1/name has the API name of Ring: ring',
  ],
  [
    'a column without letters',
    { ...BIRDS, columns: [{ ...ring, name: '%' }] },
    '/columns/0/name must have a letter or digit',
  ],
  [
    'a column with a space after it',
    { ...BIRDS, columns: [{ ...ring, name: 'Ring ' }] },
    '/columns/0/name must have no space around it and be in Unicode NFC',
  ],
  [
    'an unknown type',
    { ...BIRDS, columns: [{ ...ring, type: 'integer' }] },
    '/columns/0/type must be "number", "category", "boolean", "date" or "text"',
  ],
  [
    'a range that is upside down',
    { ...BIRDS, columns: [{ ...weight, minimum: 1000 }] },
    '/columns/0/minimum must not be above maximum',
  ],
  [
    'a range that is open',
    { ...BIRDS, columns: [{ ...weight, maximum: Infinity }] },
    '/columns/0/maximum must be a finite number',
  ],
  [
    'a category twice',
    { ...BIRDS, columns: [{ ...sex, categories: ['a', 'a'] }] },
    '/columns/0/categories must be unique',
  ],
  [
    'no category at all',
    { ...BIRDS, columns: [{ ...sex, categories: [] }] },
    '/columns/0/categories must not be empty',
  ],
  [
    'categories that were forgotten',
    { ...BIRDS, columns: [{ ...sex, categories: undefined }] },
    '/columns/0/categories must be a list',
  ],
];

test.each(faults)('%s is refused', (_, value, message) => {
  expect(() => parseSchema(value, 'birds')).toThrow(message);
});

test('a schema that is in order comes back with every column', () => {
  const parsed = parseSchema(BIRDS, 'birds');
  expect(parsed).toMatchObject(BIRDS);
  expect(parsed.columns).toHaveLength(BIRDS.columns.length);
});

test('a dataset is whatever folder has a schema', async () => {
  const root = await temporaryRoot();
  expect((await loadSchema(root, 'birds')).title).toBe('Birds');
  expect((await loadSchema(root, 'crocodile')).columns).toHaveLength(15);
  await expect(loadSchema(root, 'fish')).rejects.toThrow(
    'no such dataset: fish (there is: birds, crocodile)',
  );
  await expect(loadSchema(root, '../birds')).rejects.toThrow('no such dataset: ../birds');
  await expect(loadSchema(path.join(root, 'nowhere'), 'birds')).rejects.toThrow(
    'no folder of datasets: ',
  );
});

test('a schema that cannot be read names its file', async () => {
  const root = await temporaryRoot();
  await writeFile(path.join(root, 'birds', 'schema.ts'), 'export const schema = {};\n');
  await expect(loadSchema(root, 'birds')).rejects.toThrow(
    'birds/schema.ts: (root) must be an object',
  );
  const other = await temporaryRoot();
  await writeFile(path.join(other, 'birds', 'schema.ts'), 'throw new Error("not today");\n');
  await expect(loadSchema(other, 'birds')).rejects.toThrow(
    'birds/schema.ts: cannot be imported: not today',
  );
});

test('the card has a row for each column of the schema, and for no other', async () => {
  const card = await readFile(path.join(REPOSITORY, 'data/crocodile/README.md'), 'utf8');
  const dictionary = card.split('## Columns')[1]!.split('##')[0]!;
  const rows = [...dictionary.matchAll(/^\| ([^|]+?) +\|/gm)].map(([, name]) => name);
  expect(rows.filter((name) => name !== 'Column' && !/^-+$/.test(name!))).toEqual(
    crocodile.columns.map((column) => column.name),
  );
});

test('schema and species agree on names, genera and statuses', () => {
  const listed = (name: string): readonly string[] => {
    const column = crocodile.columns.find((known) => known.name === name);
    return column?.type === 'category' ? (column.categories ?? []) : [];
  };
  const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();
  expect(sorted(SPECIES.map(({ common }) => common))).toEqual(listed('Common Name'));
  expect(sorted(SPECIES.map(({ scientific }) => scientific))).toEqual(listed('Scientific Name'));
  expect(sorted(SPECIES.map(({ scientific }) => scientific.split(' ')[0]!))).toEqual(
    listed('Genus'),
  );
  for (const { status } of SPECIES) expect(listed('Conservation Status')).toContain(status);
});
