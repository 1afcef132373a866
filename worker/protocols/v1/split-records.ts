// A stream of text cut into whole records, so that a body of any length is read in constant memory.

import { ProblemError } from '#contract/problem.ts';

/** Where the last whole record of a text ends, and whether the rest is inside quotes. */
type FindEnd = (text: string) => number;

/** One record longer than this is not waited for. */
const MAX_RECORD_CHARACTERS = 1_048_576;

/** NDJSON: a record is a line. */
export const endOfLines: FindEnd = (text) => text.lastIndexOf('\n') + 1;

/** CSV (RFC 4180): a record is a line, but for line breaks inside quotes. */
export const endOfCsvRecords: FindEnd = (text) => {
  let end = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) quoted = !quoted;
    else if (code === 0x0a && !quoted) end = index + 1;
  }
  return end;
};

/** Cuts the chunks of a UTF-8 body into texts of whole records; the last may lack its line break. Throws ProblemError. */
export async function* splitRecords(
  body: AsyncIterable<Uint8Array>,
  findEnd: FindEnd,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  let rest = '';
  for await (const chunk of body) {
    rest += decode(decoder, chunk);
    const end = findEnd(rest);
    if (end > 0) yield rest.slice(0, end);
    rest = rest.slice(end);
    if (rest.length > MAX_RECORD_CHARACTERS)
      throw new ProblemError(
        'too_large',
        `a record has more than ${MAX_RECORD_CHARACTERS} characters`,
      );
  }
  rest += decode(decoder);
  if (rest !== '') yield rest;
}

function decode(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch (cause) {
    throw new ProblemError('invalid_request', 'the body is not UTF-8', { cause });
  }
}
