// Every conformance case, asked of this product: all of them pass, and none is skipped.

import { exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { createAsk } from '../conformance/ask.ts';
import { OIP_TOPICS } from '../conformance/oip/topics.ts';
import { learn, type Subject } from '../conformance/oip/subject.ts';
import { ORIGIN } from './ask.ts';
import { publishTiny } from './tiny-model.ts';

const ask = createAsk(ORIGIN, (url, init) => exports.default.fetch(url, init));
let subject: Subject;

beforeAll(async () => {
  await publishTiny('conforming');
  subject = await learn(ask, { model: 'conforming' });
});

describe.each(OIP_TOPICS)('$topic', ({ cases }) => {
  test.each(cases)('$name', async ({ skip, check }) => {
    expect(skip?.(subject) ?? null).toBeNull();
    expect(await check(ask, subject)).toEqual([]);
  });
});
