// The batch page: a file is dropped, checked row by row, answered by one version, looked at and taken home.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { TabularModel } from '#contract/registry/models.ts';
import type { PredictResponse } from '#contract/predict.ts';
import { axe } from './axe.ts';
import { HOUSE_PRICE } from './house-price.ts';
import { visit, type Visitor } from './visitor.ts';

const url = inject('url');
const MODEL = `${url}/v1/models/crocodile-species`;

let visitor: Visitor;
let model: TabularModel;
let folder: string;

beforeAll(async () => {
  visitor = await visit(url);
  model = (await (await fetch(MODEL)).json()) as TabularModel;
  folder = mkdtempSync(join(tmpdir(), 'gharial-batch-'));
});

afterAll(async () => {
  await visitor?.close();
  rmSync(folder, { recursive: true, force: true });
});

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

type Cells = readonly (string | number | boolean | null)[];

/** Rows of the dataset as its own CSV has them: a number of its own, then the features, by column name. */
function csv(
  count: number,
  change: (cells: Cells, row: number) => Cells = (cells) => cells,
): string {
  const { examples, signature } = model.manifest;
  const header = ['Observation ID', ...signature.features.map(({ column }) => column)];
  const rows = Array.from({ length: count }, (_, at) => {
    const { row } = examples[at % examples.length]!;
    return [
      at + 1,
      ...change(
        signature.features.map(({ name }) => row[name] ?? null),
        at + 1,
      ),
    ];
  });
  return [header, ...rows]
    .map((cells) => cells.map((cell) => `"${cell ?? ''}"`).join(','))
    .join('\n');
}

async function choose(page: Page, text: string, name = 'rows.csv'): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, text);
  await page.getByLabel('Choose a CSV file').setInputFiles(path);
}

const start = (page: Page) => page.getByRole('button', { name: /^Predict .* rows$/ });
const run = (page: Page) => page.getByRole('region', { name: 'The run' });

test('a dropped file is checked, answered as the API answers, and downloaded with its own columns', async () => {
  const page = await visitor.open('/batch');
  const drop = page.getByRole('group', { name: 'The file' });
  await drop.waitFor();
  const text = csv(12);
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'rows.csv', { type: 'text/csv' }));
    return transfer;
  }, text);
  await drop.dispatchEvent('drop', { dataTransfer: data });
  await page.getByText('The model takes all of them.').waitFor();
  await start(page).click();
  await page.getByText('All 12 rows are answered by version 2.').waitFor();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download 12 answers' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('rows-predicted.csv');
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n');
  const rows = Array.from(
    { length: 12 },
    (_, at) => model.manifest.examples[at % model.manifest.examples.length]!.row,
  );
  const response = await fetch(`${MODEL}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rows }),
  });
  const { predictions } = (await response.json()) as PredictResponse;
  expect(lines[0]).toMatch(/^Observation ID,.*,predicted Common Name,probability,error$/);
  const answered = lines.slice(1).map((line) => line.split(',').slice(-3));
  expect(answered).toEqual(
    predictions.map((each) => ('label' in each ? [each.label, String(each.probability), ''] : [])),
  );
  expect(lines[1]!.startsWith('1,')).toBe(true);
});

test('what is wrong is marked by row before anything is sent; the other rows are answered', async () => {
  const page = await visitor.open('/batch');
  await choose(
    page,
    csv(30, (cells, row) => {
      if (row === 17) return ['long', ...cells.slice(1)];
      return row === 23 ? [...cells.slice(0, -1), 'The moon'] : cells;
    }),
  );
  await page.getByText('1 will be refused.').waitFor();
  await page.getByText('1 with values the model never saw').waitFor();
  const preview = page.getByRole('group', { name: 'Rows', exact: true });
  expect(await preview.locator('tr.fault').innerText()).toMatch(
    /^17\s.*must be a number, not a string/s,
  );
  expect(await preview.locator('tr.warning').innerText()).toMatch(/^23\s.*not trained on/s);
  await start(page).click();
  await page.getByText('All 30 rows are answered').waitFor();
  const table = page.getByRole('group', { name: 'Answers, row by row' });
  expect(await table.locator('tr[aria-rowindex="18"]').innerText()).toContain('must be a number');
  expect(await table.locator('.fault').count()).toBe(1);
});

test('columns of other names are chosen by hand; until then nothing can be sent', async () => {
  const page = await visitor.open('/batch');
  await choose(page, csv(3).replace('Observed Length (m)', 'How long'));
  await page.getByText('The file has no column of this name.').waitFor();
  expect(await start(page).isDisabled()).toBe(true);
  await page.getByRole('combobox', { name: 'Observed Length' }).selectOption('How long');
  await page.getByText('The model takes all of them.').waitFor();
  await start(page).click();
  await page.getByText('All 3 rows are answered').waitFor();
});

test('100,000 rows show how far they are, stop when told, go on, and scroll to the last', async () => {
  const page = await visitor.open('/batch');
  await choose(page, csv(100_000));
  await page.getByText('The model takes all of them.').waitFor();
  await start(page).click();
  await run(page).getByText(/left$/).waitFor();
  expect(await run(page).innerText()).toMatch(/[\d,]+ rows a second\s+· \d+/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await run(page)
    .getByText(/^Stopped at [1-9][\d,]* of 100,000 rows/)
    .waitFor();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText('All 100,000 rows are answered by version 2.').waitFor({ timeout: 90_000 });
  const table = page.getByRole('group', { name: 'Answers, row by row' });
  await table.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await table.locator('tr[aria-rowindex="100001"]').waitFor();
  expect(await table.locator('tbody tr').count()).toBeLessThan(60);
  const shares = await page.getByRole('list', { name: 'Shares of the labels' }).innerText();
  expect(shares.match(/%/g)!.length).toBeGreaterThan(2);
});

test('a server that goes away stops the run, and its return goes on with it', async () => {
  const page = await visitor.open('/batch');
  await choose(page, csv(6_000));
  await page.getByText('The model takes all of them.').waitFor();
  let requests = 0;
  await page.route('**/predict', (route) => (++requests === 2 ? route.abort() : route.continue()));
  await start(page).click();
  await page.getByRole('heading', { name: 'The server cannot be reached' }).waitFor();
  await page.getByText('Stopped at 2,000 of 6,000 rows').waitFor();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText('All 6,000 rows are answered').waitFor();
  expect(requests).toBe(4);
  expect(await visitor.leave()).toEqual(['error: Failed to load resource: net::ERR_FAILED']);
});

test.each([
  ['nothing', ''],
  ['a header alone', 'a,b,c\n'],
])('a file of %s is refused in words', async (_, text) => {
  const page = await visitor.open('/batch');
  await choose(page, text);
  await page.getByRole('heading', { name: 'This file cannot be read' }).waitFor();
});

describe('the answers of a model of a number', () => {
  test('are a histogram, and no probability', async () => {
    const page = await visitor.window();
    const { name, title, task, versions } = HOUSE_PRICE;
    await page.route('**/v1/models', (route) =>
      route.fulfill({ json: { models: [{ name, title, task, versions, champion: '3' }] } }),
    );
    await page.route(`**/v1/models/${name}`, (route) => route.fulfill({ json: HOUSE_PRICE }));
    await page.route('**/predict', (route) =>
      route.fulfill({
        contentType: 'text/csv',
        body: 'row,value,error\r\n1,1000,\r\n2,3000.5,\r\n',
      }),
    );
    await page.goto(`${url}/batch`);
    await choose(page, 'area;garden\n100;yes\n;\n');
    await page.getByText('The model takes all of them.').waitFor();
    await start(page).click();
    await page.getByText('All 2 rows are answered by version 3.').waitFor();
    await page
      .getByRole('img', { name: 'Histogram of Price over 2 rows' })
      .locator('svg')
      .waitFor();
    expect(await page.getByRole('columnheader', { name: 'Probability' }).count()).toBe(0);
    expect(await axe(page)).toEqual([]);
  });
});

test.each(['light', 'dark'] as const)(
  'the page is clean to axe in the %s, from empty to answered',
  async (colorScheme) => {
    const page = await visitor.open('/batch', {
      colorScheme,
      viewport: { width: 360, height: 740 },
    });
    await page.getByRole('group', { name: 'The file' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await choose(
      page,
      csv(30, (cells, row) => (row === 3 ? ['long', ...cells.slice(1)] : cells)),
    );
    await page.getByText('1 will be refused.').waitFor();
    await start(page).click();
    await page.getByText('All 30 rows are answered').waitFor();
    expect(await axe(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  },
);
