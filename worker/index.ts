// The Worker: the runtime starts with the isolate, the API answers its addresses, the site's files answer the rest.

import { env, waitUntil } from 'cloudflare:workers';
import { createApp } from './app.ts';
import { isApiAddress } from './api-address.ts';
import type { Env } from './env.ts';
import { startRuntime } from './inference/runtime.ts';
import { warmUp } from './inference/warm-up.ts';

const settings = env as Env;

if (settings.RUNTIME_START !== 'first-request') warmUp(await startRuntime());

const app = createApp(settings, {
  now: () => Date.now(),
  blobs: { cache: caches.default, later: waitUntil },
});

export { TrafficCounter } from './traffic/traffic-counter.ts';

export default {
  fetch(request, env, context) {
    return isApiAddress(request.url) ? app.fetch(request, context) : env.ASSETS.fetch(request);
  },
} satisfies ExportedHandler<Env>;
