// Aliases moved through the Worker: closed without a token, through the gate with one, and seen at once.

import type { GateAnswer } from '#contract/registry/alias-answers.ts';
import { sha256 } from '#contract/hash.ts';
import { retire } from '#contract/registry/life.ts';
import { readAliases } from '#contract/registry/registry.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { freshIsolate, type Isolate } from './fresh-isolate.ts';
import { bucket, publishTiny, registry } from './tiny-model.ts';

const TOKEN = 'a-token-of-a-test';
let isolate: Isolate;

beforeAll(async () => {
  const hash = await sha256(new TextEncoder().encode(TOKEN));
  await twoVersions('guarded');
  isolate = freshIsolate(bucket, { ADMIN_TOKEN_SHA256: `${'0'.repeat(64)},${hash}` });
});

const post = (path: string, body: unknown, token: string | null = TOKEN): Promise<Response> =>
  isolate.ask(`/v1/models/${path}`, {
    method: 'POST',
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });

interface Answer {
  type: string;
  detail: string;
  errors: { pointer: string; detail: string }[];
  version: string;
  move: { from: string; to: string; by: string; reason: string; overrides?: string[] };
}

const move = { version: '2', reason: 'to see it move' };

async function twoVersions(model: string): Promise<void> {
  await publishTiny(model);
  await publishTiny(model, { seed: 2, promote: false });
}

describe('without a token', () => {
  test('there is no such address where none is configured', async () => {
    await twoVersions('unguarded');
    for (const path of ['aliases/champion', 'aliases/champion/rollback']) {
      const response = await ask(`/v1/models/unguarded/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}` },
        body: JSON.stringify({ ...move, override: 'please' }),
      });
      expect(response.status).toBe(404);
      expect((await response.json<Answer>()).type).toBe('/problems/unknown-route');
    }
    expect((await readAliases(registry, 'unguarded')).aliases).toEqual({ champion: '1' });
  });

  test.each([[null], ['wrong']])('%o is refused where one is', async (token) => {
    for (const path of ['guarded/aliases/champion', 'guarded/aliases/champion/rollback']) {
      const response = await post(path, { ...move, override: 'please' }, token);
      expect(response.status).toBe(401);
    }
    expect((await readAliases(registry, 'guarded')).aliases).toEqual({ champion: '1' });
  });
});

test('the gate is closed to what cannot be compared; a reason overrules it; the next request is answered by it', async () => {
  await twoVersions('moved');
  expect(await isolate.version('moved')).toBe('1');
  const closed = await post('moved/aliases/champion', move);
  expect(closed.status).toBe(409);
  const problem = await closed.json<Answer>();
  expect(problem.type).toBe('/problems/gate-closed');
  expect(problem.errors).toEqual([
    { pointer: '/version', detail: 'metric: the champion has no held-out rows' },
  ]);
  expect(await isolate.version('moved')).toBe('1');

  const opened = await post('moved/aliases/champion', { ...move, override: 'seen by a person' });
  expect(opened.status).toBe(200);
  const { version, move: made } = await opened.json<Answer>();
  expect(version).toBe('2');
  expect(made).toMatchObject({ from: '1', to: '2', reason: 'seen by a person' });
  expect(made.overrides).toHaveLength(1);
  expect(made.by).toMatch(/^admin token [0-9a-f]{8}$/);
  expect(await isolate.version('moved')).toBe('2');

  const back = await post('moved/aliases/champion/rollback', { reason: 'it was worse' });
  expect((await back.json<Answer>()).move).toMatchObject({ from: '2', to: '1' });
  expect(await isolate.version('moved')).toBe('1');
  expect((await post('moved/aliases/champion/rollback', { reason: 'again' })).status).toBe(409);
});

describe('what the gate says', () => {
  const gate = (path: string, token = TOKEN): Promise<Response> =>
    isolate.ask(`/v1/models/${path}`, { headers: { authorization: `Bearer ${token}` } });

  test('is what a promotion then meets, and asking moves nothing', async () => {
    await twoVersions('asked');
    const response = await gate('asked/aliases/champion/gate/2');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { from, verdict } = await response.json<GateAnswer>();
    expect(from).toBe('1');
    expect((await readAliases(registry, 'asked')).aliases).toEqual({ champion: '1' });
    const refused = await (await post('asked/aliases/champion', move)).json<Answer>();
    const against = verdict!.reasons.filter(({ passed }) => !passed);
    expect(refused.errors.map(({ detail }) => detail)).toEqual(
      against.map(({ rule, detail }) => `${rule}: ${detail}`),
    );
  });

  test.each([
    ['asked/aliases/champion/gate/1', { from: '1', verdict: null }],
    ['asked/aliases/challenger/gate/2', { from: null, verdict: null }],
  ])('is nothing where it is not asked: %s', async (path, answer) => {
    expect(await (await gate(path)).json()).toMatchObject(answer);
  });

  test.each([
    ['asked/aliases/champion/gate/9', TOKEN, 404],
    ['asked/aliases/champion/gate/x', TOKEN, 404],
    ['no-such-model/aliases/champion/gate/1', TOKEN, 404],
    ['asked/aliases/champion/gate/2', 'wrong', 401],
  ])('is refused: %s with %s', async (path, token, status) => {
    expect((await gate(path, token)).status).toBe(status);
  });
});

test('who decided on what is no longer so moves nothing', async () => {
  await twoVersions('raced');
  const override = 'seen by a person';
  for (const from of ['2', null]) {
    const late = await post('raced/aliases/champion', { ...move, override, from });
    expect(late.status).toBe(409);
    expect((await late.json<Answer>()).detail).toContain('somebody moved it meanwhile');
  }
  expect((await post('raced/aliases/champion', { ...move, override, from: '1' })).status).toBe(200);
  const back = (from: string) =>
    post('raced/aliases/champion/rollback', { reason: 'it was worse', from });
  expect((await back('1')).status).toBe(409);
  expect(await isolate.version('raced')).toBe('2');
  expect((await back('2')).status).toBe(200);
  expect(await isolate.version('raced')).toBe('1');
});

test('another alias has no gate', async () => {
  await twoVersions('challenged');
  expect((await post('challenged/aliases/challenger', move)).status).toBe(200);
  const response = await isolate.ask('/v1/models/challenged/versions/challenger');
  expect((await response.json<{ version: string }>()).version).toBe('2');
});

describe('is refused', () => {
  test.each([
    ['no-such-model/aliases/champion', move, 404],
    ['guarded/aliases/champion', { ...move, version: '9' }, 404],
    ['guarded/aliases/champion', { ...move, version: 'champion' }, 400],
    ['guarded/aliases/champion', { version: '2' }, 400],
    ['guarded/aliases/champion', { ...move, reason: '  ' }, 400],
    ['guarded/aliases/champion', { ...move, more: 1 }, 400],
    ['guarded/aliases/champion', { ...move, accept_signature_change: 'yes' }, 400],
    ['guarded/aliases/champion', { ...move, from: 'champion' }, 400],
    ['guarded/aliases/champion/rollback', { reason: 'x', from: null }, 400],
    ['guarded/aliases/champion', [], 400],
    ['guarded/aliases/7', move, 409],
    ['guarded/aliases/champion/rollback', {}, 400],
    ['nobody/aliases/champion/rollback', { reason: 'x' }, 409],
    ['No Name/aliases/champion/rollback', { reason: 'x' }, 404],
  ])('%s %j', async (path, body, status) => {
    expect((await post(path, body)).status).toBe(status);
  });
});

test('a retired version answers nobody who names it, and no fallback takes it', async () => {
  await publishTiny('retiring');
  await publishTiny('retiring', { seed: 2 });
  const path = '/v1/models/retiring/versions/1/predict';
  const body = JSON.stringify({ rows: [{ size: 1, kind: 'b' }] });
  const first = freshIsolate();
  expect((await first.ask(path, { method: 'POST', body })).status).toBe(200);
  await retire(registry, 'retiring', {
    version: '1',
    by: 'a test',
    reason: 'wrong labels',
    at: '',
  });
  first.advance(10_000);
  const response = await first.ask(path, { method: 'POST', body });
  expect(response.status).toBe(404);
  expect((await response.json<Answer>()).detail).toBe('retiring 1 is retired: wrong labels');
  expect((await first.ask('/v1/models/retiring/versions/1')).status).toBe(200);
  expect(await first.version('retiring')).toBe('2');
});
