// A model without rows has no form: the page says what it takes, and by which address. Here the API is a stand-in.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import type { ModelResponse } from '#contract/registry/models.ts';
import { HOUSE_PRICE } from './house-price.ts';
import { visit, type Visitor } from './visitor.ts';

const DIGITS: ModelResponse = {
  ...HOUSE_PRICE,
  name: 'digits',
  title: 'Digits',
  description: 'Eight by eight pixels.',
  task: 'tensors',
  manifest: {
    ...HOUSE_PRICE.manifest,
    model: 'digits',
    title: 'Digits',
    task: 'tensors',
    signature: null,
    examples: [],
    tensors: {
      inputs: [{ name: 'image', datatype: 'FP32', shape: [-1, 1, 8, 8] }],
      outputs: [
        { name: 'probabilities', datatype: 'FP32', shape: [-1, 2], labels: ['zero', 'one'] },
      ],
    },
  },
};

const url = inject('url');
let visitor: Visitor;

beforeAll(async () => {
  visitor = await visit(url);
});

afterAll(() => visitor?.close());

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

async function open(path: string): Promise<Page> {
  const page = await visitor.window();
  const { name, title, task, versions, manifest } = DIGITS;
  await page.route('**/v1/models', (route) =>
    route.fulfill({ json: { models: [{ name, title, task, versions, champion: '3' }] } }),
  );
  await page.route('**/v1/models/digits', (route) => route.fulfill({ json: DIGITS }));
  await page.route('**/v1/models/digits/versions/3', (route) => route.fulfill({ json: manifest }));
  await page.goto(`${url}${path}`);
  return page;
}

test('the page of the version lists its tensors with shapes and labels', async () => {
  const page = await open('/models/digits/3');
  const tensors = page.getByRole('region', { name: 'Tensors' });
  await tensors.waitFor();
  expect(await tensors.getByRole('listitem').allInnerTexts()).toEqual([
    'image FP32 [any, 1, 8, 8]',
    'probabilities FP32 [any, 2] zero, one',
  ]);
});

test('a link to its form says which address takes it', async () => {
  const page = await open('/?model=digits');
  const notice = page.getByRole('alert');
  await notice.waitFor();
  expect(await notice.innerText()).toContain('This model takes tensors, not rows');
  expect(await notice.innerText()).toContain('POST /v2/models/digits/infer');
});

test('the list of models offers no row to ask it about', async () => {
  const page = await open('/models');
  await page.getByRole('link', { name: 'Digits' }).waitFor();
  expect(await page.getByRole('link', { name: 'Ask it about a row' }).count()).toBe(0);
});
