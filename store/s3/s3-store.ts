// The deployed bucket from this machine, through R2's S3 API: signed requests, conditional writes, another try when the
// service stumbles. Nothing else here knows that it is HTTP.

import { AwsClient } from 'aws4fetch';
import pRetry, { type Options } from 'p-retry';
import { sha256 } from '#contract/hash.ts';
import type { DatedStore, Entry } from '#contract/registry/object-store.ts';
import { patience, SILENCE_MS } from './patience.ts';
import { S3Error, s3ErrorOf, unreachable } from './s3-error.ts';
import { parseListPage } from './s3-list.ts';
import type { S3Settings } from './s3-settings.ts';

export interface S3Options {
  readonly fetch: typeof fetch;
  /** A name for one write that no other write has. */
  readonly writeName: () => string;
  readonly backoff?: Options;
  /** Milliseconds without a byte after which a request is given up. */
  readonly silence?: number;
}

const BACKOFF: Options = { retries: 6, minTimeout: 200, maxTimeout: 5000, randomize: true };

/** Kept with an object: which write it is from. */
const WRITE_NAME = 'x-amz-meta-write';

/** A conditional write that lost: 412 (RFC 9110 §15.5.13), 409 where two arrived at once, 404 for an etag of nothing. */
const LOST = new Set([404, 409, 412]);

/** Throws S3Error: what the service said, in words, and never a key. */
export function s3Store(settings: S3Settings, options: S3Options): DatedStore {
  const { endpoint, bucket, accessKeyId, secretAccessKey, region = 'auto' } = settings;
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    service: 's3',
    region,
    retries: 0,
  });
  const root = `${endpoint}/${encodeURIComponent(bucket)}`;
  const urlOf = (key: string): string =>
    `${root}/${key.split('/').map(encodeURIComponent).join('/')}`;

  const attempt = async (url: string, init: RequestInit, accepts: Accepts): Promise<Answer> => {
    const signed = await client.sign(url, init);
    const sent = init.body instanceof Uint8Array ? init.body.length : 0;
    const wait = patience(options.silence ?? SILENCE_MS, sent);
    try {
      const response = await options.fetch(signed, { signal: wait.signal });
      const chunks: Uint8Array[] = [];
      for await (const chunk of response.body ?? []) {
        wait.heard();
        chunks.push(chunk);
      }
      const bytes = new Uint8Array(Buffer.concat(chunks));
      if (response.ok || accepts.has(response.status))
        return { status: response.status, headers: response.headers, bytes };
      throw s3ErrorOf(response.status, new TextDecoder().decode(bytes), settings);
    } catch (cause) {
      throw cause instanceof S3Error ? cause : unreachable(settings, cause);
    } finally {
      wait.end();
    }
  };

  /** `number` counts the attempts: a first one that failed may have been carried out all the same. */
  const request = (
    url: string,
    init: RequestInit,
    accepts: Accepts = NOTHING_ELSE,
  ): Promise<Answer & { readonly number: number }> =>
    pRetry(async (number) => ({ ...(await attempt(url, init, accepts)), number }), {
      ...(options.backoff ?? BACKOFF),
      shouldRetry: ({ error }) => error instanceof S3Error && error.passes,
    });

  const get: DatedStore['get'] = async (key) => {
    const { status, headers, bytes } = await request(urlOf(key), {}, NOT_FOUND);
    if (status === 404) {
      refuseMissingBucket(bytes, settings);
      return null;
    }
    const etag = headers.get('etag');
    if (etag === null) throw new S3Error(`answer has no etag: ${key}`, status);
    return { bytes, etag };
  };

  const entries: DatedStore['entries'] = async (prefix) => {
    const found: Entry[] = [];
    let token: string | null = null;
    do {
      const query = new URLSearchParams({ 'list-type': '2', 'encoding-type': 'url', prefix });
      if (token !== null) query.set('continuation-token', token);
      const { bytes } = await request(`${root}?${query}`, {});
      const page = parseListPage(new TextDecoder().decode(bytes));
      found.push(...page.entries);
      token = page.next;
    } while (token !== null);
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  };

  return {
    location: `R2 (${bucket})`,
    get,
    entries,
    async put(key, bytes, condition) {
      const headers: Record<string, string> = {
        'content-type': 'application/octet-stream',
        // Signed, so that the service refuses bytes that changed on their way.
        'x-amz-content-sha256': await sha256(bytes),
        [WRITE_NAME]: options.writeName(),
      };
      if (condition === 'absent') headers['if-none-match'] = '*';
      else if (condition !== undefined) headers['if-match'] = condition.etag;
      const body = bytes as Uint8Array<ArrayBuffer>;
      const accepts = condition === undefined ? NOTHING_ELSE : LOST;
      const answer = await request(urlOf(key), { method: 'PUT', headers, body }, accepts);
      if (!LOST.has(answer.status)) return true;
      refuseMissingBucket(answer.bytes, settings);
      if (answer.number === 1) return false;
      // An attempt whose answer was lost may have written all the same: then the condition was met, by it.
      const found = await request(urlOf(key), { method: 'HEAD' }, NOT_FOUND);
      return found.headers.get(WRITE_NAME) === headers[WRITE_NAME];
    },
    list: async (prefix) => (await entries(prefix)).map(({ key }) => key),
    async delete(key) {
      const { status, bytes } = await request(urlOf(key), { method: 'DELETE' }, NOT_FOUND);
      if (status === 404) refuseMissingBucket(bytes, settings);
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

type Accepts = ReadonlySet<number>;
const NOTHING_ELSE: Accepts = new Set();
const NOT_FOUND: Accepts = new Set([404]);

/** "Not there" is an answer about a key; a bucket that is not there is a mistake of whoever set it up. */
function refuseMissingBucket(bytes: Uint8Array, settings: S3Settings): void {
  const text = new TextDecoder().decode(bytes);
  if (text.includes('NoSuchBucket')) throw s3ErrorOf(404, text, settings);
}
