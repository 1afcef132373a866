// A prediction goes past the router (docs/decisions/052). An address with a query goes through it: nothing else may differ.

import { beforeAll, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { publishTiny } from './tiny-model.ts';

beforeAll(async () => {
  await publishTiny('tiny');
  await publishTiny('early', { promote: false });
});

const JSON_TYPE = { 'content-type': 'application/json' };
const good = JSON.stringify({ rows: [{ size: 1, kind: 'b' }] });

const REQUESTS: readonly (readonly [name: string, model: string, init: RequestInit])[] = [
  ['a row', 'tiny', { headers: JSON_TYPE, body: good }],
  ['a row without a type', 'tiny', { body: new TextEncoder().encode(good) }],
  ['a row by a type of its own', 'tiny', { headers: { 'content-type': 'text/plain' }, body: good }],
  [
    'a row by the type of a stream',
    'tiny',
    { headers: { 'content-type': 'TEXT/CSV; header=present' }, body: 'size,kind\n1,b\n' },
  ],
  ['an odd row', 'tiny', { headers: JSON_TYPE, body: '{"rows":[{"size":9,"kind":"x"}]}' }],
  ['columns', 'tiny', { headers: JSON_TYPE, body: '{"columns":{"size":[1,2],"kind":["a",null]}}' }],
  ['no rows', 'tiny', { headers: JSON_TYPE, body: '{"rows":[]}' }],
  ['no JSON', 'tiny', { headers: JSON_TYPE, body: '{' }],
  ['nothing', 'tiny', { headers: JSON_TYPE }],
  ['too much', 'tiny', { headers: JSON_TYPE, body: ' '.repeat(1_600_000) }],
  [
    'an unknown packing',
    'tiny',
    { headers: { ...JSON_TYPE, 'content-encoding': 'br' }, body: good },
  ],
  ['a model that is not there', 'nobody', { headers: JSON_TYPE, body: good }],
  ['a model without a champion', 'early', { headers: JSON_TYPE, body: good }],
  ['a name that no model has', 'Tiny%20', { headers: JSON_TYPE, body: good }],
];

test.each(REQUESTS)('%s is answered alike', async (_, model, init) => {
  const path = `/v1/models/${model}/predict`;
  const headers = { ...init.headers, 'x-request-id': 'the-same' };
  const answer = async (address: string) => {
    const response = await ask(address, { ...init, method: 'POST', headers });
    const entries = [...response.headers].filter(([name]) => name !== 'server-timing');
    return {
      status: response.status,
      headers: Object.fromEntries(entries),
      timed: response.headers.has('server-timing'),
      text: await response.text(),
    };
  };
  expect(await answer(path)).toEqual(await answer(`${path}?`));
});

test('an address of another method is refused as ever', async () => {
  const response = await ask('/v1/models/tiny/predict');
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('POST');
});
