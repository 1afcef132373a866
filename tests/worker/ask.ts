// Requests to the Worker through its door.

import { exports } from 'cloudflare:workers';

export const ORIGIN = 'http://gharial.test';

export const ask = (path: string, init?: RequestInit): Promise<Response> =>
  exports.default.fetch(`${ORIGIN}${path}`, init);

/** POST …/predict with a body that is sent as it is when it is text or bytes, as JSON otherwise. */
export function predict(model: string, body: unknown): Promise<Response> {
  return ask(`/v1/models/${model}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: isRaw(body) ? body : JSON.stringify(body),
  });
}

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array;
