// Bodies come in here: unpacked (RFC 9110 §8.4.1; clients of the Open Inference Protocol send gzip and deflate), and
// bounded in bytes after that.

import { ProblemError } from '#contract/problem.ts';

/** The unpacked body, of at most `limit` bytes. Throws ProblemError: too_large, unsupported_media_type, malformed_json. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  if (isWhole(request, limit)) return new Uint8Array(await request.arrayBuffer());
  return gather(unpackedStream(request), limit);
}

/** Whether the body comes as it is, and says how long. Throws ProblemError: too_large, unsupported_media_type. */
function isWhole({ headers }: Request, limit: number): boolean {
  const announced = Number(headers.get('content-length') ?? NaN);
  if (announced > limit) throw tooLarge(limit);
  return announced <= limit && codingOf(headers) === null;
}

/** The unpacked body as it comes; null when there is none. Throws ProblemError: unsupported_media_type, and later malformed_json. */
export function unpackedStream(request: Request): AsyncIterable<Uint8Array> | null {
  const coding = codingOf(request.headers);
  if (coding === null || request.body === null) return request.body;
  return unpack(request.body, coding);
}

async function* unpack(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  coding: 'gzip' | 'deflate',
): AsyncGenerator<Uint8Array> {
  try {
    yield* body.pipeThrough(new DecompressionStream(coding));
  } catch (cause) {
    throw new ProblemError('malformed_json', `the body is not ${coding}`, { cause });
  }
}

function codingOf(headers: Headers): 'gzip' | 'deflate' | null {
  const given = headers.get('content-encoding');
  if (given === null) return null;
  const coding = given.trim().toLowerCase();
  if (coding === '' || coding === 'identity') return null;
  if (coding === 'gzip' || coding === 'deflate') return coding;
  throw new ProblemError('unsupported_media_type', 'the body is neither plain, gzip nor deflate');
}

/** The JSON body of a request. Throws ProblemError: malformed_json and those of readBytes. */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  // One promise less than by readBytes, for the request that nearly every one is.
  return parseJsonBody(
    isWhole(request, limit) ? await request.arrayBuffer() : await readBytes(request, limit),
  );
}

/** Parses a body of JSON. Throws ProblemError: malformed_json. */
export function parseJsonBody(
  bytes: Uint8Array | ArrayBuffer,
  parse = JSON.parse as (text: string) => unknown,
): unknown {
  if (bytes.byteLength === 0) throw new ProblemError('malformed_json', 'the body is empty');
  const text = decodeText(bytes);
  try {
    return parse(text);
  } catch (cause) {
    throw new ProblemError('malformed_json', 'the body is not JSON', { cause });
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** The text of a body; a byte order mark is dropped. Throws ProblemError: malformed_json. */
export function decodeText(bytes: Uint8Array | ArrayBuffer): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new ProblemError('malformed_json', 'the body is not UTF-8', { cause });
  }
}

async function gather(
  stream: AsyncIterable<Uint8Array> | null,
  limit: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream ?? []) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return joinBytes(chunks, length);
}

/** One array of `chunks` that have `length` bytes together. */
export function joinBytes(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

const tooLarge = (limit: number): ProblemError =>
  new ProblemError('too_large', `the body has more than the ${limit} bytes that are read`);
