// What the fuzzer asks again, and what it does not.

import { expect, test } from 'vitest';
import type { Answer } from '../conformance/case.ts';
import { pastTheProxy } from '../../tools/past-the-proxy.ts';

const answer = (status: number, text: string, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: new Headers(headers),
  bytes: new TextEncoder().encode(text),
  text,
});

const LOST = answer(500, 'Error: Network connection lost.');
const FINE = answer(200, '{}', { 'x-request-id': 'one' });

test.each([
  ['an answer of the Worker is taken as it is', [FINE], 200, 0],
  ['what the proxy lost is asked again', [LOST, FINE], 200, 1],
  ['what it loses twice is told', [LOST, LOST, FINE], 500, 1],
  ["a fault of the Worker's own is told", [answer(500, '{}', { 'x-request-id': 'one' })], 500, 0],
  ['another 500 without an id is told', [answer(500, 'Error: oh')], 500, 0],
] as const)('%s', async (_, answers, status, lost) => {
  const left = [...answers];
  const past = pastTheProxy(() => Promise.resolve(left.shift()!));
  expect((await past.ask({ path: '/' })).status).toBe(status);
  expect(past.lost()).toBe(lost);
});
