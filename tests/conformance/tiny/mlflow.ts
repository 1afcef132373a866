// /invocations, /ping, /health, /version: MLflow's scoring server and SageMaker's container.

import { exchange, compressed, post, ROWS, SECRET, type Case, type Topic } from './case.ts';
import { mlflowError } from './expect.ts';
import type { Expectation } from '../case.ts';
import { all, contentType, has, header, status, difference } from '../expect.ts';

const invoke = post((model) => `/v1/models/${model}/invocations`);
const data = ROWS.map(({ size, kind }) => [size, kind]);
const columns = { size: ROWS.map(({ size }) => size), kind: ROWS.map(({ kind }) => kind) };
const split = { columns: ['size', 'kind'], data };
const CSV = `size,kind\n${data.map((cells) => cells.join(',')).join('\n')}\n`;
const csv = (text: string, type = 'text/csv'): ReturnType<typeof invoke> =>
  invoke(text, { 'content-type': type });

const predictionsAre = (...predictions: readonly unknown[]): Expectation<unknown> =>
  all(status(200), contentType('application/json'), ({ text }) =>
    difference(JSON.parse(text), { predictions }, ''),
  );
const labelled = predictionsAre('small', 'small', 'large');

const answered: readonly Case[] = [
  exchange('dataframe_split', invoke({ dataframe_split: split }), labelled),
  exchange(
    'dataframe_split with an index, as pandas writes it',
    invoke({ dataframe_split: { ...split, index: [0, 1, 2] } }),
    labelled,
  ),
  exchange(
    'dataframe_split by the dataset’s names',
    invoke({ dataframe_split: { columns: ['Size (m)', 'Kind'], data } }),
    labelled,
  ),
  exchange(
    'dataframe_split with a column nobody asked for',
    invoke({
      dataframe_split: {
        columns: ['note', 'size', 'kind'],
        data: data.map((cells) => ['x', ...cells]),
      },
    }),
    labelled,
  ),
  exchange('dataframe_records', invoke({ dataframe_records: ROWS }), labelled),
  exchange(
    'dataframe_records with fields nobody asked for',
    invoke({ dataframe_records: ROWS.map((row) => ({ ...row, note: {} })) }),
    labelled,
  ),
  exchange('instances as records', invoke({ instances: ROWS }), labelled),
  exchange('instances as rows', invoke({ instances: data }), labelled),
  exchange('inputs as columns', invoke({ inputs: columns }), labelled),
  exchange('inputs as records', invoke({ inputs: ROWS }), labelled),
  exchange('inputs as rows', invoke({ inputs: data }), labelled),
  exchange('CSV as text/csv', csv(CSV), labelled),
  exchange('CSV as application/csv', csv(CSV, 'application/csv'), labelled),
  exchange(
    'CSV with a charset, a byte order mark and CRLF',
    csv(`\ufeff${CSV.replaceAll('\n', '\r\n')}`, 'text/csv; charset=UTF-8'),
    labelled,
  ),
  exchange(
    'CSV with columns nobody asked for, in another order',
    csv('note,kind,size\n"a,b",a,0.25\n,a,1\n,b,1'),
    labelled,
  ),
  exchange(
    'JSON with a charset',
    invoke({ instances: ROWS }, { 'content-type': 'application/json; charset=utf-8' }),
    labelled,
  ),
  exchange('JSON packed with gzip', compressed('gzip', invoke({ instances: ROWS })), labelled),
  exchange(
    'a null is a value that is not known',
    invoke({ instances: [{ size: 1, kind: null }] }),
    predictionsAre('small'),
  ),
  exchange(
    'a nullable feature may be left out',
    invoke({ dataframe_records: [{ size: 1 }] }),
    predictionsAre('small'),
  ),
  exchange('params that are empty', invoke({ instances: ROWS, params: {} }), labelled),
  exchange(
    'params ask for probabilities',
    invoke({ instances: ROWS, params: { predict_method: 'predict_proba' } }),
    predictionsAre([1, 0], [0.5, 0.5], [0, 1]),
  ),
  exchange(
    'an integer is a number',
    invoke({ inputs: { size: [1], kind: ['b'] } }),
    predictionsAre('large'),
  ),
  exchange('ping is 200 while a model is loaded', { path: '/ping' }, status(200)),
  exchange('health is 200 while a model is loaded', { path: '/health' }, status(200)),
  exchange('HEAD at ping is 200', { path: '/ping', method: 'HEAD' }, status(200)),
  exchange(
    'version is plain text',
    { path: '/version' },
    status(200),
    header('content-type', /^text\/plain/),
    ({ text }) => (/^\d+\.\d+\.\d+/.test(text) ? null : text),
  ),
];

const bad = (name: string, body: unknown): Case =>
  exchange(`${name} is 400`, invoke(body), mlflowError(400));

const refused: readonly Case[] = [
  bad('an empty body', ''),
  bad('a body that is no JSON', '{'),
  bad('a list', []),
  bad('null', 'null'),
  bad('no form', {}),
  bad('two forms', { instances: ROWS, inputs: ROWS }),
  bad('a form nobody knows', { rows: ROWS }),
  bad('a field beside the form', { instances: ROWS, signature_name: 'serving_default' }),
  bad('params nobody knows', { instances: ROWS, params: { depth: 1 } }),
  bad('a predict_method nobody knows', {
    instances: ROWS,
    params: { predict_method: 'predict_log_proba' },
  }),
  bad('dataframe_split without columns', { dataframe_split: { data } }),
  bad('dataframe_split without data', { dataframe_split: { columns: split.columns } }),
  bad('dataframe_split with names that are numbers', {
    dataframe_split: { columns: [0, 1], data },
  }),
  bad('dataframe_split with a ragged row', {
    dataframe_split: { ...split, data: [[1, 'a'], [1]] },
  }),
  bad('dataframe_split with a column twice', {
    dataframe_split: { columns: ['size', 'kind', 'size'], data: [[1, 'a', 2]] },
  }),
  bad('dataframe_records that are an object', { dataframe_records: { size: 1 } }),
  bad('a record that is a list', { dataframe_records: [[1, 'a']] }),
  bad('a record that lacks a feature', { dataframe_records: [{ kind: 'a' }] }),
  bad('columns of two lengths', { inputs: { size: [1, 2], kind: ['a'] } }),
  bad('a column that is no list', { inputs: { size: 1, kind: 'a' } }),
  bad('no rows', { instances: [] }),
  bad('rows with a value too few', { instances: [[1]] }),
  bad('rows with a value too many', { instances: [[1, 'b', 3]] }),
  bad('a text for a number', { instances: [{ size: SECRET, kind: 'a' }] }),
  bad('a number for a category', { instances: [[1, 2]] }),
  bad('a boolean for a number', { instances: [[true, 'a']] }),
  bad('a number beyond float32', '{"instances":[[1e39,"a"]]}'),
  bad('"__proto__" for a record', '{"instances":[{"__proto__":{"size":1,"kind":"a"}}]}'),
  exchange('an empty CSV is 400', csv(''), mlflowError(400)),
  exchange('a CSV of only a header is 400', csv('size,kind\n'), mlflowError(400)),
  exchange('a CSV that lacks a feature is 400', csv('kind\na\n'), mlflowError(400)),
  exchange('a CSV with a ragged record is 400', csv('size,kind\n1,a\n1\n'), mlflowError(400)),
  exchange('a CSV with an open quote is 400', csv(`size,kind\n1,"${SECRET}`), mlflowError(400)),
  exchange('a text for a number in CSV is 400', csv(`size,kind\n${SECRET},a\n`), mlflowError(400)),
  exchange(
    'a type nobody reads is 415',
    invoke('<rows/>', { 'content-type': 'text/xml' }),
    mlflowError(415),
  ),
  exchange('no type at all is 415', invoke({ instances: ROWS }, {}), mlflowError(415)),
  exchange(
    'another charset is 415',
    invoke({ instances: ROWS }, { 'content-type': 'application/json; charset=utf-16' }),
    mlflowError(415),
  ),
  exchange('a body beyond the limit is 413', invoke(' '.repeat(1_600_000)), mlflowError(413)),
  exchange(
    'more rows than a request may have are 413',
    csv(`size,kind\n${'1,a\n'.repeat(10_001)}`),
    mlflowError(413),
  ),
  exchange(
    'an unknown model is 404',
    {
      path: '/v1/models/nobody/invocations',
      headers: { 'content-type': 'application/json' },
      method: 'POST',
      body: new TextEncoder().encode('{"instances":[[1,"a"]]}'),
    },
    mlflowError(404, 'RESOURCE_DOES_NOT_EXIST'),
  ),
  exchange(
    'GET is 405 and says what is taken',
    ({ ready }) => ({ path: `/v1/models/${ready}/invocations` }),
    mlflowError(405, 'ENDPOINT_NOT_FOUND'),
    header('allow', 'POST'),
  ),
  exchange(
    'a trailing slash does not change the form of an error',
    ({ ready }) => ({
      path: `/v1/models/${ready}/invocations/`,
      headers: { 'content-type': 'application/json' },
      method: 'POST',
      body: new TextEncoder().encode('{}'),
    }),
    mlflowError(400),
  ),
  exchange(
    'GET at /invocations is 405',
    { path: '/invocations' },
    mlflowError(405, 'ENDPOINT_NOT_FOUND'),
    has({ message: /POST/ }),
  ),
  exchange(
    'a trailing slash at /invocations does not change the form of an error',
    { path: '/invocations/' },
    mlflowError(405, 'ENDPOINT_NOT_FOUND'),
  ),
];

export const mlflow: Topic = { topic: 'MLflow and SageMaker', cases: [...answered, ...refused] };
