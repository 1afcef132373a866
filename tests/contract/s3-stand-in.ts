// R2's S3 API as far as the registry uses it, on this machine: signatures, conditions, pages, and bad moments on request.

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { S3Settings } from '../../store/s3/s3-settings.ts';

export interface StandIn {
  readonly settings: S3Settings;
  /** What was asked, as `METHOD /path`, in order. */
  readonly requests: string[];
  /**
   * Called for every request with its number; `fail` answers 503 and does nothing, `lose` does the work and cuts the
   * line before the answer.
   */
  misbehave: (number: number) => 'fail' | 'lose' | null;
  stop(): Promise<void>;
}

interface Item {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly write: string;
  readonly modified: Date;
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const BUCKET = 'a-bucket';
const KEY_ID = 'AKIDSTANDIN';
const SECRET = 'secret/of+the=stand-in';
const PAGE = 3;

export async function startS3StandIn(): Promise<StandIn> {
  const items = new Map<string, Item>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    void receive(request).then((body) => {
      requests.push(`${request.method} ${request.url}`);
      const mood = standIn.misbehave(requests.length);
      const reply = mood === 'fail' ? error(503, 'SlowDown') : answer(items, request, body);
      if (mood === 'lose') request.socket.destroy();
      else send(response, reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const standIn: StandIn = {
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      bucket: BUCKET,
      accessKeyId: KEY_ID,
      secretAccessKey: SECRET,
    },
    requests,
    misbehave: () => null,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return standIn;
}

async function receive(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, headers);
  response.end(body);
}

function error(status: number, code: string): Reply {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>It is ${code}.</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

function answer(items: Map<string, Item>, request: IncomingMessage, body: Buffer): Reply {
  const url = new URL(request.url!, 'http://stand-in');
  const refusal = checkSignature(request, url, body);
  if (refusal !== null) return refusal;
  const [, bucket, ...steps] = url.pathname.split('/').map(decodeURIComponent);
  if (bucket !== BUCKET) return error(404, 'NoSuchBucket');
  const key = steps.join('/');
  if (key === '') return list(items, url.searchParams);
  const item = items.get(key);
  if (request.method === 'GET' || request.method === 'HEAD') {
    if (item === undefined) return error(404, 'NoSuchKey');
    const headers = { etag: item.etag, 'x-amz-meta-write': item.write };
    return { status: 200, headers, body: item.bytes };
  }
  if (request.method === 'DELETE') {
    items.delete(key);
    return { status: 204 };
  }
  const { 'if-none-match': none, 'if-match': match } = request.headers;
  if (none === '*' && item !== undefined) return error(412, 'PreconditionFailed');
  if (match !== undefined && item?.etag !== match) return error(412, 'PreconditionFailed');
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  const write = String(request.headers['x-amz-meta-write']);
  items.set(key, { bytes: body, etag, write, modified: new Date() });
  return { status: 200, headers: { etag } };
}

/** Three keys a page, so that every list of some length has several. */
function list(items: Map<string, Item>, query: URLSearchParams): Reply {
  if (query.get('list-type') !== '2') return error(400, 'InvalidArgument');
  const prefix = query.get('prefix') ?? '';
  const keys = [...items.keys()].filter((key) => key.startsWith(prefix)).sort();
  const from = Number(query.get('continuation-token')?.replace('after <', '') ?? 0);
  const page = keys.slice(from, from + PAGE);
  const truncated = from + PAGE < keys.length;
  const contents = page.map((key) => {
    const { etag, modified, bytes } = items.get(key)!;
    const tag = etag.replaceAll('"', '&quot;');
    return `<Contents><Key>${encodeURIComponent(key)}</Key><LastModified>${modified.toISOString()}</LastModified><ETag>${tag}</ETag><Size>${bytes.length}</Size></Contents>`;
  });
  const next = `<NextContinuationToken>after &lt;${from + PAGE}</NextContinuationToken>`;
  const body = `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${BUCKET}</Name><IsTruncated>${truncated}</IsTruncated>${contents.join('')}${truncated ? next : ''}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

/** Computes the signature anew (AWS Signature Version 4) and refuses any other; null when it is right. */
function checkSignature(request: IncomingMessage, url: URL, body: Buffer): Reply | null {
  const { authorization = '', 'x-amz-date': date, 'x-amz-content-sha256': hash } = request.headers;
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8}\/auto\/s3\/aws4_request), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, keyId, scope, names, signature] = form.exec(authorization) ?? [];
  if (keyId === undefined || typeof date !== 'string')
    return error(400, 'AuthorizationHeaderMalformed');
  if (keyId !== KEY_ID) return error(403, 'InvalidAccessKeyId');
  if (request.method === 'PUT' && hash !== sha256(body))
    return error(400, 'XAmzContentSHA256Mismatch');
  const headers = names!.split(';').map((name) => `${name}:${String(request.headers[name])}\n`);
  const query = [...url.searchParams].map((pair) => pair.map(encode).join('=')).sort();
  const canonical = [
    request.method,
    url.pathname,
    query.join('&'),
    headers.join(''),
    names,
    String(hash),
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const key = scope!
    .split('/')
    .reduce<string | Buffer>((sum, part) => hmac(sum, part), `AWS4${SECRET}`);
  const expected = hmac(key, text);
  const isRight = timingSafeEqual(expected, Buffer.from(signature!, 'hex'));
  return isRight ? null : error(403, 'SignatureDoesNotMatch');
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** Percent-encoding of RFC 3986, which leaves fewer characters alone than encodeURIComponent. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
