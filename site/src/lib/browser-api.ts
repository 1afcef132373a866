// The API as the pages reach it: this browser's fetch and clock.

import { createApi } from './api.ts';

export const api = createApi(
  (path, request) => fetch(path, request),
  () => performance.now(),
);
