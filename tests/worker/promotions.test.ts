// A thousand predictions while the champion changes twenty times: no error, and no answer of a version that was not current.

import { sha256 } from '#contract/hash.ts';
import { rollback } from '#contract/registry/life.ts';
import { promote } from '#contract/registry/registry.ts';
import { beforeAll, expect, test } from 'vitest';
import { ALIAS_STALE_MS } from '../../worker/limits.ts';
import { freshIsolate } from './fresh-isolate.ts';
import { bucket, publishTiny, registry } from './tiny-model.ts';

const MOVES = 20;
const PREDICTIONS_A_MOVE = 50;
const TOKEN = 'a-token-of-a-test';
let hash: string;

beforeAll(async () => {
  hash = await sha256(new TextEncoder().encode(TOKEN));
});

async function threeVersions(model: string): Promise<void> {
  await publishTiny(model);
  for (const seed of [2, 3]) await publishTiny(model, { seed, promote: false });
}

test('moved through the same isolate, each answer is of a version that was champion while it was asked for', async () => {
  await threeVersions('busy');
  const isolate = freshIsolate(bucket, { ADMIN_TOKEN_SHA256: hash });
  const post = async (path: string, body: object): Promise<string> => {
    const response = await isolate.ask(`/v1/models/busy/aliases/champion${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    return (await response.json<{ version: string }>()).version;
  };
  let champion = '1';
  let moving: string | null = null;
  const counts = new Map<string, number>();

  const predictOnce = async (): Promise<void> => {
    const possible = new Set([champion, ...(moving === null ? [] : [moving])]);
    const version = String(await isolate.version('busy'));
    possible.add(champion);
    if (moving !== null) possible.add(moving);
    expect([...possible]).toContain(version);
    counts.set(version, (counts.get(version) ?? 0) + 1);
  };

  for (let move = 0; move < MOVES; move++) {
    const isRollback = move % 3 === 2;
    const next = String((Number(champion) % 3) + 1);
    // A rollback of the promotion just made goes to where that came from.
    moving = isRollback ? String(((Number(champion) + 1) % 3) + 1) : next;
    const predictions = Array.from({ length: PREDICTIONS_A_MOVE }, predictOnce);
    const reached = isRollback
      ? await post('/rollback', { reason: 'back' })
      : await post('', { version: next, reason: 'on', override: 'a test' });
    expect(reached).toBe(moving);
    champion = reached;
    moving = null;
    await Promise.all(predictions);
    expect(await isolate.version('busy')).toBe(champion);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  expect(total).toBe(MOVES * PREDICTIONS_A_MOVE);
  expect(counts.size).toBe(3);
});

test('moved by somebody else, an answer is of a version that was champion less than ten seconds ago', async () => {
  await threeVersions('elsewhere');
  const isolate = freshIsolate();
  const who = { alias: 'champion', by: 'a test', reason: 'on', at: '2026-01-01T00:00:00.000Z' };
  let recent = [{ version: '1', until: Infinity }];
  let now = 0;
  for (let move = 0; move < MOVES; move++) {
    const isRollback = move % 3 === 2;
    const { to } = isRollback
      ? await rollback(registry, 'elsewhere', who)
      : await promote(registry, 'elsewhere', { ...who, to: String((move % 3) + 1) });
    recent = recent.map((entry) => (entry.until === Infinity ? { ...entry, until: now } : entry));
    recent.push({ version: to, until: Infinity });
    for (let prediction = 0; prediction < PREDICTIONS_A_MOVE; prediction++) {
      const version = await isolate.version('elsewhere');
      const possible = recent.filter(({ until }) => now - until < ALIAS_STALE_MS + 2_000);
      expect(possible.map((entry) => entry.version)).toContain(version);
      isolate.advance(150);
      now += 150;
    }
    isolate.advance(ALIAS_STALE_MS);
    now += ALIAS_STALE_MS;
    expect(await isolate.version('elsewhere')).toBe(to);
  }
});
