// The fuzzer's laws, held against answers that break them: a law that nothing can break proves nothing.

import { expect, test } from 'vitest';
import type { Answer, Sent } from '../conformance/case.ts';
import { corpus } from '../fuzz/corpus.ts';
import { fuzzedRequest } from '../fuzz/fuzzed-request.ts';
import { faultsOf } from '../fuzz/laws.ts';
import { CANARY, type FuzzSubject } from '../fuzz/subject.ts';

const subject: FuzzSubject = {
  ready: 'fine',
  notReady: ['broken'],
  rows: [{ size: 1, kind: 'a' }],
  columns: { size: [1], kind: ['a'] },
  records: 'size,kind\r\n1,a\r\n',
  tensors: [{ name: 'size', datatype: 'FP32', shape: [1], elements: [1] }],
  packed: { name: 'features', datatype: 'FP32', shape: [1, 2], elements: [1, 0] },
  outputs: ['label'],
};

const answer = (status: number, type: string, text: string, headers = {}): Answer => ({
  status,
  headers: new Headers({ 'x-request-id': 'r', 'content-type': type, ...headers }),
  bytes: new TextEncoder().encode(text),
  text,
});
const JSON_TYPE = 'application/json';
const PROBLEM_TYPE = 'application/problem+json';
const problem = (detail: string, status = 400): string =>
  JSON.stringify({ type: '/problems/x', title: 'X', status, detail });

const v1: Sent = { method: 'POST', path: '/v1/models/fine/predict' };
const v2: Sent = { method: 'POST', path: '/v2/models/fine/infer' };
const mlflow: Sent = { method: 'POST', path: '/v1/models/fine/invocations/' };

test.each<readonly [string, Sent, Answer]>([
  ['an answer', v1, answer(200, JSON_TYPE, '{}')],
  ['a problem', v1, answer(400, PROBLEM_TYPE, problem('no'))],
  ['an error of the protocol', v2, answer(404, JSON_TYPE, '{"error":"no"}')],
  ['an error of MLflow', mlflow, answer(415, JSON_TYPE, '{"error_code":"X","message":"no"}')],
  [
    'a model that is not ready',
    { ...v1, path: '/v1/models/broken/predict' },
    answer(503, PROBLEM_TYPE, problem('no', 503)),
  ],
])('%s is within the law', (_, sent, given) => {
  expect(faultsOf(sent, given, subject)).toEqual([]);
});

test.each<readonly [string, Sent, Answer, RegExp]>([
  ['a 500', v1, answer(500, PROBLEM_TYPE, problem('no', 500)), /status 500/],
  [
    'a 503 of a model that is ready',
    v1,
    answer(503, PROBLEM_TYPE, problem('no', 503)),
    /status 503/,
  ],
  ['a redirect', v1, answer(301, JSON_TYPE, ''), /redirect/],
  ['no request id', v1, answer(200, JSON_TYPE, '{}', { 'x-request-id': '' }), /x-request-id/],
  ['a charset', v2, answer(400, 'application/json; charset=utf-8', '{"error":"no"}'), /type/],
  ['another door’s form', v2, answer(400, JSON_TYPE, '{"detail":"no"}'), /fields detail/],
  ['one field too many', v2, answer(400, JSON_TYPE, '{"error":"no","stack":""}'), /fields/],
  ['a page', v1, answer(404, PROBLEM_TYPE, '<h1>no</h1>'), /no JSON/],
  [
    'a stack trace',
    v2,
    answer(400, JSON_TYPE, '{"error":"TypeError: x\\n at f (worker.js:1:2)"}'),
    /insides/,
  ],
  [
    'the data sent',
    v2,
    answer(400, JSON_TYPE, `{"error":"not a number: ${CANARY}"}`),
    /repeats the data/,
  ],
  [
    'an endless error',
    v2,
    answer(400, JSON_TYPE, `{"error":"${'x'.repeat(30_000)}"}`),
    /characters/,
  ],
  [
    'an internal error in a stream',
    v1,
    answer(200, 'application/x-ndjson', '{"row":1,"error":{"status":500}}'),
    /stream/,
  ],
  ['a body after HEAD', { ...v1, method: 'HEAD' }, answer(200, JSON_TYPE, '{}'), /HEAD/],
])('%s is not', (_, sent, given, says) => {
  expect(faultsOf(sent, given, subject).join()).toMatch(says);
});

test('every seed is reached, and requests differ', async () => {
  const requests = await Promise.all(
    Array.from({ length: 2_000 }, (_, index) => fuzzedRequest(1, index, subject)),
  );
  const paths = new Set(requests.map(({ path }) => path));
  for (const { path } of corpus(subject)) expect(paths).toContain(path);
  const bodies = new Set(requests.map(({ body }) => Buffer.from(body ?? []).toString('base64')));
  expect(bodies.size).toBeGreaterThan(1_000);
  const methods = new Set(requests.map(({ method }) => method));
  expect([...methods].sort()).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
});
