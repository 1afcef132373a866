// A dataset small enough to be read in a test, and folders of datasets that are gone when the test is.

import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { DatasetSchema } from '#contract/schema.ts';

export const REPOSITORY = path.resolve(import.meta.dirname, '../..');

export const BIRDS: DatasetSchema = {
  dataset: 'birds',
  title: 'Birds',
  description: 'Birds at a feeder.',
  source: 'https://example.org/birds',
  licence: 'CC0',
  columns: [
    {
      name: 'Ring',
      type: 'number',
      unit: null,
      minimum: 1,
      maximum: 99,
      integer: true,
      description: '',
    },
    {
      name: 'Weight (g)',
      type: 'number',
      unit: 'g',
      minimum: 2,
      maximum: 900,
      nullable: true,
      description: '',
    },
    { name: 'Sex', type: 'category', categories: ['Female', 'Male', 'Unknown'], description: '' },
    { name: 'Country', type: 'category', categories: null, description: '' },
    { name: 'Seen', type: 'date', description: '' },
    { name: 'Notes', type: 'text', nullable: true, description: '' },
  ],
};

export const HEADER = 'Ring,Weight (g),Sex,Country,Seen,Notes';

/** Three sound rows: a quoted comma, an empty cell, a letter outside of ASCII. */
export const TABLE = [
  HEADER,
  '1,18.5,Female,Cuba,31-03-2018,"shy, small"',
  "2,,Male,Côte d'Ivoire,01-12-2020,",
  '3,300,Unknown,Cuba,29-02-2024,"said ""kek"""',
  '',
].join('\n');

export const COLUMNS = {
  Ring: [1, 2, 3],
  'Weight (g)': [18.5, null, 300],
  Sex: ['Female', 'Male', 'Unknown'],
  Country: ['Cuba', "Côte d'Ivoire", 'Cuba'],
  Seen: ['2018-03-31', '2020-12-01', '2024-02-29'],
  Notes: ['shy, small', null, 'said "kek"'],
};

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An empty folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gharial-data-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A root with the datasets birds (of `schema`) and crocodile, without any raw table. */
export async function temporaryRoot(schema: DatasetSchema = BIRDS): Promise<string> {
  const root = await temporaryFolder();
  await mkdir(path.join(root, 'birds'));
  await writeFile(
    path.join(root, 'birds', 'schema.ts'),
    `export default ${JSON.stringify(schema)};\n`,
  );
  for (const file of ['schema.ts', 'generate.ts', 'species.ts'])
    await cp(path.join(REPOSITORY, 'data', 'crocodile', file), path.join(root, 'crocodile', file));
  return root;
}

/** Every file below a folder with its content, to compare before with after. */
export async function contentsOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  const contents = await Promise.all(files.map((file) => readFile(file, 'latin1')));
  return Object.fromEntries(
    files.map((file, index) => [
      path.relative(folder, file).replaceAll(path.sep, '/'),
      contents[index]!,
    ]),
  );
}
