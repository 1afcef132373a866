// What every page says while it waits, when there is nothing, and when the server will not answer.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { visit, type Visitor } from './visitor.ts';

const url = inject('url');

/** Pages that ask the API, and the pages among them that ask for the list of models first. */
const ALL = ['/', '/batch', '/models', '/models/m', '/models/m/1', '/data', '/reference'];
const OF_MODELS = ['/', '/batch', '/models', '/data'];

let visitor: Visitor;

beforeAll(async () => {
  visitor = await visit(url);
});

afterAll(() => visitor?.close());

afterEach(async () => {
  // The browser itself says that it got a 503.
  const complaints = await visitor.leave();
  expect(complaints.filter((each) => !each.includes('status of 503'))).toEqual([]);
});

/** A window whose API answers with this, once `until` has come. */
async function answeredBy(
  response: { status: number; type: string; body: object },
  until: Promise<void> = Promise.resolve(),
): Promise<Page> {
  const page = await visitor.window();
  await page.route(/\/(v1\/|openapi\.json)/, async (route) => {
    await until;
    await route.fulfill({
      status: response.status,
      contentType: response.type,
      body: JSON.stringify(response.body),
    });
  });
  return page;
}

test('with no model published, every page of models says which command publishes one', async () => {
  const page = await answeredBy({ status: 200, type: 'application/json', body: { models: [] } });
  for (const path of OF_MODELS) {
    await page.goto(`${url}${path}`);
    await page.getByRole('heading', { name: 'No model is published yet' }).waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('npm run trainer');
  }
});

test('a server that is not ready is quoted, and asked again at a click', async () => {
  const problem = {
    type: '/problems/storage',
    title: 'The registry cannot be read',
    status: 503,
    detail: 'Try again in a moment.',
  };
  const page = await answeredBy({ status: 503, type: 'application/problem+json', body: problem });
  for (const path of ALL) {
    await page.goto(`${url}${path}`);
    await page.getByRole('heading', { name: problem.title }).waitFor();
    expect(await page.getByRole('alert').innerText()).toContain(problem.detail);
    const again = page.waitForRequest(/\/(v1\/|openapi\.json)/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await again;
  }
});

test('an answer of something else than the API is said by its number', async () => {
  const page = await answeredBy({ status: 503, type: 'text/html', body: {} });
  await page.goto(`${url}/models`);
  await page.getByRole('heading', { name: 'The server answered 503' }).waitFor();
});

test('while the API has not answered, every page says that it waits', async () => {
  let answer = (): void => undefined;
  const until = new Promise<void>((resolve) => (answer = resolve));
  const page = await answeredBy({ status: 503, type: 'text/html', body: {} }, until);
  for (const path of ALL) {
    await page.goto(`${url}${path}`, { waitUntil: 'commit' });
    await page.getByText('Loading the model').waitFor({ state: 'attached' });
  }
  answer();
  await page.getByRole('heading', { name: 'The server answered 503' }).waitFor();
});
