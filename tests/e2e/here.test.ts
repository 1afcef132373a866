// Edge or here: the same file and row in the visitor's own browser, equal to the bit.

import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import type { TabularModel } from '#contract/registry/models.ts';
import { axe } from './axe.ts';
import { settled, verdict } from './reading.ts';
import { visit, type Visitor } from './visitor.ts';

const url = inject('url');

let visitor: Visitor;
let model: TabularModel;

beforeAll(async () => {
  visitor = await visit(url);
  const response = await fetch(`${url}/v1/models/crocodile-species`);
  model = (await response.json()) as TabularModel;
});

afterAll(() => visitor?.close());

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

test('nothing of the runtime is loaded until it is wanted; then both answer alike, row after row', async () => {
  const page = await visitor.open('/');
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  let bytes = 0;
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await settled(page);
  expect(loaded.filter((each) => /wasm|onnx/.test(each))).toEqual([]);

  await page.getByLabel('Answer in this browser too').check();
  const region = page.getByRole('region', { name: 'Edge or here' });
  for (const { target } of model.manifest.examples) {
    await page.getByRole('button', { name: String(target), exact: true }).click();
    await settled(page);
    const label = await verdict(page);
    await region.locator('dd', { hasText: label }).nth(1).waitFor();
    expect(await region.getByRole('status').innerText()).toBe(
      'Equal to the bit: 18 values compared.',
    );
    expect((await region.innerText()).match(/\d ms|under 1 ms/g)).toHaveLength(2);
  }
  expect(await axe(page)).toEqual([]);
  await page.getByLabel('Answer in this browser too').uncheck();
  await region.getByText('Equal to the bit').waitFor({ state: 'detached' });
  expect(loaded.some((each) => each.endsWith('.wasm'))).toBe(true);
  // Some 4 MB, compressed: what is kept for offline is not fetched a second time.
  expect(bytes).toBeLessThan(6_000_000);
});
