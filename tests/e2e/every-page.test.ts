// Every page in Japanese: nothing English is left in it, nothing is cut off, nothing jumps, and axe finds nothing.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { en } from '../../site/src/lib/words/en.ts';
import { ja } from '../../site/src/lib/words/ja.ts';
import { axe } from './axe.ts';
import { visit, type Visitor } from './visitor.ts';

/** Each with a text that is there when the page is. */
const PAGES: readonly (readonly [path: string, ready: string])[] = [
  ['/', ja.facts.parity],
  ['/batch', ja.batch.choose],
  ['/models', ja.models.live],
  ['/models/crocodile-species', ja.model.history],
  ['/models/crocodile-species/2?beside=1', ja.compare.differs],
  ['/data', ja.data.features],
  ['/reference', ja.reference.shapes],
  ['/docs', ja.docs.lead],
];

const WIDTHS = [360, 768, 1440];

/** Documents, and what the API says of itself. */
const OTHERS = 'script, noscript, .prose, aside li, section.card details';

/** Shares of the screen that moved although nobody did anything (web.dev, CLS: below .1 is good). */
const SHIFT = 0.1;

const url = inject('url');

let visitor: Visitor;

beforeAll(async () => {
  visitor = await visit(url);
});

afterAll(() => visitor?.close());

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

test.each(PAGES)('%s', async (path, ready) => {
  const page = await visitor.window({
    locale: 'ja-JP',
    viewport: { width: 360, height: 740 },
  });
  await page.addInitScript(watchShifts);
  await page.goto(`${url}${path}`);
  await page.getByText(ready).first().waitFor();
  await page.waitForLoadState('networkidle');
  expect(await page.evaluate(() => (globalThis as unknown as Watched).shifted)).toBeLessThan(SHIFT);
  expect(await leftInEnglish(page)).toEqual([]);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
  for (const [colorScheme, width] of [
    ['light', 360],
    ['dark', 1440],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    expect(await axe(page)).toEqual([]);
  }
});

interface Watched {
  shifted: number;
}

/** Runs in the page. */
function watchShifts(): void {
  const watched = globalThis as unknown as Watched;
  watched.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if ('value' in entry) watched.shifted += Number(entry.value);
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Sentences of the English pages that stand on this one; what documents say, and are called, is not the pages' own. */
async function leftInEnglish(page: Page): Promise<readonly string[]> {
  const text = await page.locator('body').evaluate((body, others) => {
    const copy = body.cloneNode(true) as HTMLElement;
    for (const other of copy.querySelectorAll(others)) other.remove();
    return copy.textContent;
  }, OTHERS);
  const known = new Set(sentencesOf(ja));
  return sentencesOf(en).filter((sentence) => !known.has(sentence) && text.includes(sentence));
}

function sentencesOf(words: object): readonly string[] {
  return Object.values(words).flatMap((value: unknown) => {
    if (typeof value === 'string') return value.includes(' ') ? [value] : [];
    return typeof value === 'object' && value !== null ? sentencesOf(value) : [];
  });
}
