// gzip where it pays: for an answer of some length, when the client takes it. The runtime packs a body whose
// Content-Encoding is set, while it is sent.

/** Shorter answers fit a few packets either way. */
const WORTH_CHARACTERS = 4_096;

/** The headers that have the runtime pack an answer of `length` characters, or none. */
export function packing(request: Request, length: number): Readonly<Record<string, string>> {
  if (length < WORTH_CHARACTERS) return {};
  const takesGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  return takesGzip
    ? { 'content-encoding': 'gzip', vary: 'accept-encoding' }
    : { vary: 'accept-encoding' };
}
