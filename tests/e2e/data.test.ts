// The data page: the table a version learned from, column by column.

import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import type { TabularModel } from '#contract/registry/models.ts';
import { axe } from './axe.ts';
import { settled } from './reading.ts';
import { visit, type Visitor } from './visitor.ts';

const url = inject('url');
const MODEL = `${url}/v1/models/crocodile-species`;

let visitor: Visitor;
let model: TabularModel;

beforeAll(async () => {
  visitor = await visit(url);
  model = (await (await fetch(MODEL)).json()) as TabularModel;
});

afterAll(() => visitor?.close());

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

test('shows what was asked in this tab beside what training saw, and sends it nowhere', async () => {
  const page = await visitor.open('/');
  await settled(page);
  await page.getByRole('spinbutton', { name: 'Observed Length' }).fill('3.21');
  await page.waitForURL(/observed_length_m=3.21/);
  await settled(page);
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') posts.push(request.url());
  });
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  const length = page.locator('li.card').filter({ hasText: 'observed_length_m' });
  await length.getByText('You asked about 2 rows:').waitFor();
  expect(await length.innerText()).toMatch(/You asked about 2 rows:.*3\.21/);
  const sex = String(model.manifest.examples[0]!.row.sex);
  const text = await page.locator('li.card').filter({ hasText: 'Sex; Unknown' }).innerText();
  expect(text).toContain(`${sex} 2 ×`);
  expect(posts).toEqual([]);
  expect(await axe(page)).toEqual([]);
});

test('shows every feature with what it is, and its spread as the version’s baseline has it', async () => {
  const page = await visitor.open('/data');
  const { signature } = model.manifest;
  const columns = page.getByRole('region', { name: 'What is known of a row' }).locator('li.card');
  await page.getByText('never missing').first().waitFor();
  expect(await columns.locator('h3').allInnerTexts()).toEqual(
    signature.features.map(({ column }) => column),
  );

  const baseline = (await (await fetch(`${MODEL}/versions/2/baseline.json`)).json()) as {
    rows: number;
    features: Record<string, { counts: number[] }>;
  };
  const sex = signature.features.find(({ name }) => name === 'sex')!;
  if (sex.type !== 'category') throw new Error('sex is no category');
  const text = await columns.filter({ hasText: 'Sex; Unknown' }).innerText();
  sex.categories.forEach((category, at) => {
    const share = (100 * baseline.features.sex!.counts[at]!) / baseline.rows;
    expect(text.replace(/\s+/g, ' ')).toContain(`${category} ${share.toFixed(1)}%`);
  });
  await page
    .getByRole('img', { name: /^How Observed Length/ })
    .locator('svg')
    .waitFor();
});

test('leads to the dataset’s card', async () => {
  const page = await visitor.open('/data');
  await page.getByRole('link', { name: 'The dataset’s card' }).click();
  await page.getByRole('heading', { name: 'Global Crocodile Species Dataset' }).waitFor();
});

test('is clean to axe, light and dark, and nothing is cut off at 360 pixels', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await visitor.open('/data', {
      colorScheme,
      viewport: { width: 360, height: 740 },
    });
    await page
      .getByRole('img', { name: /^How Observed Length/ })
      .locator('svg')
      .waitFor();
    expect(await axe(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
});
