// From an empty server to an answer, and on to the next version, with one page open all the time.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { settled } from './reading.ts';
import { serve, type Product } from './serve.ts';
import { visit, type Visitor } from './visitor.ts';

let product: Product;
let visitor: Visitor;

beforeAll(async () => {
  product = await serve();
  visitor = await visit(product.url);
});

afterAll(async () => {
  await visitor?.close();
  await product?.stop();
});

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

test('an empty server says which command fills it; then the page is the form, of whatever version is live', async () => {
  const page = await visitor.open('/');
  await page.getByRole('heading', { name: 'No model is published yet' }).waitFor();
  expect(await page.getByRole('alert').innerText()).toContain('npm run trainer');
  expect(await page.getByRole('form').count()).toBe(0);

  await product.train();
  await page.getByRole('button', { name: 'Try again' }).click();
  await settled(page);
  const length = page.getByRole('spinbutton', { name: 'Observed Length' });
  await length.fill('2.4');
  await page.getByText('Answered by version 1').waitFor();

  await product.train('--synthetic', '--seed', '2');
  const published = Date.now();
  const figures = page.getByRole('region', { name: 'About this version' });
  while (!/Version\s+2/.test(await figures.innerText()) && Date.now() - published < 10_000) {
    await length.fill((await length.inputValue()) === '2.4' ? '2.5' : '2.4');
    await page.waitForTimeout(300);
  }
  await page.getByText('Answered by version 2').waitFor();
  expect(await figures.innerText()).toMatch(/Version\s+2/);
  expect(await length.inputValue()).toMatch(/^2\.[45]$/);
});
