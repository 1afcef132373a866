// Sweeping beside publishers at work: what somebody begins to use is not swept from under them.

import { expect, test } from 'vitest';
import { blobKey } from '#contract/registry/keys.ts';
import type { DatedStore } from '#contract/registry/object-store.ts';
import { publish, readFile } from '#contract/registry/registry.ts';
import { sweep } from '../../registry/sweep.ts';
import { draftOf, filesOf } from '../contract/draft.ts';
import { crashingAt, memoryStore } from '../contract/stores.ts';

const DAY_MS = 86_400_000;

test('what a publisher left behind at any point is swept a day later, and the next one succeeds', async () => {
  let leftovers = 0;
  for (let step = 0; ; step++) {
    let now = 0;
    const store = memoryStore(() => now);
    await publish(store, draftOf('m', 'first'), filesOf('first'));
    const crashed = await publish(
      crashingAt(store, step, 'after'),
      draftOf('m', 'second'),
      filesOf('second'),
    ).then(
      () => false,
      () => true,
    );
    const options = { before: new Date(now), dryRun: false };
    expect((await sweep(store, options)).swept).toEqual([]);
    now += DAY_MS;
    const { swept } = await sweep(store, { ...options, before: new Date(now) });
    leftovers += swept.length;
    const { manifest } = await publish(store, draftOf('m', 'second'), filesOf('second'));
    for (const name of Object.keys(manifest.files)) await readFile(store, manifest, name);
    if (!crashed) break;
  }
  expect(leftovers).toBeGreaterThanOrEqual(6);
});

test('a file that is written anew between the look and the deletion stays', async () => {
  let now = 0;
  const store = memoryStore(() => now);
  const key = blobKey('m', '0'.repeat(64));
  await store.put(key, Uint8Array.of(1));
  await publish(store, draftOf('m'), filesOf());
  now = DAY_MS;
  let looks = 0;
  const busy: DatedStore = {
    ...store,
    async entries(prefix) {
      // The second look is the one right before the deletion.
      if (++looks === 2) await store.put(key, Uint8Array.of(1));
      return store.entries(prefix);
    },
  };
  const swept = await sweep(busy, { before: new Date(now), dryRun: false });
  expect(swept).toMatchObject({ swept: [], young: [key] });
  expect(await store.get(key)).not.toBeNull();
});

test('a file that a version began to name meanwhile stays', async () => {
  let now = 0;
  const store = memoryStore(() => now);
  await publish(crashingAt(store, 3, 'before'), draftOf('m'), filesOf()).catch(() => null);
  now = DAY_MS;
  let looks = 0;
  const racing: DatedStore = {
    ...store,
    async entries(prefix) {
      const found = await store.entries(prefix);
      // The manifest comes right after the first look; the files are as old as they were.
      if (++looks === 1) {
        now = 0;
        await publish(store, draftOf('m'), filesOf());
        now = DAY_MS;
      }
      return found;
    },
  };
  const { swept, named } = await sweep(racing, { before: new Date(now), dryRun: false });
  expect({ swept, named }).toEqual({ swept: [], named: 3 });
});
