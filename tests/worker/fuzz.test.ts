// The fuzzer at the size a test can have; at full size it is `npm run fuzz`.

import { blobKey } from '#contract/registry/keys.ts';
import { exports } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { createAsk } from '../conformance/ask.ts';
import { corpus } from '../fuzz/corpus.ts';
import { fuzzedRequest, plainRequest } from '../fuzz/fuzzed-request.ts';
import { runFuzz } from '../fuzz/run.ts';
import { learnSubject, type FuzzSubject } from '../fuzz/subject.ts';
import { ORIGIN } from './ask.ts';
import { bucket, publishTiny } from './tiny-model.ts';

const REQUESTS = 3_000;
const [READY, UNPROMOTED, DAMAGED] = ['fuzzed', 'fuzz-early', 'fuzz-damaged'] as const;
let subject: FuzzSubject;
const ask = createAsk(ORIGIN, (url, init) => exports.default.fetch(url, init));

beforeAll(async () => {
  await publishTiny(READY);
  await publishTiny(UNPROMOTED, { promote: false });
  const { manifest } = await publishTiny(DAMAGED, { onnx: new Uint8Array(3) });
  await bucket.delete(blobKey(DAMAGED, manifest.files['model.onnx']!.sha256));
  subject = await learnSubject(ask, READY, [UNPROMOTED, DAMAGED]);
});

test('what the fuzzer starts from is right', async () => {
  for (const seed of corpus(subject)) {
    const { status, text } = await ask(plainRequest(seed));
    const isAdmin = seed.path.includes('/aliases/');
    expect([seed.path, status, text.slice(0, 300)]).toEqual([
      seed.path,
      isAdmin ? 404 : expect.toSatisfy((code: number) => code === 200 || code === 206),
      expect.anything(),
    ]);
  }
});

test('the same seed and number give the same request, others another', async () => {
  const one = await fuzzedRequest(7, 11, subject);
  expect(await fuzzedRequest(7, 11, subject)).toEqual(one);
  const others = await Promise.all([12, 13, 14].map((index) => fuzzedRequest(7, index, subject)));
  expect(others.filter((other) => JSON.stringify(other) === JSON.stringify(one))).toEqual([]);
});

test(`${REQUESTS} mutated requests: no 5xx, no hang, every error in its form, and nothing changed by them`, async () => {
  const report = await runFuzz({
    seed: 1,
    from: 0,
    count: REQUESTS,
    width: 8,
    subject,
    ask,
    now: () => performance.now(),
  });
  expect(
    report.failures.map(({ index, sent, faults }) => ({
      index,
      method: sent.method,
      path: sent.path,
      faults,
    })),
  ).toEqual([]);
  expect(report.requests).toBe(REQUESTS);
  // Mutations that never get past the door would prove little.
  expect(report.statuses['200']).toBeGreaterThan(REQUESTS / 4);
  expect(report.statuses['400']).toBeGreaterThan(REQUESTS / 10);
});
