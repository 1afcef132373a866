// Addresses, versions, aliases and request ids at this product's door to the Open Inference Protocol.

import { exchange, post, type Case, type Topic } from './case.ts';
import { oipError } from './expect.ts';
import type { Sent } from '../case.ts';
import { has, header, noBody, status } from '../expect.ts';
import { kind, rowsAnswered, size } from './tensors.ts';

const at =
  (rest: string) =>
  ({ ready }: { ready: string }): Sent => ({ path: `/v2/models/${ready}${rest}` });
const posted = (rest: string) =>
  post((model) => `/v2/models/${model}${rest}`)({ inputs: [size, kind] });

const addresses: readonly Case[] = [
  exchange(
    'an alias is a version',
    posted('/versions/champion/infer'),
    rowsAnswered,
    has({ model_version: '1' }),
  ),
  exchange('a version by its digits', posted('/versions/1/infer'), rowsAnswered),
  exchange('a version with a leading zero is 404', at('/versions/01'), oipError(404)),
  exchange('an alias nobody set is 404', at('/versions/challenger/ready'), oipError(404)),
  exchange('an alias that every object has is 404', at('/versions/constructor'), oipError(404)),
  exchange('a trailing slash at infer is no difference', posted('/infer/'), rowsAnswered),
  exchange(
    'a trailing slash at metadata is no difference',
    at('/'),
    status(200),
    has({ platform: 'onnx_onnxv1' }),
  ),
  exchange(
    'a name with percent-encoded letters is the same name',
    ({ ready }) => ({
      path: `/v2/models/%${ready.charCodeAt(0).toString(16)}${ready.slice(1)}/ready`,
    }),
    status(200),
  ),
  exchange(
    'HEAD at a model’s readiness is 200 without a body',
    (names) => ({ ...at('/ready')(names), method: 'HEAD' }),
    status(200),
    noBody,
  ),
  exchange(
    'GET at infer is 405 and says what is taken',
    at('/infer'),
    oipError(405),
    header('allow', 'POST'),
  ),
  exchange(
    'POST at metadata is 405 and says what is taken',
    (names) => ({ ...at('')(names), method: 'POST' }),
    oipError(405),
    header('allow', 'GET'),
  ),
  exchange(
    'a model that was never promoted is 503',
    ({ unpromoted }) => ({ path: `/v2/models/${unpromoted}/ready` }),
    oipError(503),
  ),
  exchange(
    'a version of a model that was never promoted answers',
    ({ unpromoted }) => ({
      ...posted('')({ ready: unpromoted, unpromoted, damaged: '' }),
      path: `/v2/models/${unpromoted}/versions/1/infer`,
    }),
    rowsAnswered,
  ),
  exchange(
    'a model whose file is damaged is 503',
    ({ damaged }) => ({ path: `/v2/models/${damaged}/ready` }),
    oipError(503),
  ),
  exchange(
    'inference with a model whose file is damaged is 503',
    (names) => ({ ...posted('')(names), path: `/v2/models/${names.damaged}/infer` }),
    oipError(503),
  ),
  exchange(
    'the id of the request is the client’s where it gives one',
    (names) => ({ ...at('')(names), headers: { 'x-request-id': 'mine-7' } }),
    header('x-request-id', 'mine-7'),
  ),
  exchange(
    'a request id that is no id is replaced',
    (names) => ({ ...at('')(names), headers: { 'x-request-id': 'a b"c' } }),
    header('x-request-id', /^[0-9a-f-]{36}$/),
  ),
  exchange('an error has a request id too', at('/nothing'), header('x-request-id', /./)),
];

export const oipAddresses: Topic = {
  topic: 'Open Inference Protocol, addresses of this product',
  cases: addresses,
};
