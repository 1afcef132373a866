// Reports as a browser shows them: no label is cut off, whatever columns and labels are called, in the light and in the dark.

import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeReports, type Workshop } from '../trainer/made-reports.ts';
import { axe } from './axe.ts';
import { visit, type Visitor } from './visitor.ts';

let shop: Workshop;
let visitor: Visitor;
beforeAll(async () => {
  shop = await makeReports();
  // A page from disk has no origin: whatever it asks of a server is a complaint.
  visitor = await visit('null');
});
afterEach(async () => expect(await visitor.leave()).toEqual([]));
afterAll(async () => {
  await visitor?.close();
  await rm(shop.folder, { recursive: true, force: true });
});

const open = async (folder: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> => {
  const page = await visitor.window({ colorScheme, viewport: { width: 1200, height: 900 } });
  await page.goto(pathToFileURL(join(folder, 'index.html')).href);
  return page;
};

/** Texts that reach out of their figure, with the figure's name; half a pixel is rounding. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('figure svg')].flatMap((svg) => {
      const frame = svg.getBoundingClientRect();
      return [...svg.querySelectorAll('text')].flatMap((text) => {
        const box = text.getBoundingClientRect();
        const reaches =
          box.left < frame.left - 0.5 ||
          box.top < frame.top - 0.5 ||
          box.right > frame.right + 0.5 ||
          box.bottom > frame.bottom + 0.5;
        return reaches && text.textContent !== ''
          ? [`${svg.closest('figure')?.id}: ${text.textContent}`]
          : [];
      });
    }),
  );

/** Names on one axis that lie upon each other. */
const overlapping = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('figure svg g.y-axis-tick-label')].flatMap((axis) => {
      const boxes = [...axis.querySelectorAll('text')]
        .map((text) => ({ text: text.textContent, ...text.getBoundingClientRect().toJSON() }))
        .sort((a, b) => a.top - b.top);
      return boxes.flatMap((box, place) => {
        const next = boxes[place + 1];
        return next !== undefined && next.top < box.bottom - 4
          ? [`${axis.closest('figure')?.id}: ${box.text} and ${next.text}`]
          : [];
      });
    }),
  );

test('no label is cut off and no two names lie upon each other, in any figure of any family', async () => {
  for (const { folder, model } of shop.reports) {
    const page = await open(folder);
    expect([model, await page.locator('figure svg').count()]).toEqual([
      model,
      (await readdir(folder)).length - 1,
    ]);
    expect([model, await cutOff(page)]).toEqual([model, []]);
    expect([model, await overlapping(page)]).toEqual([model, []]);
    await page.close();
  }
});

test('every figure is XML to a browser', async () => {
  const page = await open(shop.reports[0]!.folder);
  for (const { folder } of shop.reports)
    for (const name of await readdir(folder)) {
      if (!name.endsWith('.svg')) continue;
      const fault = await page.evaluate(
        (text) =>
          new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')
            ?.textContent ?? null,
        await readFile(join(folder, name), 'utf8'),
      );
      expect([name, fault]).toEqual([name, null]);
    }
});

test.each([
  ['offers-forest', 'light'],
  ['flats-linear', 'dark'],
] as const)('the page of %s has no fault that axe knows, %s', async (model, scheme) => {
  const { folder } = shop.reports.find((made) => made.model === model)!;
  expect(await axe(await open(folder, scheme))).toEqual([]);
});
