// The models' pages: what is live, what happened, how good a version is, and another one beside it.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { TabularManifest } from '#contract/manifest.ts';
import { axe } from './axe.ts';
import { visit, type Visitor } from './visitor.ts';

const url = inject('url');
const MODEL = '/models/crocodile-species';

let visitor: Visitor;
let manifest: TabularManifest;

beforeAll(async () => {
  visitor = await visit(url);
  manifest = (await (
    await fetch(`${url}/v1/models/crocodile-species/versions/2`)
  ).json()) as TabularManifest;
});

afterAll(() => visitor?.close());

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

describe('the way to a version', () => {
  test('leads from the header over the list and the model, and back by the browser', async () => {
    const page = await visitor.open('/');
    await page.getByRole('link', { name: 'Models' }).click();
    await page.getByRole('link', { name: 'Crocodile species' }).click();
    await heading(page, 'What is live').waitFor();
    expect(await section(page, 'What is live').innerText()).toMatch(/champion\s+version 2/);
    await page.getByRole('link', { name: 'Version 1', exact: true }).click();
    await heading(page, 'Beside another version').waitFor();
    expect(page.url()).toBe(`${url}${MODEL}/1`);
    await page.goBack();
    await heading(page, 'History').waitFor();
    await page.goBack();
    await heading(page, 'Models').waitFor();
  });

  test('is an address of its own, that answers 200 and survives a reload', async () => {
    for (const path of [MODEL, `${MODEL}/2`]) {
      expect((await fetch(`${url}${path}`)).status).toBe(200);
      const page = await visitor.open(path);
      await page.reload();
      await page.getByRole('heading', { level: 1, name: /^Crocodile species/ }).waitFor();
    }
  });

  test('to what is not there says so', async () => {
    for (const [path, words] of [
      ['/models/unicorn', 'There is no such model'],
      [`${MODEL}/99`, 'There is no such version of this model'],
    ] as const) {
      const page = await visitor.open(path);
      await heading(page, words).waitFor();
    }
    expect(new Set(await visitor.leave())).toEqual(
      new Set([
        'error: Failed to load resource: the server responded with a status of 404 (Not Found)',
      ]),
    );
  });

  test('without JavaScript is at least an explanation', async () => {
    const page = await visitor.open(MODEL, { javaScriptEnabled: false });
    expect(await page.locator('main').innerText()).toContain('needs JavaScript');
  });
});

test('the history tells what was made and what was moved, newest first', async () => {
  const page = await visitor.open(MODEL);
  const events = section(page, 'History').getByRole('listitem');
  await events.first().waitFor();
  const texts = await events.locator('strong').allInnerTexts();
  expect(texts).toEqual([
    'champion moved from 1 to 2',
    'Version 2 was made',
    '1 became champion',
    'Version 1 was made',
  ]);
});

describe('a version', () => {
  test('shows every metric of its manifest beside the dummy’s, each with its spread', async () => {
    const page = await visitor.open(`${MODEL}/2`);
    const rows = section(page, 'How good it is').locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(Object.keys(manifest.metrics.model).length);
    const [accuracy, dummy] = [manifest.metrics.model.accuracy!, manifest.metrics.dummy.accuracy!];
    const text = await rows.filter({ hasText: 'Accuracy' }).innerText();
    for (const share of [accuracy.mean, accuracy.sd, dummy.mean])
      expect(text).toContain(`${(share * 100).toFixed(1)}%`);
  });

  test('shows the confusion matrix cell for cell, and the mistakes in words', async () => {
    const page = await visitor.open(`${MODEL}/2`);
    const region = page.getByRole('group', { name: 'Confusion matrix' });
    await region.waitFor();
    const shown = await region
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.innerText))),
      );
    expect(shown).toEqual(manifest.metrics.confusion_matrix);
    const wrong = manifest.metrics.confusion_matrix!.flatMap((row, truth) =>
      row.filter((_, taken) => taken !== truth),
    );
    const first = await section(page, 'What is taken for what')
      .getByRole('listitem')
      .first()
      .innerText();
    expect(first).toContain(`${Math.max(...wrong)} ×`);
  });

  test('shows how far it can be believed, bin for bin', async () => {
    const page = await visitor.open(`${MODEL}/2`);
    const rows = section(page, 'As sure as it is right').locator('tbody tr');
    await rows.first().waitFor();
    const known = manifest.metrics.reliability!.filter((bin) => bin.rows > 0);
    expect(await rows.count()).toBe(known.length);
    const counts = await rows.evaluateAll((all) =>
      all.map((row) => row.querySelector('td')!.innerText),
    );
    expect(counts).toEqual(known.map((bin) => bin.rows.toLocaleString('en')));
    expect(await page.locator('.both circle').count()).toBe(known.length);
  });

  test('shows what it lives on, the most important first', async () => {
    const page = await visitor.open(`${MODEL}/2`);
    const items = section(page, 'What it lives on').getByRole('listitem');
    await items.first().waitFor();
    const values = (await items.locator('.value').allInnerTexts()).map((text) => parseFloat(text));
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(values).toHaveLength(manifest.signature.features.length);
  });

  test('has its card as headings and tables, and none of its front matter', async () => {
    const page = await visitor.open(`${MODEL}/2`);
    const card = section(page, 'Model card');
    await card.getByRole('heading', { name: 'Limits' }).waitFor();
    expect(await card.getByRole('table').count()).toBeGreaterThan(1);
    expect(await card.innerText()).not.toContain('library_name');
  });

  test('hands out its files: the downloaded model has the hash that is said', async () => {
    const page = await visitor.open(`${MODEL}/2`);
    const link = page.getByRole('link', { name: 'model.onnx' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('model.onnx');
    const hash = createHash('sha256').update(readFileSync(await download.path()));
    expect(hash.digest('hex')).toBe(manifest.files['model.onnx']!.sha256);
  });

  test('is compared with another by a choice that becomes part of the address', async () => {
    const page = await visitor.open(`${MODEL}/2`);
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption('version 1');
    const region = section(page, 'Beside another version');
    await region.getByText('What differs').waitFor();
    const compared = await region.innerText();
    for (const part of ['seed 2', 'Reliability: version 2 and version 1', 'Mistakes that differ'])
      expect(compared).toContain(part);
    expect(page.url()).toBe(`${url}${MODEL}/2?beside=1`);
    await page.reload();
    await region.getByText('What differs').waitFor();
  });
});

test('a card’s HTML and scripts are shown as text, and its links go nowhere they should not', async () => {
  const page = await visitor.window();
  await page.route('**/versions/2/card', (route) =>
    route.fulfill({
      contentType: 'text/markdown',
      body: '# Hi <img src=x onerror=alert(1)>\n\n<script>alert(2)</script>\n\n[a](javascript:alert(3)) [b](https://example.org/)',
    }),
  );
  page.on('dialog', () => expect.unreachable('a script of the card ran'));
  await page.goto(`${url}${MODEL}/2`);
  const card = section(page, 'Model card');
  await card.getByText('<script>alert(2)</script>').waitFor();
  expect(await card.locator('img, script').count()).toBe(0);
  expect(
    await card.getByRole('link').evaluateAll((all) => all.map((a) => a.getAttribute('href'))),
  ).toEqual(['https://example.org/']);
});

test.each([['/models'], [MODEL], [`${MODEL}/2?beside=1`]])(
  '%s is clean to axe, light and dark, and nothing is cut off at 360 pixels',
  async (path) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await visitor.open(path, { colorScheme, viewport: { width: 360, height: 740 } });
      await page.locator('main section, main ul').first().waitFor();
      if (path.includes('beside')) await page.getByText('What differs').waitFor();
      expect(await axe(page)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    }
  },
);
