// What is counted of a model's versions, who is told when, and trials through the admin routes.

import { sha256 } from '#contract/hash.ts';
import { readAliases } from '#contract/registry/registry.ts';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Env } from '../../worker/env.ts';
import { freshIsolate, type Isolate } from './fresh-isolate.ts';
import { askAll, canary, countsOf, keys, told, traffic, twoVersions } from './on-trial.ts';
import { bucket, publishTiny, registry } from './tiny-model.ts';

describe('counts', () => {
  test('of two isolates add up, and survive both', async () => {
    const model = 'counted';
    await publishTiny(model);
    const isolates = [freshIsolate(), freshIsolate()];
    for (const [index, isolate] of isolates.entries())
      for (let request = 0; request <= index; request++) await isolate.version(model);
    await Promise.all(isolates.map((isolate) => traffic(isolate, model)));
    expect(await countsOf(freshIsolate(), model, '1')).toMatchObject({ requests: 3, rows: 3 });
  });

  test('are told behind a request, once a minute where nothing is on trial', async () => {
    const model = 'seldom-told';
    await publishTiny(model);
    let reports = 0;
    const isolate = freshIsolate(bucket, {
      TRAFFIC: {
        getByName: () => ({
          report() {
            reports++;
            return Promise.resolve({ counts: [], verdict: null, rolledBack: false });
          },
        }),
      },
    });
    for (let second = 0; second < 180; second++) {
      await isolate.version(model);
      isolate.advance(1_000);
    }
    expect(reports).toBe(2);
    isolate.advance(600_000);
    await isolate.version(model);
    expect(reports).toBe(3);
    // The last prediction is still to be told; after that nothing is.
    for (let hour = 0; hour < 3; hour++) {
      isolate.advance(3_600_000);
      await isolate.ask(`/v1/models/${model}`);
    }
    expect(reports).toBe(4);
  });

  test('wait while the counter is down, which no request notices', async () => {
    const model = 'uncounted';
    await twoVersions(model);
    await canary(model);
    let isDown = true;
    const { TRAFFIC } = env as Env;
    const isolate = freshIsolate(bucket, {
      TRAFFIC: {
        getByName: (name) => ({
          report: (report) =>
            isDown ? Promise.reject(new Error('is down')) : TRAFFIC!.getByName(name).report(report),
        }),
      },
    });
    await askAll(isolate, model, keys(10));
    await told(isolate, model);
    expect(await traffic(isolate, model)).toMatchObject({ counting: 'unreachable', counts: [] });
    await askAll(isolate, model, keys(10));
    isDown = false;
    const { counting, counts } = await traffic(isolate, model);
    expect(counting).toBe('on');
    expect(counts.reduce((sum, { requests }) => sum + requests, 0)).toBe(20);
  });

  test('are not there without a counter, and canaries are', async () => {
    const model = 'counterless';
    await twoVersions(model);
    await canary(model, { weight: 100 });
    const isolate = freshIsolate(bucket, { TRAFFIC: undefined });
    await askAll(isolate, model, keys(5));
    await told(isolate, model);
    expect(await isolate.version(model)).toBe('2');
    expect(await traffic(isolate, model)).toMatchObject({ counting: 'off', counts: [] });
  });
});

describe('through the admin routes', () => {
  const TOKEN = 'a-token-of-a-test';
  let isolate: Isolate;
  beforeAll(async () => {
    const hash = await sha256(new TextEncoder().encode(TOKEN));
    await twoVersions('administered');
    isolate = freshIsolate(bucket, { ADMIN_TOKEN_SHA256: hash, API_KEYS: '0'.repeat(64) });
  });
  const post = (path: string, body: unknown, token = TOKEN): Promise<Response> =>
    isolate.ask(`/v1/models/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });

  test('a canary and a shadow begin and end', async () => {
    const begun = await post('administered/traffic/canary', {
      ...{ version: '2', weight: 12.5, reason: 'to try it' },
      guardrail: { window_s: 60 },
    });
    expect(begun.status).toBe(200);
    expect(await begun.json()).toMatchObject({
      model: 'administered',
      weights: [
        { version: '1', weight: 87.5 },
        { version: '2', weight: 12.5 },
      ],
      canary: { version: '2', guardrail: { window_s: 60, min_requests: 100 } },
    });
    expect(
      (await post('administered/traffic/shadow', { version: '2', reason: 'too' })).status,
    ).toBe(200);
    const ended = await post('administered/traffic/canary', { version: null, reason: 'enough' });
    expect(await ended.json()).toMatchObject({
      canary: null,
      shadow: { version: '2', sample: 100 },
    });
    const { traffic_history: history } = await readAliases(registry, 'administered');
    expect(history.map(({ by }) => by.slice(0, 11))).toEqual(Array(3).fill('admin token'));
  });

  test.each([
    ['administered/traffic/canary', { version: '2', reason: 'x' }, 400, '/weight'],
    ['administered/traffic/canary', { version: '2', reason: 'x', weight: 101 }, 400, '/weight'],
    ['administered/traffic/canary', { version: '2', reason: '', weight: 1 }, 400, '/reason'],
    ['administered/traffic/canary', { version: 'two', reason: 'x', weight: 1 }, 400, '/version'],
    [
      'administered/traffic/canary',
      { version: '2', reason: 'x', weight: 1, guardrail: { window_s: 1 } },
      400,
      '/guardrail/window_s',
    ],
    ['administered/traffic/shadow', { version: '2', reason: 'x', weight: 1 }, 400, ''],
    ['administered/traffic/shadow', { version: '1', reason: 'x' }, 409, null],
    ['administered/traffic/canary', { version: '9', reason: 'x', weight: 1 }, 409, null],
    ['No Name/traffic/canary', { version: '2', reason: 'x', weight: 1 }, 404, null],
  ])('%s %j is refused with %d', async (path, body, status, pointer) => {
    const response = await post(path, body);
    expect(response.status).toBe(status);
    if (pointer === null) return;
    const { errors } = await response.json<{ errors: { pointer: string }[] }>();
    expect(errors.map((error) => error.pointer)).toEqual([pointer]);
  });

  test('not without the token; what is counted is for holders of a key', async () => {
    expect((await post('administered/traffic/canary', {}, 'wrong')).status).toBe(401);
    for (const path of ['traffic', 'traffic/'])
      expect((await isolate.ask(`/v1/models/administered/${path}`)).status).toBe(401);
    expect((await freshIsolate().ask('/v1/models/nobody/traffic')).status).toBe(404);
  });
});
