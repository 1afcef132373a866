// A file through the model in the visitor's own browser: nothing of it leaves, and the answers are the edge's to the bit.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import type { TabularModel } from '#contract/registry/models.ts';
import { visit, type Visitor } from './visitor.ts';

const url = inject('madeUrl');

let visitor: Visitor;
let model: TabularModel;
let folder: string;

beforeAll(async () => {
  visitor = await visit(url);
  model = (await (await fetch(`${url}/v1/models/boosted`)).json()) as TabularModel;
  folder = mkdtempSync(join(tmpdir(), 'gharial-here-'));
});

afterAll(async () => {
  await visitor?.close();
  rmSync(folder, { recursive: true, force: true });
});

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

/** Rows that go through all of the range; every seventh has a word for a number, and one a category nobody knows. */
function csv(count: number): string {
  const { features } = model.manifest.signature;
  const rows = Array.from({ length: count }, (_, at) =>
    features.map((feature, place) => {
      if (feature.type === 'category')
        return at === 3 ? 'never seen' : feature.categories[at % feature.categories.length]!;
      return at % 7 === 6 && place === 0 ? 'many' : String(((at * (place + 3)) % 997) / 997);
    }),
  );
  return [
    ['secret', ...features.map(({ column }) => column)],
    ...rows.map((row) => ['s3cret', ...row]),
  ]
    .map((cells) => cells.join(','))
    .join('\n');
}

async function choose(page: Page, text: string): Promise<void> {
  const path = join(folder, 'rows.csv');
  writeFileSync(path, text);
  await page.getByLabel('Choose a CSV file').setInputFiles(path);
}

async function answered(page: Page, where: 'At the edge' | 'Here'): Promise<string> {
  await page.getByRole('radio', { name: where }).check();
  await page.getByRole('button', { name: /^Predict .* rows$/ }).click();
  await page.getByText(/^All .* rows are answered/).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Download/ }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

test('no request carries anything of the file, and every answer and every fault is the edge’s', async () => {
  const text = csv(60);
  const edge = await visitor.open('/batch?model=boosted');
  await choose(edge, text);
  const theirs = await answered(edge, 'At the edge');

  const page = await visitor.open('/batch?model=boosted');
  const sent: string[] = [];
  page.context().on('request', (request) => {
    sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`);
  });
  await choose(page, text);
  const ours = await answered(page, 'Here');
  expect(ours).toBe(theirs);
  expect(ours.split('\r\n').filter((line) => line.includes('must be a number'))).toHaveLength(8);
  // The worker's requests are heard too.
  expect(sent.filter((request) => request.includes('model.onnx'))).toHaveLength(1);
  expect(sent.filter((request) => !request.startsWith('GET '))).toEqual([]);
  expect(sent.filter((request) => request.includes('s3cret'))).toEqual([]);
});

test('a long run leaves the page alive, is cancelled, and goes on where it was', async () => {
  const page = await visitor.open('/batch?model=boosted');
  await choose(page, csv(60_000));
  await page.getByText(/will be refused/).waitFor();
  await page.getByRole('radio', { name: 'Here' }).check();
  await page.getByRole('button', { name: /^Predict .* rows$/ }).click();
  await page.getByText(/^[1-9].* of 60,000 rows$/).waitFor();
  expect(await page.getByRole('radio', { name: 'Here' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText(/^Stopped at/).waitFor();
  const gap = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let [last, longest] = [performance.now(), 0];
        const beat = setInterval(() => {
          longest = Math.max(longest, performance.now() - last);
          last = performance.now();
          if (!document.body.innerText.includes('All 60,000 rows')) return;
          clearInterval(beat);
          resolve(longest);
        }, 10);
        [...document.querySelectorAll('button')]
          .find(({ innerText }) => innerText === 'Go on')!
          .click();
      }),
  );
  // Ten times what a quiet machine needs: a run on the page's own thread would take seconds.
  expect(gap).toBeLessThan(1_500);
});
