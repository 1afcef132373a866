// Bodies come in here: bounded in bytes, UTF-8, JSON.

import { ProblemError } from '#contract/problem.ts';

/** The JSON body of a request of at most `limit` bytes. Throws ProblemError: too_large, malformed_json. */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const text = await readText(request, limit);
  if (text === '') throw new ProblemError('malformed_json', 'the body is empty');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ProblemError('malformed_json', 'the body is not JSON', { cause });
  }
}

async function readText(request: Request, limit: number): Promise<string> {
  const announced = Number(request.headers.get('content-length') ?? NaN);
  if (announced > limit) throw tooLarge(limit);
  if (announced <= limit) return decode(new Uint8Array(await request.arrayBuffer()));
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return decode(joined(chunks, length));
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (cause) {
    throw new ProblemError('malformed_json', 'the body is not UTF-8', { cause });
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

const tooLarge = (limit: number): ProblemError =>
  new ProblemError('too_large', `the body has more than the ${limit} bytes that are read`);
