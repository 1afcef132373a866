// /v1: the product's own door.

import { exchange, compressed, post, ROWS, SECRET, type Case, type Topic } from './case.ts';
import { problem } from './expect.ts';
import { contentType, has, header, says, status } from '../expect.ts';

const predict = post((model) => `/v1/models/${model}/predict`);
const row = ROWS[2];
const LARGE = { label: 'large', probability: 1, probabilities: { small: 0, large: 1 } };
const ANSWERS = [
  { label: 'small', probability: 1, probabilities: { small: 1, large: 0 } },
  { label: 'small', probability: 0.5, probabilities: { small: 0.5, large: 0.5 } },
  LARGE,
];
const columns = { size: ROWS.map(({ size }) => size), kind: ROWS.map(({ kind }) => kind) };

const answered: readonly Case[] = [
  exchange(
    'rows are answered in order, with label and probabilities',
    predict({ rows: ROWS }),
    status(200),
    contentType('application/json'),
    has({ model_name: /./, model_version: '1', id: /./, predictions: ANSWERS }),
  ),
  exchange('columns are rows', predict({ columns }), status(200), has({ predictions: ANSWERS })),
  exchange(
    'features in another order are the same',
    predict({ rows: ROWS.map(({ size, kind }) => ({ kind, size })) }),
    has({ predictions: ANSWERS }),
  ),
  exchange(
    'a null is a category that is not known',
    predict({ rows: [{ size: 1, kind: null }] }),
    has({ predictions: [ANSWERS[1]] }),
  ),
  exchange('no Content-Type is JSON', predict({ rows: ROWS }, {}), has({ predictions: ANSWERS })),
  exchange(
    'the type that curl -d sends is JSON',
    predict({ rows: ROWS }, { 'content-type': 'application/x-www-form-urlencoded' }),
    has({ predictions: ANSWERS }),
  ),
  exchange(
    'a type that every object has is JSON',
    predict({ rows: ROWS }, { 'content-type': 'constructor' }),
    has({ predictions: ANSWERS }),
  ),
  exchange(
    'a byte order mark is dropped',
    predict(`\ufeff${JSON.stringify({ rows: ROWS })}`),
    has({ predictions: ANSWERS }),
  ),
  exchange(
    'a body packed with gzip is read',
    compressed('gzip', predict({ rows: ROWS })),
    has({ predictions: ANSWERS }),
  ),
  exchange(
    'a body packed with deflate is read',
    compressed('deflate', predict({ rows: ROWS })),
    has({ predictions: ANSWERS }),
  ),
  exchange(
    'a version by its digits',
    post((model) => `/v1/models/${model}/versions/1/predict`)({ rows: [row] }),
    has({ model_version: '1', predictions: [LARGE] }),
  ),
  exchange(
    'an alias is a version',
    post((model) => `/v1/models/${model}/versions/champion/predict`)({ rows: [row] }),
    has({ model_version: '1', predictions: [LARGE] }),
  ),
  exchange(
    'a trailing slash is no difference',
    post((model) => `/v1/models/${model}/predict/`)({ rows: [row] }),
    has({ predictions: [LARGE] }),
  ),
  exchange(
    'the last of two equal keys counts',
    predict('{"rows":[],"rows":[{"size":9,"size":1,"kind":"b"}]}'),
    has({ predictions: [LARGE] }),
  ),
  exchange(
    'the largest float32 is answered, with a warning',
    predict('{"rows":[{"size":3.4028235e38,"kind":"b"}]}'),
    has({ predictions: [LARGE], warnings: [{ code: 'out_of_range', pointer: '/rows/0/size' }] }),
  ),
  exchange(
    'a denormal number is a number',
    predict('{"rows":[{"size":5e-324,"kind":"b"}]}'),
    has({ predictions: [ANSWERS[0]] }),
  ),
  exchange(
    'negative zero is zero',
    predict('{"rows":[{"size":-0,"kind":"b"}]}'),
    has({ predictions: [ANSWERS[0]] }),
  ),
  exchange(
    'a category with a lone surrogate is one nobody trained on',
    predict('{"rows":[{"size":1,"kind":"\\ud800"}]}'),
    status(200),
    has({ warnings: [{ code: 'unknown_category', pointer: '/rows/0/kind' }] }),
  ),
  exchange(
    'the answer tells how long it took',
    predict({ rows: ROWS }),
    header('server-timing', /load;dur=.*run;dur=/),
  ),
  exchange(
    'an answer is not kept by caches',
    predict({ rows: ROWS }),
    header('cache-control', 'no-store'),
  ),
];

const invalid = (name: string, body: unknown, pointer: string): Case =>
  exchange(
    `${name} is 400 at ${pointer || 'the body'}`,
    predict(body),
    problem(400, 'invalid-request', pointer),
  );
const malformed = (name: string, body: unknown): Case =>
  exchange(`${name} is no JSON`, predict(body), problem(400, 'malformed-json'));

const refused: readonly Case[] = [
  malformed('an empty body', ''),
  malformed('text', 'rows'),
  malformed('half a body', '{"rows":[{"size":1'),
  malformed('NaN', '{"rows":[{"size":NaN,"kind":"a"}]}'),
  malformed('a trailing comma', '{"rows":[],}'),
  malformed('a body that is no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d)),
  malformed('nesting without end', '{"rows":'.repeat(50_000)),
  invalid('a list', [], ''),
  invalid('an empty object', {}, '/rows'),
  invalid('rows that are an object', { rows: {} }, '/rows'),
  invalid('no rows', { rows: [] }, '/rows'),
  invalid('rows nested too deep', { rows: [[[[row]]]] }, '/rows/0'),
  invalid('rows and columns', { rows: [row], columns }, ''),
  invalid('a field nobody knows', { rows: [row], mode: 'fast' }, '/mode'),
  invalid('a feature that is missing', { rows: [row, { kind: 'a' }] }, '/rows/1/size'),
  invalid('a feature nobody knows', { rows: [{ ...row, 'a/b~c': 1 }] }, '/rows/0/a~1b~0c'),
  invalid('a text for a number', { rows: [{ size: SECRET, kind: 'a' }] }, '/rows/0/size'),
  invalid('a number for a category', { rows: [{ size: 1, kind: 7 }] }, '/rows/0/kind'),
  invalid('a boolean for a number', { rows: [{ size: true, kind: 'a' }] }, '/rows/0/size'),
  invalid('a null for a number', { rows: [{ size: null, kind: 'a' }] }, '/rows/0/size'),
  invalid('a number beyond float32', '{"rows":[{"size":1e39,"kind":"a"}]}', '/rows/0/size'),
  invalid(
    '"__proto__" in a row',
    '{"rows":[{"size":1,"kind":"a","__proto__":{"x":1}}]}',
    '/rows/0/__proto__',
  ),
  invalid(
    'features behind "__proto__"',
    '{"rows":[{"__proto__":{"size":1,"kind":"a"}}]}',
    '/rows/0/size',
  ),
  invalid('columns of two lengths', { columns: { size: [1, 2], kind: ['a'] } }, '/columns/kind'),
  invalid(
    'a column nobody knows',
    { columns: { ...columns, colour: [1, 2, 3] } },
    '/columns/colour',
  ),
  invalid('a column that is missing', { columns: { size: [1] } }, '/columns/kind'),
  invalid('a column that is no list', { columns: { ...columns, kind: 'a' } }, '/columns/kind'),
  invalid(
    'a text in a column of numbers',
    { columns: { ...columns, size: [1, SECRET, 3] } },
    '/columns/size/1',
  ),
  exchange(
    'more rows than a request may have are 413',
    predict({ rows: Array.from({ length: 10_001 }, () => row) }),
    problem(413, 'too-large'),
  ),
  exchange(
    'a body beyond the limit is 413',
    predict(' '.repeat(1_600_000)),
    problem(413, 'too-large'),
  ),
  exchange(
    'a body that unpacks beyond the limit is 413',
    compressed('gzip', predict(' '.repeat(5_000_000))),
    problem(413, 'too-large'),
  ),
  exchange(
    'a body said to be gzip that is not is 400',
    predict({ rows: [row] }, { 'content-encoding': 'gzip' }),
    problem(400, 'malformed-json'),
  ),
  exchange(
    'an unknown content coding is 415',
    predict({ rows: [row] }, { 'content-encoding': 'zstd' }),
    problem(415, 'unsupported-media-type'),
  ),
  exchange(
    'an unknown model is 404',
    { path: '/v1/models/nobody/predict', ...body() },
    problem(404, 'unknown-model'),
  ),
  exchange(
    'an unknown version is 404',
    ({ ready }) => ({ path: `/v1/models/${ready}/versions/9/predict`, ...body() }),
    problem(404, 'unknown-version'),
  ),
  exchange(
    'a model that was never promoted is 503',
    ({ unpromoted }) => ({ path: `/v1/models/${unpromoted}/predict`, ...body() }),
    problem(503, 'not-ready'),
    says('trainer'),
  ),
  exchange(
    'GET is 405 and says what is taken',
    ({ ready }) => ({ path: `/v1/models/${ready}/predict` }),
    problem(405, 'method-not-allowed'),
    header('allow', 'POST'),
  ),
  exchange('an unknown address is 404', { path: '/v1/nothing' }, problem(404, 'unknown-route')),
];

function body(): { method: string; body: Uint8Array<ArrayBuffer> } {
  return { method: 'POST', body: new TextEncoder().encode(JSON.stringify({ rows: [row] })) };
}

export const predictions: Topic = {
  topic: '/v1/models/{model}/predict',
  cases: [...answered, ...refused],
};
