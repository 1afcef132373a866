// The registry's laws over the drivers that node has: memory, a folder, the bucket wrangler keeps on this machine, and
// the remote bucket's S3 API (a stand-in on this machine that is busy at every seventh request).
// tests/worker runs the same suite over the R2 binding.

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { folderStore } from '../../store/folder.ts';
import { openLocalR2 } from '../../store/local-r2.ts';
import { s3Store } from '../../store/s3/s3-store.ts';
import { objectStoreSuite } from './object-store-suite.ts';
import { startS3StandIn } from './s3-stand-in.ts';
import { memoryStore } from './stores.ts';

const folder = await mkdtemp(join(tmpdir(), 'gharial-registry-'));
const closers: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const close of closers) await close();
  await rm(folder, { recursive: true, force: true });
});

objectStoreSuite({ name: 'memory', open: () => Promise.resolve(memoryStore()) });

objectStoreSuite({
  name: 'folder',
  open: () => Promise.resolve(folderStore(join(folder, 'models'))),
});

objectStoreSuite({
  name: 'local R2',
  async open() {
    const config = join(import.meta.dirname, '..', '..', 'wrangler.toml');
    const { store, close } = await openLocalR2({ config, state: join(folder, 'state') });
    closers.push(close);
    return store;
  },
});

objectStoreSuite({
  name: 'remote R2 over S3',
  async open() {
    const standIn = await startS3StandIn();
    standIn.misbehave = (number) => (number % 7 === 0 ? 'fail' : null);
    closers.push(() => standIn.stop());
    return s3Store(standIn.settings, {
      fetch,
      writeName: randomUUID,
      backoff: { retries: 5, minTimeout: 1, maxTimeout: 5 },
    });
  },
});
