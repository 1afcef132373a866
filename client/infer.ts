// POST /v2/models/{model}[/versions/{version}]/infer

import { ask, modelPath, read, type CallOptions, type Connection } from './connection.ts';
import { parseAnswer, type InferAnswer } from './infer-answer.ts';
import { encodeRequest, type InferRequest } from './infer-request.ts';

export interface InferCall extends InferRequest, CallOptions {
  /** A version, or an alias where the server has them; by default the one it serves. */
  readonly version?: string;
  /** How the body is packed on its way there; by default not at all. */
  readonly compress?: 'gzip' | 'deflate';
}

const JSON_LENGTH = 'inference-header-content-length';

export async function infer(
  connection: Connection,
  model: string,
  call: InferCall,
): Promise<InferAnswer> {
  const { body, headers } = encodeRequest(call);
  const { compress } = call;
  const response = await ask(connection, `${modelPath('v2', model, call.version)}/infer`, {
    method: 'POST',
    body: compress === undefined ? body : await packed(body, compress),
    headers: compress === undefined ? headers : { ...headers, 'content-encoding': compress },
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  });
  return read(response, call, async () => {
    const length = response.headers.get(JSON_LENGTH);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return parseAnswer(bytes, length === null ? null : Number(length));
  });
}

function packed(body: Uint8Array<ArrayBuffer>, coding: 'gzip' | 'deflate'): Promise<ArrayBuffer> {
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream(coding));
  return new Response(stream).arrayBuffer();
}
