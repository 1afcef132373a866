// An immutable file of a version as a response: cached for good, revalidated by its hash, served in ranges.

import type { FileReference } from '#contract/manifest.ts';

export interface ServedFile {
  readonly bytes: Uint8Array;
  readonly reference: FileReference;
  readonly contentType: string;
  /** Offered to browsers as the name to save under. */
  readonly name: string;
  /** Whether the address names this version for good; one that names an alias does not. */
  readonly immutable: boolean;
}

const FOR_GOOD = 'public, max-age=31536000, immutable';
const FOR_SECONDS = 'public, max-age=2';

/** 200, 206 for one satisfiable range (RFC 9110 §14), 304 when the client has it, 416 when the range is outside. */
export function fileResponse(request: Request, file: ServedFile): Response {
  const etag = `"${file.reference.sha256}"`;
  const headers = new Headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': file.immutable ? FOR_GOOD : FOR_SECONDS,
    'content-type': file.contentType,
    'content-disposition': `inline; filename="${file.name}"`,
  });
  if (hasTag(request.headers.get('if-none-match'), etag))
    return new Response(null, { status: 304, headers });
  const { size } = file.reference;
  const range = parseRange(rangeHeader(request, etag), size);
  if (range === 'whole') return new Response(file.bytes as Uint8Array<ArrayBuffer>, { headers });
  if (range === 'outside') {
    headers.set('content-range', `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const [first, last] = range;
  headers.set('content-range', `bytes ${first}-${last}/${size}`);
  const part = file.bytes.subarray(first, last + 1) as Uint8Array<ArrayBuffer>;
  return new Response(part, { status: 206, headers });
}

/** A range counts only for the file the client believes it to be (If-Range). */
function rangeHeader(request: Request, etag: string): string | null {
  const condition = request.headers.get('if-range');
  return condition === null || condition === etag ? request.headers.get('range') : null;
}

const hasTag = (header: string | null, etag: string): boolean =>
  (header ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === etag || tag === '*');

/** One range is served; several, or none that can be read, are answered with the whole file, as the RFC allows. */
function parseRange(
  header: string | null,
  size: number,
): 'whole' | 'outside' | readonly [first: number, last: number] {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  const [, from = '', to = ''] = match ?? [];
  if (match === null || (from === '' && to === '')) return 'whole';
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return 'whole';
  return first >= size || last < first ? 'outside' : [first, last];
}
