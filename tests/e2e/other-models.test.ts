// The page is made of the signature alone: other models get other forms and other answers. Here the API is a stand-in.

import type { Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import type { ModelSummary } from '#contract/registry/models.ts';
import { HOUSE_PRICE } from './house-price.ts';
import { settled, verdict } from './reading.ts';
import { visit, type Visitor } from './visitor.ts';

const PRICE = {
  model_name: 'house-price',
  model_version: '3',
  manifest_sha256: 'f'.repeat(64),
  id: '1',
};
const FLAT_RENT = { ...HOUSE_PRICE, name: 'flat-rent', title: 'Flat rent' };

const url = inject('url');

let visitor: Visitor;
let asked: unknown;

beforeAll(async () => {
  visitor = await visit(url);
});

afterAll(() => visitor?.close());

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

/** The page with these models behind it; each answers 352,940.4. */
async function open(path: string, models: readonly (typeof HOUSE_PRICE)[]): Promise<Page> {
  const page = await visitor.window();
  await page.route('**/v1/models', (route) =>
    route.fulfill({ json: { models: models.map(summaryOf) } }),
  );
  for (const model of models)
    await page.route(`**/v1/models/${model.name}`, (route) => route.fulfill({ json: model }));
  await page.route('**/predict', (route: Route) => {
    asked = route.request().postDataJSON();
    return route.fulfill({ json: { ...PRICE, predictions: [{ value: 352_940.4 }] } });
  });
  await page.goto(`${url}${path}`);
  await settled(page);
  return page;
}

function summaryOf({ name, title, task, versions }: typeof HOUSE_PRICE): ModelSummary {
  return { name, title, task, versions, champion: '3' };
}

test('a number is answered large, with its unit', async () => {
  const page = await open('/', [HOUSE_PRICE]);
  expect(await verdict(page)).toBe('352,940 €');
  expect(await page.getByText('The dataset says').innerText()).toBe('The dataset says: 350,000 €');
  expect(await page.getByRole('list', { name: /^Likeliest/ }).count()).toBe(0);
  expect(await page.getByRole('region', { name: 'About this version' }).innerText()).toContain(
    'the mean alone gets 98,000',
  );
});

test('what may be unknown can be said to be, and is sent as null', async () => {
  const page = await open('/', [HOUSE_PRICE]);
  expect(asked).toEqual({ rows: [{ area: 120, garden: 'yes' }] });
  const request = () => page.waitForRequest('**/predict');

  const [withoutArea] = await Promise.all([request(), page.getByLabel('not known').check()]);
  expect(withoutArea.postDataJSON()).toEqual({ rows: [{ area: null, garden: 'yes' }] });
  const garden = page.getByRole('combobox', { name: 'Garden' });
  const [withoutBoth] = await Promise.all([request(), garden.selectOption({ label: 'not known' })]);
  expect(withoutBoth.postDataJSON()).toEqual({ rows: [{ area: null, garden: null }] });
  const [withArea] = await Promise.all([request(), page.getByLabel('not known').uncheck()]);
  expect(withArea.postDataJSON()).toEqual({ rows: [{ area: 235, garden: null }] });
  await settled(page);
});

test('one model needs no choice; of several, the link names the one that is shown', async () => {
  const alone = await open('/', [HOUSE_PRICE]);
  expect(await alone.getByRole('combobox', { name: 'Model' }).count()).toBe(0);

  const page = await open('/?model=flat-rent', [HOUSE_PRICE, FLAT_RENT]);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Flat rent');
  await page.getByRole('combobox', { name: 'Model' }).selectOption('House price');
  await page.getByRole('heading', { level: 1, name: 'House price' }).waitFor();
  await settled(page);
  expect(page.url()).toBe(`${url}/?model=house-price`);
});
