// The page where things are less than perfect: by keyboard, on a phone, offline, without scripts, at a wrong address.

import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { bars, formValues, noteOf, settled, verdict } from './reading.ts';
import { visit, type Visitor } from './visitor.ts';

const url = inject('url');

let visitor: Visitor;

beforeAll(async () => {
  visitor = await visit(url);
});

afterAll(() => visitor?.close());

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

/** Presses Tab until the control with this name has the focus, which must be visible each time. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const label = (element as HTMLInputElement).labels?.[0]?.textContent;
      const ring = [element, element.parentElement!].map((e) => getComputedStyle(e).outlineStyle);
      return {
        name: element.getAttribute('aria-label') ?? label ?? element.textContent ?? '',
        visible: ring.some((style) => style !== 'none'),
      };
    });
    expect(focused.visible, `focus ring on ${focused.name}`).toBe(true);
    if (name.test(focused.name)) return;
  }
  throw new Error(`the Tab key does not get to: ${name}`);
}

test('the keyboard alone is enough', async () => {
  const page = await visitor.open('/');
  await settled(page);
  await tabTo(page, /^Skip/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Observed Length, slider/);
  const before = await page.getByRole('spinbutton', { name: 'Observed Length' }).inputValue();
  await page.keyboard.press('ArrowRight');
  await tabTo(page, /^Observed Length$/);
  expect(await page.getByRole('spinbutton', { name: 'Observed Length' }).inputValue()).not.toBe(
    before,
  );
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('2.4');
  await tabTo(page, /^Observed Weight$/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('107.9');
  await tabTo(page, /^Age Class$/);
  await page.keyboard.type('Sub');
  await tabTo(page, /^Sex$/);
  await page.keyboard.type('Male');
  await tabTo(page, /^Country/);
  await page.keyboard.type('cub');
  await page.keyboard.press('Enter');
  await tabTo(page, /^Habitat/);
  await page.keyboard.type('swamps');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.waitForURL(/=Swamps/);
  await settled(page);
  expect(await formValues(page)).toMatchObject({
    'Observed Length': '2.4',
    'Observed Weight': '107.9',
    'Age Class': 'Subadult',
    Sex: 'Male',
    'Country/Region': 'Cuba',
    'Habitat Type': 'Swamps',
  });
  expect(await verdict(page)).toBe('Cuban Crocodile');
});

test.each([360, 768, 1440])('nothing is cut off at a width of %i', async (width) => {
  const page = await visitor.open('/', { viewport: { width, height: 800 } });
  await settled(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  expect(await page.getByRole('status').isVisible()).toBe(true);
});

test('on a phone the answer is in sight while the form is filled in', async () => {
  const page = await visitor.open('/', { viewport: { width: 360, height: 740 } });
  await settled(page);
  const box = await page.getByRole('status').boundingBox();
  expect(box!.y + box!.height).toBeLessThanOrEqual(740);
});

test('a lost network is said in words, and its return brings the answer', async () => {
  const page = await visitor.open('/');
  await settled(page);
  await page.context().setOffline(true);
  await page.getByRole('spinbutton', { name: 'Observed Length' }).fill('3');
  await page.getByRole('heading', { name: 'The server cannot be reached' }).waitFor();
  await page.context().setOffline(false);
  await settled(page);
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(new Set(await visitor.leave())).toEqual(
    new Set(['error: Failed to load resource: net::ERR_INTERNET_DISCONNECTED']),
  );
});

test('a fault that only the server finds stands beside its field', async () => {
  const page = await visitor.open('/');
  await settled(page);
  const fault = { pointer: '/rows/0/sex', detail: 'is a secret' };
  await page.route('**/predict', (route) =>
    route.fulfill({
      status: 400,
      contentType: 'application/problem+json',
      json: {
        type: '/problems/invalid-request',
        title: 'The request does not fit the model',
        status: 400,
        detail: 'one fault',
        errors: [fault],
      },
    }),
  );
  await page.getByRole('spinbutton', { name: 'Observed Length' }).fill('3');
  await page.getByText('No answer to this row').waitFor();
  expect(await noteOf(page, 'Sex')).toBe('This value is a secret.');
  expect(await visitor.leave()).toEqual([
    'error: Failed to load resource: the server responded with a status of 400 (Bad Request)',
  ]);
});

test('without JavaScript the page says what it needs, and where the API is', async () => {
  const page = await visitor.open('/', { javaScriptEnabled: false });
  expect(await page.locator('main').innerText()).toContain('needs JavaScript');
  expect(await page.getByRole('link', { name: '/v1/models' }).getAttribute('href')).toBe(
    '/v1/models',
  );
});

test('a wrong address gets a 404 page with a way back', async () => {
  const page = await visitor.open('/no/such/page');
  await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
  expect((await page.request.get(page.url())).status()).toBe(404);
  await page.getByRole('link', { name: 'Go to the start page' }).click();
  await settled(page);
  expect(await visitor.leave()).toEqual([
    'error: Failed to load resource: the server responded with a status of 404 (Not Found)',
  ]);
});

test('what never changes is cached for good, and no other site may frame the page', async () => {
  const page = await visitor.open('/');
  await settled(page);
  const script = await page.locator('link[rel=modulepreload]').first().getAttribute('href');
  const headers = (await page.request.get(`${url}${script}`)).headers();
  expect(headers['cache-control']).toContain('immutable');
  const home = (await page.request.get(url)).headers();
  expect(home['content-security-policy']).toBe("frame-ancestors 'none'");
  expect(home['x-content-type-options']).toBe('nosniff');
});

test.skipIf(process.platform === 'win32')(
  'the copied curl command, read by a shell, asks what the page asks',
  async () => {
    const page = await visitor.open("/#country_region=Côte+d'Ivoire", {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await settled(page);
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByText('Copied').waitFor();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    const print = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`;
    const words = execFileSync('sh', ['-c', print], { encoding: 'utf8' }).split('\0');
    const [url, , header, , body] = words;
    const response = await page.request.post(url!, {
      headers: { 'content-type': header!.split(': ')[1]! },
      data: Buffer.from(body!),
    });
    const { predictions } = (await response.json()) as { predictions: { label: string }[] };
    expect(body).toContain("Côte d'Ivoire");
    expect((await bars(page))[0]!.label).toBe(predictions[0]!.label);
  },
);
