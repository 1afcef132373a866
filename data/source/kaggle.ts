// Downloads a dataset's archive from Kaggle's public API. The key goes into one header and is never printed.

import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { DataError } from '../data-error.ts';

export interface KaggleAccess {
  readonly username: string;
  readonly key: string;
  /** https://www.kaggle.com, or what stands in for it in a test. */
  readonly base: string;
}

export interface KaggleRim {
  readonly fetch: typeof fetch;
  /** Milliseconds before the second attempt; each later wait is twice as long. */
  readonly firstWait: number;
  /** Bytes so far, and in all where the server says so. */
  readonly onProgress: (done: number, total: number | null) => void;
}

const KAGGLE = 'https://www.kaggle.com';
const ATTEMPTS = 4;
/** Milliseconds of `Retry-After` that are obeyed. */
const LONGEST_WAIT = 60_000;

const REFUSALS: Readonly<Record<number, string>> = {
  401: 'Kaggle refuses the key (401): check KAGGLE_USERNAME and KAGGLE_KEY',
  403: 'Kaggle does not allow it (403): check KAGGLE_USERNAME and KAGGLE_KEY, and accept the terms on the page of the dataset',
  404: 'Kaggle has no such dataset (404)',
};

/** An answer that a later attempt may get over. */
class PassingError extends DataError {
  /** Milliseconds the server asks to wait. */
  readonly wait: number;

  constructor(message: string, wait: number, options?: ErrorOptions) {
    super(message, options);
    this.wait = wait;
  }
}

/** `owner/slug` of a dataset's page on Kaggle, or null when the address is of another place. */
export function kaggleDataset(source: string): string | null {
  const match = /^https:\/\/www\.kaggle\.com\/datasets\/([\w-]+\/[\w-]+)\/?$/.exec(source);
  return match?.[1] ?? null;
}

/** Reads the access out of the environment. Throws DataError that names what is missing. */
export function kaggleAccess(
  environment: Readonly<Record<string, string | undefined>>,
): KaggleAccess {
  const { KAGGLE_USERNAME: username, KAGGLE_KEY: key } = environment;
  const missing = Object.entries({ KAGGLE_USERNAME: username, KAGGLE_KEY: key })
    .filter(([, value]) => value === undefined || value === '')
    .map(([name]) => name);
  if (username === undefined || key === undefined || missing.length > 0)
    throw new DataError(
      `not set: ${missing.join(' and ')} (make a key on your Kaggle account's settings page)`,
    );
  const base = environment.GHARIAL_KAGGLE_URL ?? KAGGLE;
  if (!isAddress(base)) throw new DataError('not the address of a server: GHARIAL_KAGGLE_URL');
  return { username, key, base: base.replace(/\/+$/, '') };
}

/** Whether `text` is http(s) without a name and password in it, which fetch's own errors would repeat. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

/** The archive of `dataset` (`owner/slug`). Tries again on 429, 5xx and network failures; throws DataError in the end. */
export async function downloadDataset(
  dataset: string,
  access: KaggleAccess,
  rim: KaggleRim,
): Promise<Uint8Array> {
  try {
    return await pRetry(() => download(dataset, access, rim), {
      retries: ATTEMPTS - 1,
      minTimeout: rim.firstWait,
      shouldRetry: ({ error }) => error instanceof PassingError,
      onFailedAttempt: async ({ error, retriesLeft }) => {
        if (error instanceof PassingError && retriesLeft > 0) await sleep(error.wait);
      },
    });
  } catch (cause) {
    if (!(cause instanceof PassingError)) throw cause;
    throw new DataError(`${cause.message} (${ATTEMPTS} attempts)`, { cause });
  }
}

async function download(
  dataset: string,
  { username, key, base }: KaggleAccess,
  { fetch, onProgress }: KaggleRim,
): Promise<Uint8Array> {
  const credentials = Buffer.from(`${username}:${key}`).toString('base64');
  const host = new URL(base).host;
  try {
    const response = await fetch(`${base}/api/v1/datasets/download/${dataset}`, {
      headers: { authorization: `Basic ${credentials}` },
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw refusal(response, dataset);
    }
    return await readBody(response, onProgress);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new PassingError(`connection to ${host} failed: ${reasonOf(cause)}`, 0, { cause });
  }
}

function refusal({ status, headers }: Response, dataset: string): DataError {
  const known = REFUSALS[status];
  if (known !== undefined) return new DataError(`${known}: ${dataset}`);
  const message = `Kaggle answers ${status}: ${dataset}`;
  if (status !== 429 && status < 500) return new DataError(message);
  const seconds = Number(headers.get('retry-after') ?? 0);
  return new PassingError(message, Math.min((seconds || 0) * 1000, LONGEST_WAIT));
}

async function readBody(
  response: Response,
  onProgress: KaggleRim['onProgress'],
): Promise<Uint8Array> {
  const total = Number(response.headers.get('content-length') ?? 0) || null;
  const chunks: Uint8Array[] = [];
  let done = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    done += chunk.length;
    onProgress(done, total);
  }
  return Buffer.concat(chunks);
}

/** Node's fetch hides why it failed in the error's cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it broke off';
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
