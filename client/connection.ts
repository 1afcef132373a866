// Requests leave here, and only here; answers that are not 2xx become ClientErrors.

import { ClientError, errorOf } from './client-error.ts';

/** `fetch`, or anything that behaves like it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Connection {
  /** Without a slash at its end. */
  readonly url: string;
  readonly fetch: Fetch;
  readonly headers: Headers;
}

/** What every call takes. An aborted call rejects with the signal's reason, as fetch does. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface Ask extends CallOptions {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
}

/** The answer, whatever its status. Throws ClientError when there is none. */
export async function send(connection: Connection, path: string, ask: Ask): Promise<Response> {
  const headers = new Headers(connection.headers);
  for (const [name, value] of Object.entries(ask.headers ?? {})) headers.set(name, value);
  const init: RequestInit & { duplex?: 'half' } = { method: ask.method ?? 'GET', headers };
  if (ask.body !== undefined) init.body = ask.body;
  // A body that is still being made can only be sent by those who say so (Fetch, RequestInit.duplex).
  if (ask.body instanceof ReadableStream) init.duplex = 'half';
  if (ask.signal !== undefined) init.signal = ask.signal;
  try {
    return await connection.fetch(`${connection.url}${path}`, init);
  } catch (cause) {
    throw asClientError(cause, ask.signal, `${connection.url}${path} did not answer`);
  }
}

/** The answer when it is 2xx. Throws ClientError with the server's own words when it is not. */
export async function ask(connection: Connection, path: string, ask: Ask): Promise<Response> {
  const response = await send(connection, path, ask);
  if (!response.ok) throw await errorOf(response);
  return response;
}

/** The answer's JSON as `parse` makes it. Throws ClientError also when it is not what `parse` expects. */
export async function askJson<T>(
  connection: Connection,
  path: string,
  options: Ask,
  parse: (value: unknown) => T,
): Promise<T> {
  const response = await ask(connection, path, options);
  return read(response, options, async () => parse(JSON.parse(await response.text())));
}

/** What `readAnswer` makes of an answer. Throws ClientError when it cannot. */
export async function read<T>(
  response: Response,
  { signal }: CallOptions,
  readAnswer: () => Promise<T>,
): Promise<T> {
  try {
    return await readAnswer();
  } catch (cause) {
    throw asClientError(cause, signal, 'the answer cannot be read', response);
  }
}

/** An abort stays what the caller made it. */
export function asClientError(
  cause: unknown,
  signal: AbortSignal | undefined,
  problem: string,
  response?: Response,
): unknown {
  if (signal?.aborted === true || cause instanceof ClientError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ClientError(`${problem}: ${reason}`, {
    cause,
    status: response?.status ?? 0,
    requestId: response?.headers.get('x-request-id') ?? null,
  });
}

/** `/v2/models/{model}[/versions/{version}]`, or the same under another door. */
export function modelPath(door: 'v1' | 'v2', model: string, version: string | undefined): string {
  const path = `/${door}/models/${encodeURIComponent(model)}`;
  return version === undefined ? path : `${path}/versions/${encodeURIComponent(version)}`;
}
