// A small server that behaves like Triton where servers differ: it names no id that was not given, leaves out optional
// fields, answers in bytes unless told otherwise, and says errors in `error`. Its model answers what it was sent.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { gunzipSync, inflateSync } from 'node:zlib';
import { parseJsonExact } from '#contract/shapes/json-exact.ts';
import { encodeElements, type Elements } from '#contract/tensors/tensor-data.ts';
import type { Datatype } from '#contract/tensors/tensor.ts';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** The JSON of the body, its bytes behind it left out. */
  readonly json: string;
  /** Bytes of the body, unpacked. */
  readonly length: number;
}

export interface EchoServer {
  readonly url: string;
  readonly seen: Seen[];
  stop(): Promise<void>;
}

interface Tensor {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly data?: Elements;
  readonly parameters?: { readonly binary_data_size: number };
}

const LENGTH = 'inference-header-content-length';

const ANSWERS: Readonly<Record<string, unknown>> = {
  '/v2': { name: 'echo', version: '1.0', extensions: ['binary_tensor_data'] },
  '/v2/models/echo': {
    name: 'echo',
    platform: 'echo',
    inputs: [{ name: 'x', datatype: 'FP32', shape: [-1] }],
    outputs: [{ name: 'x', datatype: 'FP32', shape: [-1] }],
  },
  '/v2/repository/index': [{ name: 'echo' }, { name: 'other', version: '1', state: 'READY' }],
  '/v2/models/echo/stats': { model_stats: [{ name: 'echo', version: '1', inference_count: '7' }] },
  '/v2/models/echo/config': { name: 'echo', max_batch_size: 8 },
};

export async function startEchoServer(): Promise<EchoServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    // A server that answers 500 to bad input: there are such.
    answer(request, response, seen).catch(() => response.writeHead(500).end('internal error'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${portOf(server)}`, seen, stop: () => stop(server) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  seen: Seen[],
): Promise<void> {
  const path = request.url ?? '';
  const body = unpack(Buffer.concat(await request.toArray()), request.headers['content-encoding']);
  const announced = request.headers[LENGTH];
  const length = announced === undefined ? body.length : Number(announced);
  const json = body.subarray(0, length).toString('utf8');
  seen.push({
    method: request.method ?? '',
    path,
    headers: request.headers,
    json,
    length: body.length,
  });
  if (path.endsWith('/infer')) return echo(response, path, json, body.subarray(length));
  if (path === '/v2/health/live' || path === '/v2/models/echo/ready') return void response.end();
  if (path === '/v2/health/ready') return void response.writeHead(400).end();
  if (path === '/v2/slow') return;
  if (path === '/v2/models') return void response.writeHead(404).end('Not Found\n');
  if (path === '/v2/models/html') return void response.writeHead(502).end('<h1>Bad gateway</h1>');
  if (path === '/v2/models/nonsense') return void response.end('{"name":3}');
  if (path in ANSWERS) return void response.end(JSON.stringify(ANSWERS[path]));
  response.writeHead(400, { 'x-request-id': 'r-1' });
  response.end(JSON.stringify({ error: `unknown model at ${path}` }));
}

function echo(response: ServerResponse, path: string, json: string, bytes: Buffer): void {
  const request = parseJsonExact(json) as { id?: string; inputs: Tensor[]; outputs?: unknown };
  const tails: Uint8Array[] = [];
  let at = 0;
  const outputs = request.inputs.map((input) => {
    const { name, datatype, shape, data, parameters } = input;
    const size = parameters?.binary_data_size;
    const tail =
      size === undefined ? encodeElements(datatype, data ?? []) : bytes.subarray(at, (at += size));
    tails.push(tail);
    return { name, datatype, shape, parameters: { binary_data_size: tail.length } };
  });
  const id = request.id === undefined ? {} : { id: request.id };
  // A model called `json` answers in JSON although bytes are asked for, in nested lists; `short` forgets its last bytes.
  const isJson = path.includes('/json/');
  const answer = isJson
    ? `{"model_name":"json","model_version":"1","outputs":[{"name":"x","datatype":"INT64","shape":[2,1],"data":[[9007199254740993],[-1]]},{"name":"y","datatype":"FP32","shape":[2],"data":[0.1,null]}]}`
    : JSON.stringify({ model_name: 'echo', ...id, outputs });
  if (isJson) return void response.end(answer);
  const body = Buffer.concat([Buffer.from(answer), ...tails]);
  response.setHeader(LENGTH, Buffer.byteLength(answer));
  response.end(path.includes('/short/') ? body.subarray(0, -1) : body);
}

function unpack(body: Buffer, coding: string | undefined): Buffer {
  if (coding === 'gzip') return gunzipSync(body);
  return coding === 'deflate' ? inflateSync(body) : body;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
