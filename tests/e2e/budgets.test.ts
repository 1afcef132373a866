// What a first visit may cost, and what every file of a page has before any script runs.

import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { settled } from './reading.ts';
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

test('the first paint of / stays within its budget: 100 KB, 40 requests, no jumps, and there is something to see', async () => {
  const page = await visitor.window();
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const cost = { transferred: 0, requests: 0, script: 0 };
  const scripts = new Set<string>();
  // What says more about the answer is fetched when the answer is there, and is not waited for.
  let answer = '';
  let isAnswered = false;
  session.on('Network.responseReceived', ({ type, requestId, response }) => {
    if (isAnswered) return;
    if (response.url.endsWith('/predict')) answer = requestId;
    cost.requests++;
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.dataReceived', ({ requestId, dataLength }) => {
    if (!isAnswered && scripts.has(requestId)) cost.script += dataLength;
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!isAnswered) cost.transferred += encodedDataLength;
    if (requestId === answer) isAnswered = true;
  });
  await page.goto(`${url}/`);
  await settled(page);
  expect(isAnswered).toBe(true);
  expect(cost.transferred).toBeGreaterThan(20_000);
  expect(cost.transferred).toBeLessThan(100_000);
  expect(cost.requests).toBeLessThanOrEqual(40);
  // Unpacked: what has to be parsed and run before the form is there.
  expect(cost.script).toBeGreaterThan(50_000);
  expect(cost.script).toBeLessThan(260_000);

  const { largest, shifted } = await page.evaluate(paints);
  expect(largest).toMatch(/^(H1|P|STRONG|SPAN)$/);
  expect(shifted).toBeLessThan(0.1);
});

describe('every page is a file that says what it is without a script', () => {
  const PAGES = ['/', '/batch', '/models', '/models/m', '/models/m/1', '/data', '/reference'];
  const DOCS = ['/docs', '/docs/api', '/docs/operate', '/offline'];

  test.each([...PAGES, ...DOCS])('%s', async (path) => {
    const response = await fetch(`${url}${path}`);
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).toMatch(/<html lang="en"/);
    expect(html).toMatch(/<meta name="viewport" content="width=device-width, initial-scale=1"/);
    expect(html).toMatch(/<title>[^<]*Gharial<\/title>/);
    expect(html).toMatch(/<meta name="description" content="[^"]{20,200}"/);
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
    expect(html).toMatch(/<main[ >]/);
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\/(?!github\.com)[^"]*\.(js|css|woff2?)"/);
  });
});

/** Runs in the page: what is seen largest, and how much moved. */
function paints(): Promise<{ largest: string; shifted: number }> {
  return new Promise((resolve) => {
    let shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if ('value' in entry) shifted += Number(entry.value);
    }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver((list) => {
      const last = list.getEntries().at(-1);
      const element = last !== undefined && 'element' in last ? (last.element as Element) : null;
      resolve({ largest: element?.tagName ?? '', shifted });
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
}
