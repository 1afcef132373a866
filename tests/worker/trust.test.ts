// A Worker that trusts a key serves what that key signed, and goes on with the last good version when something else comes.

import { createKeys, signWith } from '#contract/registry/signing.ts';
import { promote, publish } from '#contract/registry/registry.ts';
import { expect, test } from 'vitest';
import { freshIsolate } from './fresh-isolate.ts';
import { bucket, publishTiny, registry } from './tiny-model.ts';

test('unsigned versions do not serve, and do not replace what does', async () => {
  const keys = await createKeys();
  const sign = await signWith(keys.private_key, keys.public_key);
  const { manifest } = await publishTiny('trusted');
  const trusting = freshIsolate(bucket, { TRUSTED_KEYS: keys.public_key });
  expect(await trusting.version('trusted')).toBe(503);
  expect(await freshIsolate().version('trusted')).toBe('1');

  const files: Record<string, Uint8Array> = {};
  for (const [name, { sha256 }] of Object.entries(manifest.files))
    files[name] = (await registry.get(`trusted/blobs/${sha256}`))!.bytes;
  const signed = await publish(registry, manifest, files, { sign });
  expect(signed.manifest.version).toBe('2');
  const move = {
    alias: 'champion',
    by: 'a test',
    reason: 'signed',
    at: '2026-01-01T00:00:00.000Z',
  };
  await promote(registry, 'trusted', { ...move, to: '2' });
  trusting.advance(60_000);
  expect(await trusting.version('trusted')).toBe('2');

  await publishTiny('trusted', { seed: 3 });
  trusting.advance(60_000);
  expect(await trusting.version('trusted')).toBe('2');
  const other = await createKeys();
  const strict = freshIsolate(bucket, { TRUSTED_KEYS: other.public_key });
  expect(await strict.version('trusted')).toBe(503);
});
