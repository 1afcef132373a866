// The tree to walk through: by mouse and by keyboard, and with the row that a prediction was about.

import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import type { ExplainResponse } from '#contract/explain/answer.ts';
import type { Manifest } from '#contract/manifest.ts';
import { parseTreeEnsemble, type Tree } from '#contract/model/tree.ts';
import { axe } from './axe.ts';
import { settled } from './reading.ts';
import { visit, type Visitor } from './visitor.ts';

const url = inject('url');
const VERSION = `${url}/v1/models/crocodile-species/versions/2`;

let visitor: Visitor;
let tree: Tree;

beforeAll(async () => {
  visitor = await visit(url);
  tree = parseTreeEnsemble(await (await fetch(`${VERSION}/tree.json`)).text()).trees[0]!;
});

afterAll(() => visitor?.close());

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

const section = (page: Page): Locator => page.getByRole('region', { name: 'Inside the model' });
const items = (page: Page): Locator => section(page).getByRole('treeitem');

async function openTree(page: Page): Promise<void> {
  await section(page)
    .getByRole('button', { name: /^Open it/ })
    .click();
  await items(page).first().waitFor();
}

const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement!.getAttribute('data-node'));

test('is read when it is asked for, and then has its first three levels', async () => {
  const page = await visitor.window();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${url}/models/crocodile-species/2`);
  await page.getByRole('heading', { name: 'Model card' }).waitFor();
  expect(asked.filter((path) => path.endsWith('tree.json'))).toEqual([]);
  await openTree(page);
  const levels = await items(page).evaluateAll((all) =>
    all.map((item) => Number(item.getAttribute('aria-level'))),
  );
  expect(Math.max(...levels)).toBe(4);
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  const root = await items(page).first().getAttribute('aria-label');
  expect(root).toContain(`${tree.cover[0]!.toLocaleString('en')} training rows`);
});

test('arrow keys walk, Enter folds and unfolds, Home goes to the root', async () => {
  const page = await visitor.open('/models/crocodile-species/2');
  await openTree(page);
  await items(page).first().focus();
  await page.keyboard.press('ArrowRight');
  expect(await focused(page)).toBe(String(tree.left[0]));
  await page.keyboard.press('ArrowLeft');
  expect(await focused(page)).toBe('0');
  const open = await items(page).count();
  await page.keyboard.press('Enter');
  expect(await items(page).count()).toBe(1);
  expect(await items(page).first().getAttribute('aria-expanded')).toBe('false');
  await page.keyboard.press('Enter');
  expect(await items(page).count()).toBe(open);
  await page.keyboard.press('End');
  expect(await focused(page)).not.toBe('0');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Home');
  expect(await focused(page)).toBe('0');
});

test('is unfolded by a click, level by level down to its leaves, zoomed and dragged', async () => {
  const page = await visitor.open('/models/crocodile-species/2');
  await openTree(page);
  const button = (name: string) => section(page).getByRole('button', { name });
  await button('Fold all').click();
  await items(page).first().click();
  expect(await items(page).count()).toBe(3);
  for (let level = 0; level < 40 && (await items(page).count()) < tree.mode.length; level++)
    await button('One level more').click();
  expect(await items(page).count()).toBe(tree.mode.length);

  const width = async (): Promise<number> => (await items(page).first().boundingBox())!.width;
  const before = await width();
  await button('Further').click();
  expect(await width()).toBeCloseTo(before / 1.25, 0);
  await button('Fit').click();
  const frame = section(page).locator('.frame');
  await button('Nearer').click();
  await button('Nearer').click();
  await frame.scrollIntoViewIfNeeded();
  const box = (await frame.boundingBox())!;
  const scrolled = await frame.evaluate((element) => element.scrollTop);
  await page.mouse.move(box.x + box.width - 40, box.y + box.height - 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 40, box.y + 40, { steps: 4 });
  await page.mouse.up();
  expect(await frame.evaluate((element) => element.scrollTop)).toBeGreaterThan(scrolled);
});

test('marks the way of the row that a prediction was about, step for step, also when the link is reloaded', async () => {
  const page = await visitor.open('/');
  await settled(page);
  await page.getByRole('link', { name: 'Follow this row through the model' }).click();
  await items(page).first().waitFor();
  const manifest = (await (await fetch(VERSION)).json()) as Manifest;
  const explained = await fetch(`${VERSION}/explain`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rows: [manifest.examples[0]!.row] }),
  });
  const { path = [] } = ((await explained.json()) as ExplainResponse).explanations[0]!;
  const marked = async (): Promise<string[]> => {
    await items(page).first().waitFor();
    return section(page)
      .locator('[role=treeitem][aria-selected=true]')
      .evaluateAll((all) => all.map((item) => item.getAttribute('data-node')!));
  };
  const way = [0];
  for (const { branch } of path) way.push(tree[branch][way.at(-1)!]!);
  expect(await marked()).toEqual(way.map(String));
  await page.reload();
  expect(await marked()).toEqual(way.map(String));
  await page.getByRole('checkbox', { name: /the way of the row/ }).uncheck();
  expect(await marked()).toEqual([]);
  await page.goBack();
  await settled(page);
});

test.each([
  [360, 'light'],
  [1440, 'dark'],
] as const)('is clean to axe at %i pixels in the %s', async (width, colorScheme) => {
  const viewport = { width, height: 800 };
  const page = await visitor.open('/models/crocodile-species/2', { colorScheme, viewport });
  await openTree(page);
  expect(await axe(page)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
