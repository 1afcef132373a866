// The registry's laws over the R2 binding, in workerd, in a bucket of their own.

import { r2Store } from '#store/r2.ts';
import { env } from 'cloudflare:workers';
import { objectStoreSuite } from '../contract/object-store-suite.ts';

const { LAWS } = env as { LAWS: R2Bucket };

objectStoreSuite({
  name: 'R2 binding',
  open: () => Promise.resolve(r2Store(LAWS, 'R2 binding')),
});
