import { exports } from 'cloudflare:workers';
import { expect, test } from 'vitest';

test('live answers although nothing is published', async () => {
  const response = await exports.default.fetch('http://gharial/v2/health/live');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ live: true, ready: true });
});

test('ready is 503 while there is no champion', async () => {
  const response = await exports.default.fetch('http://gharial/v2/health/ready');
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ live: true, ready: false });
});
