// A model of 60 features, 200 labels and 200 trees: every page of it can be used, and none of it stands still.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { axe } from './axe.ts';
import { settled } from './reading.ts';
import { visit, type Visitor } from './visitor.ts';

const url = inject('madeUrl');

/** Ten times what a quiet machine needs; the figures are in docs/decisions/037. */
const PATIENCE_MS = 2_000;

let visitor: Visitor;

beforeAll(async () => {
  visitor = await visit(url);
});

afterAll(() => visitor?.close());

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

/** Opens a page that remembers its longest task, in milliseconds. */
async function open(path: string): Promise<{ page: Page; longest: () => Promise<number> }> {
  const page = await visitor.window();
  await page.addInitScript(() => {
    Object.assign(globalThis, { longest: 0 });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        Object.assign(globalThis, {
          longest: Math.max((globalThis as unknown as { longest: number }).longest, duration),
        });
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(`${url}${path}`);
  return {
    page,
    longest: () => page.evaluate(() => (globalThis as unknown as { longest: number }).longest),
  };
}

const fields = (page: Page): Promise<number> => page.locator('form .field').count();

test('the form begins with what matters most, has the rest at hand, and answers a change', async () => {
  const { page, longest } = await open('/?model=large');
  await settled(page);
  expect(await fields(page)).toBe(12);
  expect(await page.getByRole('spinbutton', { name: 'number_0', exact: true }).count()).toBe(1);
  await page.getByRole('button', { name: 'All 60 fields' }).click();
  expect(await fields(page)).toBe(60);
  await page.getByRole('button', { name: 'Those that matter most' }).click();

  await page.getByRole('searchbox', { name: 'Find a field' }).fill('category_9');
  expect(await fields(page)).toBe(1);
  const field = page.getByRole('combobox', { name: 'category_9' });
  await field.fill('category 77');
  await field.press('Enter');
  await page.waitForURL(/category_9=Category\+77/);
  await settled(page);

  // What cannot be answered is shown, be it among the first or not.
  await page.getByRole('searchbox', { name: 'Find a field' }).fill('number_38');
  await page.getByRole('spinbutton', { name: 'number_38', exact: true }).fill('');
  await page.getByText('No answer to this row').waitFor();
  await page.getByRole('searchbox', { name: 'Find a field' }).fill('');
  expect(await fields(page)).toBe(13);
  expect(await longest()).toBeLessThan(PATIENCE_MS);
});

test('an answer of 200 labels and 60 contributions is cut, and shown whole to who asks', async () => {
  const { page, longest } = await open('/?model=large');
  await settled(page);
  const bars = page.getByRole('list', { name: /^Likeliest/ });
  expect(await bars.getByRole('listitem').count()).toBeLessThan(10);
  await page.getByRole('button', { name: 'Show all 200' }).click();
  expect(await bars.getByRole('listitem').count()).toBe(200);
  const why = page.getByRole('region', { name: /^Why / });
  const contributions = why.getByRole('list').first().getByRole('listitem');
  // The 15 strongest, the others together, and both ends.
  expect(await contributions.count()).toBe(18);
  expect(await why.getByText('45 others together').count()).toBe(1);
  await why.getByRole('button', { name: 'Show all 60' }).click();
  expect(await contributions.count()).toBe(62);
  expect(await longest()).toBeLessThan(PATIENCE_MS);
  await page.getByRole('checkbox', { name: 'Answer in this browser too' }).check();
  await page.getByText('Equal to the bit: 200 values compared.').waitFor();
});

test('its version is told in words and walked through, tree by tree', async () => {
  const { page, longest } = await open('/models/large/1');
  const inside = page.getByRole('region', { name: 'Inside the model' });
  await inside.getByRole('button', { name: /^Open it/ }).click();
  await inside.getByRole('treeitem').first().waitFor();
  const first = await inside.getByRole('tree').innerText();
  await inside.getByRole('spinbutton', { name: /^Tree/ }).fill('200');
  await inside.getByRole('spinbutton', { name: /^Tree/ }).press('Enter');
  await inside.getByRole('tree', { name: 'Tree 200' }).waitFor();
  expect(await inside.getByRole('tree').innerText()).not.toBe(first);
  expect(await inside.getByRole('button', { name: 'Next tree' }).isDisabled()).toBe(true);
  expect(await page.getByText('Of 200 labels these are the 24').count()).toBe(1);
  expect(await axe(page)).toEqual([]);
  expect(await longest()).toBeLessThan(PATIENCE_MS);
});

test('a boosting says that its leaves are no probabilities, and shows its coefficients', async () => {
  const page = await visitor.open('/models/boosted/1');
  const inside = page.getByRole('region', { name: 'Inside the model' });
  await inside.getByRole('button', { name: /^Open it/ }).click();
  await inside.getByText('not a probability').waitFor();
  const adds = inside.getByRole('list', { name: 'What each value adds' });
  const of = (label: string) => inside.getByRole('combobox', { name: 'Label' }).selectOption(label);
  const before = await adds.innerText();
  await of('Class 2');
  expect(await adds.innerText()).not.toBe(before);
  expect(await adds.getByRole('listitem').count()).toBe(8);
});
