// Between the pages and the network: lib/offline/ says what is kept, and what is answered from it.

import { build, files, prerendered } from '$service-worker';
import { answerRequest } from './lib/offline/answer-request.ts';
import { dropOthers, fillShell } from './lib/offline/update-stores.ts';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const parts = { build, files, prerendered };

worker.addEventListener('install', (event) => {
  // It answers with the network's own pages, so that old and new do not have to be kept apart: no need to wait.
  event.waitUntil(fillShell(caches, parts).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers(caches, parts).then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const around = { caches, fetch: (request: Request) => fetch(request), origin: location.origin };
  const answer = answerRequest(event.request, around);
  if (answer !== null) event.respondWith(answer);
});
