// Every conformance case, asked of this product: all of them pass, and none is skipped.

import { blobKey } from '#contract/registry/keys.ts';
import { exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { createAsk } from '../conformance/ask.ts';
import { learn, type Subject } from '../conformance/oip/subject.ts';
import { OIP_TOPICS } from '../conformance/oip/topics.ts';
import type { Names } from '../conformance/tiny/case.ts';
import { TINY_TOPICS } from '../conformance/tiny/topics.ts';
import { ORIGIN } from './ask.ts';
import { publishTensors } from './publish-tensors.ts';
import { bucket, publishTiny } from './tiny-model.ts';

const ask = createAsk(ORIGIN, (url, init) => exports.default.fetch(url, init));
const names: Names = { ready: 'conforming', unpromoted: 'unpromoted', damaged: 'broken-file' };
let subject: Subject;

beforeAll(async () => {
  await publishTiny(names.ready);
  await publishTiny(names.unpromoted, { promote: false });
  const { manifest } = await publishTiny(names.damaged);
  await bucket.delete(blobKey(names.damaged, manifest.files['model.onnx']!.sha256));
  subject = await learn(ask, { model: names.ready });
});

describe.each(OIP_TOPICS)('$topic', ({ cases }) => {
  test.each(cases)('$name', async ({ skip, check }) => {
    expect(skip?.(subject) ?? null).toBeNull();
    expect(await check(ask, subject)).toEqual([]);
  });
});

/** What cannot be asked of a model with these tensors. */
const UNFIT = [
  'the number of rows is fixed',
  'no output has a value for each class',
  'the model has 1 input',
  'no input is BYTES',
];

// Models of tensors: texts, flags, whole numbers and float64 in four inputs; an image.
describe.each(['mixed', 'digits'])('%s', (model) => {
  let other: Subject;
  beforeAll(async () => {
    await publishTensors(model);
    other = await learn(ask, { model });
  });
  describe.each(OIP_TOPICS)('$topic', ({ cases }) => {
    test.each(cases)('$name', async ({ skip, check }) => {
      const reason = skip?.(other) ?? null;
      if (reason === null) expect(await check(ask, other)).toEqual([]);
      else expect(UNFIT).toContain(reason);
    });
  });
});

describe.each(TINY_TOPICS)('$topic', ({ cases }) => {
  test.each(cases)('$name', async ({ check }) => {
    expect(await check(ask, names)).toEqual([]);
  });
});

test('the names of the cases of a topic differ', () => {
  for (const { cases } of [...OIP_TOPICS, ...TINY_TOPICS]) {
    const names: readonly string[] = cases.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  }
});
