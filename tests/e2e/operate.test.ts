// Promote and roll back on the page of a model, by a person with and without the token.

import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { ModelResponse } from '#contract/registry/models.ts';
import { axe } from './axe.ts';
import { ADMIN_TOKEN } from './operator.ts';
import { visit, type Visitor } from './visitor.ts';

const url = inject('madeUrl');
const MOVING = `${url}/v1/models/moving`;

let visitor: Visitor;

beforeAll(async () => {
  visitor = await visit(url);
});

afterAll(() => visitor?.close());

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

const panel = (page: Page): Locator =>
  page.getByRole('group').filter({ hasText: 'Promote or roll back' });
const events = (page: Page): Promise<string[]> =>
  page.getByRole('region', { name: 'History' }).locator('li strong').allInnerTexts();

async function enter(page: Page, token: string): Promise<void> {
  await page.getByText('Promote or roll back').click();
  await page.getByLabel('Admin token').fill(token);
  await page.getByRole('button', { name: 'Use it' }).click();
}

const choose = (page: Page, version: string): Promise<string[]> =>
  page.getByRole('combobox', { name: 'Version to promote' }).selectOption(version);

async function champion(): Promise<string | undefined> {
  const model = (await (await fetch(MOVING)).json()) as ModelResponse;
  return model.aliases.champion;
}

async function move(path: string, body: object): Promise<void> {
  const response = await fetch(`${MOVING}/aliases/champion${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'a test', ...body }),
  });
  expect(response.status).toBe(200);
}

test('a version is promoted through the gate and rolled back, and the timeline tells it', async () => {
  const page = await visitor.open('/models/moving');
  await enter(page, ADMIN_TOKEN);
  await choose(page, '2');
  await page.getByText('The gate is open to version 2, which would follow version 1.').waitFor();
  expect(await panel(page).getByRole('listitem').count()).toBe(4);
  expect(await champion()).toBe('1');
  const promote = page.getByRole('button', { name: 'Promote version 2' });
  await promote.click();
  // Without a reason nothing moves: the browser asks for one.
  expect(await champion()).toBe('1');
  await page.getByLabel('Reason', { exact: true }).first().fill('looks right');
  await promote.click();
  await page.getByText('Version 2 is live now.').waitFor();
  await page.getByText('champion moved from 1 to 2').waitFor();
  expect(await champion()).toBe('2');

  await page.getByLabel('Reason', { exact: true }).fill('it was not');
  await page.getByRole('button', { name: 'Roll back to version 1' }).click();
  await page.getByText('Rolled back: version 1 is live now.').waitFor();
  await page.getByText('champion moved from 2 to 1').waitFor();
  expect((await events(page))[0]).toBe('champion moved from 2 to 1');
  expect(await champion()).toBe('1');
});

test('a closed gate says why before anything moves, and is overruled by a reason that is kept', async () => {
  const page = await visitor.open('/models/moving');
  await enter(page, ADMIN_TOKEN);
  await choose(page, '3');
  await page.getByText('The gate is closed to version 3.').waitFor();
  const against = panel(page).getByRole('listitem').filter({ hasText: 'does not hold' });
  expect(await against.innerText()).toContain('3 of 1000 labels differ');
  expect(await page.getByRole('button', { name: 'Promote version 3', exact: true }).count()).toBe(
    0,
  );
  await page.getByLabel('Why it is promoted all the same').fill('seen by a person');
  await page.getByRole('button', { name: /^Overrule the gate/ }).click();
  await page.getByText('Version 3 is live now.').waitFor();
  const { history } = (await (await fetch(MOVING)).json()) as ModelResponse;
  expect(history.at(-1)).toMatchObject({ to: '3', reason: 'seen by a person' });
  expect(history.at(-1)!.overrides).toHaveLength(1);
  await move('/rollback', {});
});

describe('the token', () => {
  test('is kept for the tab alone: over a reload, and in no address', async () => {
    const page = await visitor.open('/models/moving');
    await enter(page, ADMIN_TOKEN);
    await page.reload();
    await page.getByRole('combobox', { name: 'Version to promote' }).waitFor();
    expect(page.url()).not.toContain(ADMIN_TOKEN);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, document.cookie]));
    expect(kept).not.toContain(ADMIN_TOKEN);
    await page.getByRole('button', { name: 'Forget the token' }).click();
    await page.reload();
    await page.getByText('Promote or roll back').click();
    await page.getByLabel('Admin token').waitFor();
  });

  test('that is wrong is said to be, forgotten, and asked for again', async () => {
    const page = await visitor.open('/models/moving');
    await enter(page, 'wrong');
    await choose(page, '2');
    await page.getByText('The server does not know this token').waitFor();
    await page.getByLabel('Admin token').waitFor();
    expect(await visitor.leave()).toEqual([
      'error: Failed to load resource: the server responded with a status of 401 (Unauthorized)',
    ]);
  });
});

test('who was overtaken moves nothing, is told, and sees how it is now', async () => {
  const page = await visitor.open('/models/moving');
  await enter(page, ADMIN_TOKEN);
  await choose(page, '2');
  await page.getByText('The gate is open to version 2').waitFor();
  await move('', { version: '3', override: 'faster' });
  await page.getByLabel('Reason', { exact: true }).first().fill('too late');
  await page.getByRole('button', { name: 'Promote version 2' }).click();
  await page.getByText('It is not as this page showed it').waitFor();
  await page.getByText('From version 3 to version 1.').waitFor();
  expect(await champion()).toBe('3');
  await move('/rollback', {});
  expect(await visitor.leave()).toEqual([
    'error: Failed to load resource: the server responded with a status of 409 (Conflict)',
  ]);
});

test('a canary and a shadow are shown with their shares, their counts and the guardrail’s verdict', async () => {
  const page = await visitor.window({ viewport: { width: 360, height: 740 } });
  const trial = { sample: 20, tolerance: null, since: '2026-01-01T00:00:00.000Z' };
  const guardrail = {
    window_s: 600,
    min_requests: 100,
    max_error_margin: 0.02,
    max_disagreement: 0.2,
    max_latency_ratio: 2,
  };
  const counted = { rows: 9, refused: 0, latency: [], first_at: '', last_at: '' };
  const counts = {
    errors: 1,
    compared: 50,
    disagreements: 4,
    timed: 100,
    latency_ms: 300,
    ...counted,
  };
  const verdict = {
    state: 'waiting',
    reasons: [{ rule: 'errors', state: 'waiting', detail: '60 of 100 requests' }],
  };
  await page.route('**/v1/models/moving/traffic', (route) =>
    route.fulfill({
      json: {
        model: 'moving',
        champion: '1',
        weights: [
          { version: '1', weight: 87.5 },
          { version: '2', weight: 12.5 },
        ],
        canary: { ...trial, version: '2', weight: 12.5, guardrail, verdict },
        shadow: { ...trial, version: '3' },
        counting: 'on',
        counts: [
          { version: '1', requests: 1234, ...counts },
          { version: '2', requests: 60, ...counts },
        ],
        history: [
          {
            action: 'canary',
            version: '2',
            from: null,
            to: 12.5,
            at: '2026-01-02T00:00:00.000Z',
            by: 'a person',
            reason: 'careful',
          },
        ],
      },
    }),
  );
  await page.goto(`${url}/models/moving`);
  const live = page.getByRole('region', { name: 'What is live' });
  await live.getByText('87.5% of the requests').waitFor();
  const text = await live.innerText();
  for (const part of [
    '12.5% of the requests',
    '20.0% of its answers',
    '1,234',
    '4 of 50',
    '3 ms',
    'waits for more requests',
    '60 of 100 requests',
  ])
    expect(text).toContain(part);
  expect(await events(page)).toContain('Version 2 became canary with 12.5%');
  expect(await axe(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
});

test('a server that knows no traffic shows its champion alone', async () => {
  const page = await visitor.window();
  await page.route('**/traffic', (route) => route.fulfill({ status: 404, json: {} }));
  await page.goto(`${url}/models/moving`);
  const live = page.getByRole('region', { name: 'What is live' });
  await live.waitFor();
  expect(await live.innerText()).toMatch(/champion\s+version 1/);
  expect(await visitor.leave()).toEqual([
    'error: Failed to load resource: the server responded with a status of 404 (Not Found)',
  ]);
});

test.each([
  [360, 'dark'],
  [1440, 'light'],
] as const)(
  'with the gate’s answer is clean to axe at %i pixels in the %s',
  async (width, colorScheme) => {
    const page = await visitor.open('/models/moving', {
      colorScheme,
      viewport: { width, height: 800 },
    });
    await enter(page, ADMIN_TOKEN);
    await choose(page, '3');
    await page.getByText('The gate is closed to version 3.').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  },
);
