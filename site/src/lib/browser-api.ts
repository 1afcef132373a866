// The API as the pages reach it: this browser's fetch and clock, and a key of this visit, so that one version answers all of
// it while two are asked (docs/operate.md).

import { createApi } from './api.ts';

/** Random, and made where it is first needed: pages are also rendered where nobody visits. */
let visit: string | undefined;

export const api = createApi(
  (path, request) => {
    visit ??= crypto.getRandomValues(new Uint32Array(2)).join('-');
    const headers = new Headers(request?.headers);
    if (request?.method === 'POST') headers.set('x-gharial-sticky', visit);
    return fetch(path, { ...request, headers });
  },
  () => performance.now(),
);
