// Methods, paths and headers that are no longer what they were.

import type { FuzzSubject } from './subject.ts';
import type { Random } from '../../trainer/table/random.ts';
import { LENGTH } from './corpus.ts';

const one = <T>(items: readonly T[], random: Random): T => items[random.below(items.length)]!;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

export const mutatedMethod = (random: Random): string => one(METHODS, random);

/** What the Worker answers; everything else is a static file (wrangler.toml, run_worker_first). */
const API =
  /^\/(?:(?:v1|v2)(?:\/.*)?|problems\/.*|api\/2\.0\/mlflow(?:-artifacts)?\/.*|invocations|ping|health|version|openapi\.json)$/;

const SEGMENTS = [
  'nobody',
  '..',
  '.',
  '%2e%2e',
  '%2f',
  '%00',
  '%ff',
  '%',
  '%e0%a4',
  'constructor',
  '__proto__',
  'x'.repeat(300),
  'x'.repeat(5_000),
  '%F0%9F%98%80',
  'UPPER',
  'a b',
  '*',
  ':model',
  '-1',
  '0',
  '01',
  '1',
  '2',
  '99999999999999999999',
  'champion',
  'challenger',
  'infer',
  'predict',
  'versions',
  'ready',
  'stats',
  'model.onnx',
  'card',
  'rollback',
  'invocations',
  'traffic',
  'canary',
  'registered-models',
  'search',
];
const QUERIES = [
  '?',
  '?x',
  '?x=1&x=2',
  '?%',
  '?__proto__=1',
  `?${'q'.repeat(3_000)}`,
  '?a[]=1',
  '?name=%00&version=1&alias=constructor',
  `?filter=${encodeURIComponent("name LIKE '((((' AND name = '")}`,
  '?path=..%2f..&max_results=1e9&page_token=-1',
  '#fragment',
];

/** A path that the Worker still answers. */
export function mutatedPath(
  path: string,
  { ready, notReady }: FuzzSubject,
  random: Random,
): string {
  const segments = path.split('/');
  const at = 1 + random.below(Math.max(1, segments.length - 1));
  const changed = ((): string => {
    switch (random.below(8)) {
      case 0:
        return path.replace(ready, one([...notReady, 'nobody'], random));
      case 1:
        return `${path}${one(QUERIES, random)}`;
      case 2:
        return `${path}/`;
      case 3:
        return segments.with(at, one(SEGMENTS, random)).join('/');
      case 4:
        return segments.toSpliced(at, 0, one(SEGMENTS, random)).join('/');
      case 5:
        return segments.toSpliced(at, 1).join('/') || '/v1';
      case 6:
        return segments.with(at, percentEncoded(segments[at] ?? '', random)).join('/');
      default:
        return `${path}/${one(SEGMENTS, random)}`;
    }
  })();
  return isApi(changed) ? changed : path;
}

function isApi(path: string): boolean {
  try {
    return API.test(new URL(path, 'http://host').pathname);
  } catch {
    return false;
  }
}

function percentEncoded(segment: string, random: Random): string {
  if (segment === '') return '%20';
  const at = random.below(segment.length);
  const code = segment.charCodeAt(at).toString(16).padStart(2, '0');
  return `${segment.slice(0, at)}%${code}${segment.slice(at + 1)}`;
}

const LONG = 'h'.repeat(2_000);

const HEADERS: Readonly<Record<string, readonly string[]>> = {
  'content-type': [
    'application/json',
    'application/json; charset=utf-8',
    'application/json; charset=utf-16',
    'APPLICATION/JSON',
    'text/csv',
    'text/csv; charset="utf-8"',
    'application/csv',
    'application/x-ndjson',
    'application/octet-stream',
    'text/plain',
    'x',
    ';',
    'application/json;;;',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'constructor',
    '__proto__',
  ],
  [LENGTH]: [
    '0',
    '1',
    '-1',
    '5',
    '10',
    '1e3',
    '0x10',
    '999999999999',
    '9'.repeat(40),
    'NaN',
    'x',
    '1, 2',
    '00',
    '1.5',
    '+7',
  ],
  'x-request-id': ['fuzz', 'a b', '<script>', LONG, '"', '0', 'a'.repeat(128), 'a'.repeat(129)],
  accept: ['*/*', 'text/html', 'application/octet-stream', 'x', 'application/json;q=0', LONG],
  'accept-encoding': ['gzip', 'br', 'identity', 'gzip;q=0', 'x', 'gzip, br, deflate'],
  range: [
    'bytes=0-',
    'bytes=-5',
    'bytes=5-1',
    'bytes=999999-',
    'bytes=0-0,2-3',
    'bytes=',
    'rows=1-2',
    'bytes=-0',
    `bytes=${'9'.repeat(40)}-`,
  ],
  'if-none-match': ['*', '"x"', 'W/"x"', ',,,', LONG],
  'if-range': ['"x"', 'Mon, 01 Jan 2026 00:00:00 GMT', 'W/"x"'],
  'if-modified-since': ['Mon, 01 Jan 2026 00:00:00 GMT', 'x'],
  origin: ['null', 'http://elsewhere.test', 'x'],
  authorization: ['Bearer x', 'Bearer', 'Basic eDp4', LONG, `Bearer ${LONG}`],
  'x-api-key': ['', 'x', LONG],
  'x-forwarded-for': ['127.0.0.1', "1' or '1'='1"],
  cookie: ['a=b', LONG],
};

export function mutatedHeaders(
  headers: Readonly<Record<string, string>>,
  random: Random,
): Record<string, string> {
  const names = Object.keys(HEADERS);
  const present = Object.keys(headers);
  if (present.length > 0 && random.below(4) === 0) {
    const dropped = one(present, random);
    return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== dropped));
  }
  const name = one(names, random);
  return { ...headers, [name]: one(HEADERS[name]!, random) };
}
