// The real table, where a copy is beside the repository; it is never part of it.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import schema from '#data/crocodile/schema.ts';
import { SPECIES } from '#data/crocodile/species.ts';
import { generateTable } from '#data/source/generator.ts';
import { parseTable } from '#data/read/parse-table.ts';
import { REPOSITORY, utf8 } from './tiny.ts';

const FILE = path.join(REPOSITORY, '../shared/data/crocodile_dataset.csv');

describe.skipIf(!existsSync(FILE))('the real table', () => {
  // Read in the tests: the body of a skipped group runs too.
  const read = (): Promise<Buffer> => readFile(FILE);

  test('is read without a fault: 1,000 rows, nothing empty, nothing ignored', async () => {
    const table = parseTable(await read(), schema, FILE);
    expect(table.rows).toBe(1000);
    expect(table.ignored).toEqual([]);
    for (const cells of Object.values(table.columns)) expect(cells).not.toContain(null);
    expect(table.columns['Date of Observation']![0]).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  test('gives the same rows with slashes in its days, LF and a byte order mark', async () => {
    const text = (await read()).toString();
    const other = `\ufeff${text.replaceAll('\r\n', '\n').replace(/,(\d\d)-(\d\d)-(\d{4}),/g, ',$1/$2/$3,')}`;
    expect(other).toMatch(/,\d\d\/\d\d\/\d{4},/);
    expect(parseTable(utf8(other), schema, 'other')).toEqual(
      parseTable(await read(), schema, FILE),
    );
  });

  test('has the header, countries, habitats and species of the synthetic one', async () => {
    const root = path.join(REPOSITORY, 'data');
    const synthetic = await generateTable(root, schema, { seed: 1, rows: 5000 });
    const firstLine = (raw: Uint8Array): string => Buffer.from(raw).toString().split(/\r?\n/)[0]!;
    expect(firstLine(synthetic.bytes)).toBe(firstLine(await read()));
    const real = parseTable(await read(), schema, FILE).columns;
    const made = parseTable(synthetic.bytes, schema, synthetic.name).columns;
    for (const name of ['Country/Region', 'Habitat Type', 'Common Name', 'Sex', 'Age Class'])
      expect(new Set(made[name])).toEqual(new Set(real[name]));
  });

  test('has the scientific name and status of each species as species.ts has them', async () => {
    const { columns } = parseTable(await read(), schema, FILE);
    for (const { common, scientific, status } of SPECIES) {
      const row = columns['Common Name']!.indexOf(common);
      expect(columns['Scientific Name']![row]).toBe(scientific);
      expect(columns['Conservation Status']![row]).toBe(status);
    }
  });
});
