// Aliases moved through the Worker: closed without a token, through the gate with one, and seen at once.

import { sha256 } from '#contract/hash.ts';
import { retire } from '#contract/life.ts';
import { readAliases } from '#contract/registry.ts';
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
