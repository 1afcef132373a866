// The synthetic table: always the same, sound by its own schema, labelled as what it is, and neither trivial nor wrong.

import { createHash } from 'node:crypto';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import schema from '#data/crocodile/schema.ts';
import { SPECIES } from '#data/crocodile/species.ts';
import { generateTable } from '#data/source/generator.ts';
import { parseTable, type Table } from '#data/read/parse-table.ts';
import { createRandom } from '#data/random.ts';
import { BIRDS, REPOSITORY, temporaryRoot } from './tiny.ts';

const ROOT = path.join(REPOSITORY, 'data');

const generated = (options: { seed: number; rows: number }) => generateTable(ROOT, schema, options);

async function tableOf(options: { seed: number; rows: number }): Promise<Table> {
  return parseTable((await generated(options)).bytes, schema, 'synthetic.csv');
}

const rowsOf = ({ rows, columns }: Table): readonly Record<string, unknown>[] =>
  Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells[row]])),
  );

test('seed 1 gives these bytes on every machine', async () => {
  const { bytes } = await generated({ seed: 1, rows: 1000 });
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(
    'ec043d2a6b2c27d28af6493cd729b07b40cab057538a580394b32285a1468935',
  );
});

test('a table has the rows that are asked for, and another seed gives another table', async () => {
  expect((await tableOf({ seed: 1, rows: 7 })).rows).toBe(7);
  const [one, two] = [await generated({ seed: 1, rows: 7 }), await generated({ seed: 2, rows: 7 })];
  expect(one.bytes).not.toEqual(two.bytes);
});

test('a longer table begins with the shorter one', async () => {
  const short = Buffer.from((await generated({ seed: 3, rows: 20 })).bytes);
  const long = Buffer.from((await generated({ seed: 3, rows: 50 })).bytes);
  expect(long.subarray(0, short.length)).toEqual(short);
});

test('table, source and every row say synthetic', async () => {
  const table = await generated({ seed: 1, rows: 1000 });
  expect(table.synthetic).toBe(true);
  expect(table.source).toBe('synthetic: made up by data/crocodile/generate.ts, seed 1, 1000 rows');
  const { columns } = parseTable(table.bytes, schema, table.name);
  expect(new Set(columns['Observer Name'])).toEqual(new Set(['synthetic']));
  expect(columns.Notes!.every((note) => String(note).startsWith('Made up by'))).toBe(true);
});

describe('in 20,000 rows', () => {
  const rows = tableOf({ seed: 4, rows: 20_000 }).then(rowsOf);

  test('every species, country, habitat, age and sex is met', async () => {
    const distinct = async (name: string): Promise<number> =>
      new Set((await rows).map((row) => row[name])).size;
    expect(await distinct('Common Name')).toBe(18);
    expect(await distinct('Country/Region')).toBe(47);
    expect(await distinct('Habitat Type')).toBe(29);
    expect(await distinct('Age Class')).toBe(4);
    expect(await distinct('Sex')).toBe(3);
  });

  test('no species is where it does not live, or longer than its largest', async () => {
    for (const row of await rows) {
      const species = SPECIES.find(({ common }) => common === row['Common Name'])!;
      expect(species.countries.map(([name]) => name)).toContain(row['Country/Region']);
      expect(species.habitats.map(([name]) => name)).toContain(row['Habitat Type']);
      expect(row['Observed Length (m)']).toBeGreaterThanOrEqual(species.length.hatched - 0.005);
      expect(row['Observed Length (m)']).toBeLessThanOrEqual(species.length.male + 0.005);
    }
  });

  test('weights are those of animals: a metre is 1.5 to 8 kg, four metres 150 to 400 kg', async () => {
    const weights = (low: number, high: number): Promise<readonly number[]> =>
      rows.then((all) =>
        all
          .filter(
            (row) =>
              Number(row['Observed Length (m)']) >= low &&
              Number(row['Observed Length (m)']) <= high,
          )
          .map((row) => Number(row['Observed Weight (kg)'])),
      );
    const [small, large] = [await weights(0.98, 1.02), await weights(3.95, 4.05)];
    expect(Math.min(...small)).toBeGreaterThan(1.5);
    expect(Math.max(...small)).toBeLessThan(8);
    expect(Math.min(...large)).toBeGreaterThan(150);
    expect(Math.max(...large)).toBeLessThan(400);
  });

  test('a subadult in a swamp of Cuba is a Cuban Crocodile', async () => {
    const cuban = (await rows).filter(
      (row) =>
        row['Country/Region'] === 'Cuba' &&
        row['Habitat Type'] === 'Swamps' &&
        row['Age Class'] === 'Subadult',
    );
    expect(cuban.length).toBeGreaterThan(50);
    expect(new Set(cuban.map((row) => row['Common Name']))).toEqual(new Set(['Cuban Crocodile']));
  });

  test('place and habitat alone leave some rows open: 98 to 99.5 of 100 can be right', async () => {
    const counts = new Map<string, Map<unknown, number>>();
    for (const row of await rows) {
      const place = `${String(row['Country/Region'])}, ${String(row['Habitat Type'])}`;
      const here = counts.get(place) ?? new Map<unknown, number>();
      counts.set(place, here.set(row['Common Name'], (here.get(row['Common Name']) ?? 0) + 1));
    }
    const right = [...counts.values()].reduce((sum, here) => sum + Math.max(...here.values()), 0);
    expect(right / 20_000).toBeGreaterThan(0.98);
    expect(right / 20_000).toBeLessThan(0.995);
  });
});

test('a dataset without a generator says so', async () => {
  await expect(generateTable(await temporaryRoot(), BIRDS, { seed: 1, rows: 1 })).rejects.toThrow(
    'no generator: birds (take a table with: npm run data -- --dataset birds --from FILE)',
  );
});

describe('draws', () => {
  test('are even, within their bounds and the same for the same seed', () => {
    const draw = (seed: number): readonly number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 10_000 }, () => random.uniform());
    };
    const draws = draw(5);
    expect(draws).toEqual(draw(5));
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth++) {
      const count = draws.filter((value) => Math.floor(value * 10) === tenth).length;
      expect(Math.abs(count - 1000)).toBeLessThan(130);
    }
  });
  test('of deviates have mean 0 and deviation 1', () => {
    const random = createRandom(6);
    const values = Array.from({ length: 20_000 }, () => random.deviate());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.04);
  });
  test('of items follow their weights, and an item of weight 0 is never drawn', () => {
    const random = createRandom(7);
    const counts = { a: 0, b: 0, c: 0 };
    for (let draw = 0; draw < 10_000; draw++)
      counts[
        random.pick([
          ['a', 3],
          ['b', 1],
          ['c', 0],
        ] as const)
      ]++;
    expect(counts.c).toBe(0);
    expect(Math.abs(counts.a - 7500)).toBeLessThan(200);
  });
});
