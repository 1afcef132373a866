// Booleans and days in the form: yes or no, a calendar, and "not known". Here the API is a stand-in.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TabularModel } from '#contract/registry/models.ts';
import { HOUSE_PRICE } from './house-price.ts';
import { settled } from './reading.ts';
import { serve, type Product } from './serve.ts';
import { visit, type Visitor } from './visitor.ts';

const base = { description: 'Of the house.', nullable: true };
const MODEL: TabularModel = {
  ...HOUSE_PRICE,
  manifest: {
    ...HOUSE_PRICE.manifest,
    signature: {
      ...HOUSE_PRICE.manifest.signature,
      features: [
        { ...base, type: 'boolean', name: 'pool', column: 'Pool' },
        { ...base, type: 'boolean', name: 'lift', column: 'Lift', nullable: false },
        {
          ...base,
          type: 'date',
          name: 'sold',
          column: 'Sold on',
          minimum: '2015-01-06',
          maximum: '2024-12-28',
        },
        {
          ...base,
          type: 'date',
          name: 'built',
          column: 'Built on',
          minimum: '1990-01-01',
          maximum: '2024-12-28',
          nullable: false,
        },
      ],
    },
    examples: [
      {
        row: { pool: true, lift: false, sold: '2024-02-29', built: '1999-12-31' },
        target: 350_000,
      },
    ],
  },
};

let product: Product;
let visitor: Visitor;
let asked: unknown;
let page: Page;

beforeAll(async () => {
  product = await serve();
  visitor = await visit(product.url);
  page = await visitor.window();
  const summary = {
    name: MODEL.name,
    title: MODEL.title,
    task: MODEL.task,
    versions: ['3'],
    champion: '3',
  };
  await page.route('**/v1/models', (route) => route.fulfill({ json: { models: [summary] } }));
  await page.route('**/v1/models/house-price', (route) => route.fulfill({ json: MODEL }));
  await page.route('**/predict', (route) => {
    asked = route.request().postDataJSON();
    const answer = {
      model_name: 'house-price',
      model_version: '3',
      manifest_sha256: 'f'.repeat(64),
      id: '1',
    };
    return route.fulfill({ json: { ...answer, predictions: [{ value: 1 }] } });
  });
  await page.goto(product.url);
  await settled(page);
});

afterAll(async () => {
  await visitor?.close();
  await product?.stop();
});

const pool = () => page.getByRole('combobox', { name: 'Pool' });
const sold = () => page.getByLabel('Sold on');

test('the form begins with the example, and sends what JSON has for it', async () => {
  expect(await pool().locator('option').allInnerTexts()).toEqual(['not known', 'yes', 'no']);
  expect(
    await page.getByRole('combobox', { name: 'Lift' }).locator('option').allInnerTexts(),
  ).toEqual(['yes', 'no']);
  expect(await sold().inputValue()).toBe('2024-02-29');
  expect(await page.getByText('trained on 2015-01-06 to 2024-12-28').count()).toBe(1);
  expect(asked).toEqual({ rows: [MODEL.manifest.examples[0]!.row] });
});

/** What is asked for once `change` is done. */
async function askedAfter(change: () => Promise<unknown>): Promise<unknown> {
  const [request] = await Promise.all([page.waitForRequest('**/predict'), change()]);
  await settled(page);
  return request.postDataJSON();
}

test('another choice is asked for, and what is cleared is not known', async () => {
  expect(await askedAfter(() => pool().selectOption('no'))).toMatchObject({
    rows: [{ pool: false, sold: '2024-02-29' }],
  });
  expect(await askedAfter(() => sold().fill('2020-05-17'))).toMatchObject({
    rows: [{ pool: false, sold: '2020-05-17' }],
  });
  expect(await askedAfter(() => pool().selectOption(''))).toMatchObject({ rows: [{ pool: null }] });
  expect(await askedAfter(() => sold().fill(''))).toMatchObject({
    rows: [{ pool: null, sold: null, lift: false }],
  });
});

test('a day that is needed and is not there is said at its field', async () => {
  await page.getByLabel('Built on').fill('');
  await page.getByText('This value is needed.').waitFor();
  expect(await askedAfter(() => page.getByLabel('Built on').fill('2001-02-03'))).toMatchObject({
    rows: [{ built: '2001-02-03' }],
  });
});
