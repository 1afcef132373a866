// Cases about this product and the tiny model (tests/worker/publish-tiny.ts), whose answers are known by heart:
//
//   size < 0.5 → small 1     size ≥ 0.5, kind ≠ b → small 0.5, large 0.5     size ≥ 0.5, kind = b → large 1

import * as conformance from '../case.ts';
import { json, packed, utf8 } from '../bytes.ts';
import type { Sent } from '../case.ts';

/** Names under which the tiny model is published: ready to serve, never promoted, with a damaged file. */
export interface Names {
  readonly ready: string;
  readonly unpromoted: string;
  readonly damaged: string;
}

export type Case = conformance.Case<Names>;
export type Topic = conformance.Topic<Names>;
export const exchange = conformance.exchange<Names>;

export const ROWS = [
  { size: 0.25, kind: 'a' },
  { size: 1, kind: 'a' },
  { size: 1, kind: 'b' },
] as const;

/** A value that no answer may repeat. */
export const SECRET = 'hunter2';

/** POST to an address of the model that is ready; text as it is, anything else as JSON. */
export const post =
  (address: (model: string) => string) =>
  (body: unknown, headers: Readonly<Record<string, string>> = JSON_TYPE) =>
  ({ ready }: Names): Sent => ({
    path: address(ready),
    headers,
    method: 'POST',
    body: bodyOf(body),
  });

const JSON_TYPE = { 'content-type': 'application/json' };

function bodyOf(body: unknown): Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>;
  return typeof body === 'string' ? utf8(body) : json(body);
}

/** The same request with its body packed. */
export const compressed =
  (coding: 'gzip' | 'deflate', send: (names: Names) => Sent) =>
  async (names: Names): Promise<Sent> => {
    const sent = send(names);
    return {
      ...sent,
      headers: { ...sent.headers, 'content-encoding': coding },
      body: await packed(sent.body!, coding),
    };
  };
