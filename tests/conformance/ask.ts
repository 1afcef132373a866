// Requests as a client sends them that follows no redirect and does not wait for ever.

import type { Ask, Sent } from './case.ts';

const LIMIT_MS = 20_000;

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** `url` is the server's, without a slash at its end. */
export function createAsk(url: string, fetch: Fetch): Ask {
  return async (sent) => {
    const controller = new AbortController();
    const late = new Error(`no answer within ${LIMIT_MS / 1_000} s`);
    const timer = setTimeout(() => controller.abort(late), LIMIT_MS);
    try {
      const init = { ...requestInit(sent), signal: controller.signal };
      const response = await fetch(`${url}${sent.path}`, init);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const text = new TextDecoder().decode(bytes);
      return { status: response.status, headers: response.headers, bytes, text };
    } finally {
      clearTimeout(timer);
    }
  };
}

function requestInit({ method, headers, body, chunked }: Sent): RequestInit {
  const init: RequestInit & { duplex?: 'half' } = {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
  };
  if (headers !== undefined) init.headers = headers;
  if (body === undefined) return init;
  if (chunked !== true) return { ...init, body };
  return Object.assign(init, { body: new Blob([body]).stream(), duplex: 'half' as const });
}
