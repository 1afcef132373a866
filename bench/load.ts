// The load: requests over kept-alive connections, one at a time on each, for a bounded time. Bare sockets and no HTTP
// library, so that asking costs less than answering.

import { connect, type Socket } from 'node:net';
import type { Request } from './servers/server.ts';

export interface Load {
  readonly port: number;
  readonly request: Request;
  readonly connections: number;
  readonly milliseconds: number;
  /** At most so many requests in all. */
  readonly requests?: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly milliseconds: number;
  /** Microseconds from the first byte sent to the last received, ascending. */
  readonly latencies: Float64Array;
}

const MAX_REQUESTS = 1_000_000;
const STUCK_MS = 20_000;

/** Sends until the time or the number is reached. Throws when an answer is not a 200, or a connection breaks. */
export async function sendLoad(load: Load): Promise<LoadResult> {
  const { port, request, connections, milliseconds, requests = MAX_REQUESTS } = load;
  const bytes = encodeRequest(request, port);
  const latencies: number[] = [];
  const started = performance.now();
  const until = started + milliseconds;
  let left = Math.min(requests, MAX_REQUESTS);
  const wanted = (): boolean => left-- > 0 && performance.now() < until;
  await Promise.all(
    Array.from({ length: connections }, () => sendOn(port, bytes, wanted, latencies)),
  );
  return {
    requests: latencies.length,
    milliseconds: performance.now() - started,
    latencies: Float64Array.from(latencies).sort(),
  };
}

/** One request and its answer's body. Throws for anything but a 200. */
export async function ask(port: number, request: Request): Promise<string> {
  return (await send(port, request)).text();
}

async function send(
  port: number,
  { path, contentType, headers, body }: Request,
): Promise<Response> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': contentType, ...headers },
    body: body as Uint8Array<ArrayBuffer>,
    signal: AbortSignal.timeout(STUCK_MS),
  });
  if (response.status !== 200)
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}

function encodeRequest({ path, contentType, body, headers = {} }: Request, port: number): Buffer {
  const lines = Object.entries({
    host: `127.0.0.1:${port}`,
    'content-type': contentType,
    'content-length': String(body.length),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
}

function sendOn(
  port: number,
  bytes: Buffer,
  wanted: () => boolean,
  latencies: number[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.setTimeout(STUCK_MS, () => fail(new Error(`no answer within ${STUCK_MS} ms`)));
    let sentAt = 0;
    let pending: Buffer | null = null;
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const next = (): void => {
      if (!wanted()) return endSocket(socket, resolve);
      sentAt = performance.now();
      socket.write(bytes);
    };
    socket.once('connect', next);
    socket.once('error', fail);
    socket.once('close', () => reject(new Error('the server closed the connection')));
    socket.on('data', (chunk: Buffer) => {
      const data: Buffer = pending === null ? chunk : Buffer.concat([pending, chunk]);
      const length = answerLength(data);
      if (length === null || data.length < length) {
        pending = data;
        return;
      }
      pending = null;
      if (data.toString('latin1', 9, 12) !== '200')
        return fail(new Error(`answered ${data.toString('latin1', 0, 400)}`));
      latencies.push((performance.now() - sentAt) * 1_000);
      next();
    });
  });
}

function endSocket(socket: Socket, resolve: () => void): void {
  socket.removeAllListeners('close');
  socket.destroy();
  resolve();
}

/** Bytes of the whole answer that starts in `data`; null while that cannot be told. */
function answerLength(data: Buffer): number | null {
  const end = data.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = data.toString('latin1', 0, end).toLowerCase();
  const length = /\r\ncontent-length: *(\d+)/.exec(head);
  if (length !== null) return end + 4 + Number(length[1]);
  // Chunked (RFC 9112 §7.1): without trailers the last chunk is at the very end.
  const last = data.indexOf('\r\n0\r\n\r\n', end + 2);
  return last < 0 ? null : last + 7;
}
