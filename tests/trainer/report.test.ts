// The report of a version: a page and its figures, from the registry alone, the same bytes each time.

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asTabular } from '#contract/manifest.ts';
import { listModels, publish, readManifest } from '#contract/registry/registry.ts';
import { writeReport } from '../../trainer/report/run.ts';
import { writeFolder } from '../../trainer/report/write.ts';
import { memoryStore } from '../contract/stores.ts';
import { makeReports, type MadeReport, type Workshop } from './made-reports.ts';
import { xmlFault } from './xml-fault.ts';

let shop: Workshop;
beforeAll(async () => {
  shop = await makeReports();
}, 120_000);
afterAll(() => rm(shop.folder, { recursive: true, force: true }));

const at = (...names: string[]): string => join(shop.folder, ...names);
const reportOf = (model: string): MadeReport => shop.reports.find((made) => made.model === model)!;
const pageOf = ({ folder }: MadeReport): Promise<string> =>
  readFile(join(folder, 'index.html'), 'utf8');

/** By name, as text. */
async function filesOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const texts = names.map((name) => readFile(join(folder, name), 'utf8'));
  return Object.fromEntries((await Promise.all(texts)).map((text, place) => [names[place]!, text]));
}

async function rewrite(model: string, folder: string, dataRoot = shop.dataRoot) {
  return writeReport({ store: shop.store, model, version: '1', dataRoot, reports: at(folder) });
}

test('every figure that a page names lies beside it, and every file is named', async () => {
  for (const report of shop.reports) {
    const page = await pageOf(report);
    const named = [...page.matchAll(/href="([^"#]+\.svg)"/g)].map(([, name]) => name!);
    const there = (await readdir(report.folder)).filter((name) => name.endsWith('.svg'));
    expect(named.sort()).toEqual(there.sort());
    expect(report).toMatchObject({ figures: there.length, without: null });
  }
});

test('every figure is XML, has a title and says in words what is to be seen', async () => {
  for (const { folder } of shop.reports)
    for (const [name, text] of Object.entries(await filesOf(folder))) {
      if (!name.endsWith('.svg')) continue;
      expect([name, xmlFault(text)]).toEqual([name, null]);
      const [, id, title] = /<title id="([^"]+)-title">([^<]+)<\/title>/.exec(text)!;
      const [, caption] = /<desc id="[^"]+-desc">([^<]+)<\/desc>/.exec(text)!;
      expect(`${id}.svg`).toBe(name);
      expect(title!.length).toBeGreaterThan(5);
      expect(caption).toMatch(/\.$/);
    }
});

test('nothing that is no number, and no name that is markup, gets into a page', async () => {
  for (const report of shop.reports) {
    const page = await pageOf(report);
    expect(page).not.toMatch(/NaN|undefined|Infinity|\[object|<b>Hut|<up>/);
    expect(page).not.toMatch(/<script|(src|href)="(https?:)?\/\//);
  }
});

test.each([
  ['crocodile-tree', ['tree'], ['coefficients']],
  ['crocodile-boosted-linear', ['coefficients', 'tree'], []],
  ['offers-linear', ['coefficients'], ['tree']],
  ['offers-forest', ['tree'], ['coefficients']],
  ['flats-boosting', ['tree'], ['coefficients']],
])('%s is drawn as %j', async (model, there, absent) => {
  const names = Object.keys(await filesOf(reportOf(model).folder));
  for (const name of there) expect(names).toContain(`${name}.svg`);
  for (const name of absent) expect(names).not.toContain(`${name}.svg`);
});

test.each([
  ['crocodile-tree', ['class-balance', 'confusion-matrix', 'reliability']],
  ['flats-forest', ['target', 'true-by-answer', 'residuals', 'errors']],
])('%s has what its task needs: %j', async (model, task) => {
  const names = Object.keys(await filesOf(reportOf(model).folder));
  for (const name of [...task, 'importance', 'learning-curve'])
    expect(names).toContain(`${name}.svg`);
  const { signature } = asTabular((await readManifest(shop.store, model, '1'))!);
  for (const { name, type } of signature.features) {
    if (type === 'date') continue;
    const file = `feature-${name.replaceAll('_', '-')}`;
    expect(names).toContain(`${file}.svg`);
    expect(names).toContain(`${file}-by-target.svg`);
  }
});

test('captions say what the figures show', async () => {
  const { metrics } = (await readManifest(shop.store, 'crocodile-tree', '1'))!;
  const right = metrics.confusion_matrix!.reduce((sum, row, label) => sum + row[label]!, 0);
  const page = await pageOf(reportOf('crocodile-tree'));
  expect(page).toContain(`${right} of 300 held-out rows are right`);
  const [most] = Object.entries(metrics.permutation_importance).sort(
    (a, b) => b[1].mean - a[1].mean,
  );
  const column = { country_region: 'Country/Region', habitat_type: 'Habitat Type' }[most![0]];
  expect(page).toContain(`The model lives on ${column} most.`);
});

test('the same version makes the same bytes', async () => {
  for (const { model, folder } of shop.reports) {
    await rewrite(model, 'again');
    expect(await filesOf(at('again', model, '1'))).toEqual(await filesOf(folder));
  }
});

test('without the table, or with another one, the figures that need its rows are left out, and the page says so', async () => {
  const bare = await rewrite('offers-forest', 'bare', at('nowhere'));
  expect(bare.without).toBe('there is no table of offers here');
  await mkdir(at('other', 'offers', 'raw'), { recursive: true });
  const { folder } = reportOf('offers-forest');
  const record = await readFile(at('data', 'offers', 'raw', 'current.json'), 'utf8');
  await writeFile(
    at('other', 'offers', 'raw', 'current.json'),
    record.replaceAll(/[0-9a-f]{12,64}/g, (hash) => '0'.repeat(hash.length)),
  );
  const other = await rewrite('offers-forest', 'other-reports', at('other'));
  expect(other.without).toBe('the table of offers here is another one than it was trained on');
  const [whole, without] = [await filesOf(folder), await filesOf(at('bare', 'offers-forest', '1'))];
  const missing = Object.keys(whole).filter((name) => !(name in without));
  expect(missing.length).toBeGreaterThan(0);
  expect(missing.every((name) => name.endsWith('-by-target.svg'))).toBe(true);
  expect(without['index.html']).toContain('were not at hand');
});

test('a version that was brought as an ONNX file has a page that says what is not known', async () => {
  const manifest = asTabular((await readManifest(shop.store, 'offers-forest', '1'))!);
  const store = memoryStore();
  const brought = {
    ...manifest,
    model: 'brought',
    metrics: { folds: 0, model: {}, dummy: {}, permutation_importance: {} },
    data: { ...manifest.data, dataset: 'unknown' },
  };
  await publish(store, brought, { 'model.onnx': new Uint8Array(3) });
  const options = { store, dataRoot: shop.dataRoot, reports: at('brought') };
  const { figures, path } = await writeReport({ ...options, model: 'brought', version: '1' });
  expect(figures).toBe(0);
  expect(await readFile(path, 'utf8')).toContain('Nobody measured this version');
});

describe('writing', () => {
  test('replaces what was there, and leaves nothing beside it', async () => {
    writeFolder(at('w', '1'), { 'a.txt': 'a', 'b.txt': 'b' });
    writeFolder(at('w', '1'), { 'a.txt': 'new' });
    expect(await filesOf(at('w', '1'))).toEqual({ 'a.txt': 'new' });
    expect(await readdir(at('w'))).toEqual(['1']);
  });

  test('that fails leaves the report that was there', async () => {
    writeFolder(at('f', '1'), { 'a.txt': 'a' });
    expect(() => writeFolder(at('f', '1'), { 'b.txt': 'b', 'no/such/folder': 'c' })).toThrow();
    expect(await filesOf(at('f', '1'))).toEqual({ 'a.txt': 'a' });
  });
});

test('reports change no version', async () => {
  expect(await listModels(shop.store)).toEqual(shop.reports.map(({ model }) => model).sort());
});
