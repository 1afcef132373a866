// Without a network: what was asked for here is answered here, what was read is shown, and the rest says why it is not there.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { settled, verdict } from './reading.ts';
import { visit, type Visitor } from './visitor.ts';

const url = inject('url');

let visitor: Visitor;

beforeAll(async () => {
  visitor = await visit(url);
});

afterAll(() => visitor?.close());

afterEach(async () => {
  // The browser itself says that a request failed; nothing else may complain.
  const complaints = await visitor.leave();
  expect(complaints.filter((each) => !each.includes('Failed to load resource: net::'))).toEqual([]);
});

/** The page, once its service worker answers for it. */
async function openInstalled(path: string): Promise<Page> {
  const page = await visitor.open(path, { serviceWorkers: 'allow' });
  await page.evaluate(async () => {
    const { serviceWorker } = navigator;
    if (serviceWorker.controller !== null) return;
    await new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve));
  });
  return page;
}

const offline = (page: Page, isOffline: boolean) => page.context().setOffline(isOffline);

const kept = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const paths = [];
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys())
        paths.push(`${request.method} ${new URL(request.url).pathname}`);
    return paths;
  });

test('once "here" is on, a reload without a network answers as the edge did, and the network is taken when it is back', async () => {
  const page = await openInstalled('/');
  await settled(page);
  const label = await verdict(page);
  await page.getByLabel('Answer in this browser too').check();
  await page.getByText('Equal to the bit').waitFor();
  await expect.poll(() => kept(page)).toContainEqual(expect.stringMatching(/model\.onnx$/));

  await offline(page, true);
  await page.reload();
  await page.getByText('Answered in this browser by version 2').waitFor();
  expect(await verdict(page)).toBe(label);
  await page.getByText('No network: what you see was last read').waitFor();
  await page.getByText('Without a network this browser answers alone.').waitFor();
  const length = page.getByRole('spinbutton', { name: 'Observed Length' });
  await length.fill('99');
  await page.getByText('outside of what the model was trained on').waitFor();
  await settled(page);

  const paths = await kept(page);
  expect(paths.filter((path) => !path.startsWith('GET '))).toEqual([]);
  expect(paths.filter((path) => /predict|explain|alias|gate/.test(path))).toEqual([]);

  await offline(page, false);
  await page.getByText('Answered by version 2').waitFor();
  expect(await page.getByText('No network').count()).toBe(0);
});

test('who never asked for it keeps the pages alone; they say what they lack', async () => {
  const page = await openInstalled('/models');
  await page.getByRole('link', { name: 'version 2' }).waitFor();
  const paths = await kept(page);
  expect(paths.filter((path) => /v1|\.wasm|\/docs\//.test(path))).toEqual([]);

  // The browser itself holds an answer of the API for two seconds.
  await page.waitForTimeout(2_100);
  await offline(page, true);
  for (const path of [
    '/',
    '/batch',
    '/models',
    '/models/x',
    '/models/x/1',
    '/data',
    '/reference',
  ]) {
    await page.goto(`${url}${path}`);
    await page.getByRole('heading', { name: 'The server cannot be reached' }).waitFor();
  }
  await page.goto(`${url}/docs/api`);
  await page.getByRole('heading', { name: 'This page is not kept on this device' }).waitFor();
});

test('it can be installed: manifest, icons of the sizes they say, a service worker', async () => {
  const page = await openInstalled('/');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const response = await fetch(new URL(href!, url));
  expect(response.headers.get('content-type')).toMatch(/^application\/manifest\+json/);
  const manifest = (await response.json()) as {
    start_url: string;
    icons: { src: string; sizes: string; type: string }[];
  };
  expect(manifest.start_url).toBe('/');
  const sizes = await page.evaluate(
    (icons) =>
      Promise.all(
        icons.map(async ({ src }) => {
          const image = new Image();
          image.src = src;
          await image.decode();
          return `${image.naturalWidth}x${image.naturalHeight}`;
        }),
      ),
    manifest.icons,
  );
  const said = manifest.icons.map((icon) => icon.sizes);
  expect(sizes.slice(0, 3)).toEqual(said.slice(0, 3));
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A window of a test is a private one, and that is all there is against it.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
});
