import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { ask } from './ask.ts';
import { freshIsolate } from './fresh-isolate.ts';
import { publishTiny } from './tiny-model.ts';

const empty = (env as { EMPTY: R2Bucket }).EMPTY;

test('live answers although nothing is published', async () => {
  const response = await freshIsolate(empty).ask('/v2/health/live');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ live: true, ready: true });
});

test('ready is 503 while there is no champion', async () => {
  const response = await freshIsolate(empty).ask('/v2/health/ready');
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ live: true, ready: false });
});

test('ready as soon as one model has a champion', async () => {
  await publishTiny('readiness');
  const response = await ask('/v2/health/ready');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ live: true, ready: true });
});

test('with nothing published, a prediction says what to run', async () => {
  const isolate = freshIsolate(empty);
  expect(await isolate.version('crocodile-species')).toBe(503);
});
