// An inference's answer that was written by hand as JSON text: never stored, packed where it pays.

import { packing } from './compression.ts';

export const jsonResponse = (
  request: Request,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  new Response(text, {
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...packing(request, text.length),
      ...headers,
    },
  });
