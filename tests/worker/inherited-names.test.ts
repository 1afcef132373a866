// Names that every plain object inherits, in place of each name that an address holds.

import { expect, test } from 'vitest';
import { ask } from './ask.ts';
import { publishTiny } from './tiny-model.ts';

const INHERITED = ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty'];

const ADDRESSES: readonly ((name: string) => string)[] = [
  (name) => `/v1/models/${name}`,
  (name) => `/v1/models/inherited/versions/${name}`,
  (name) => `/v2/models/${name}`,
  (name) => `/v2/models/inherited/versions/${name}`,
  (name) => `/problems/${name}`,
  (name) => `/api/2.0/mlflow-artifacts/artifacts/inherited/1/${name}`,
  (name) => `/api/2.0/mlflow/registered-models/alias?name=inherited&alias=${name}`,
];

test('a name that objects inherit is answered as a name that is not there', async () => {
  await publishTiny('inherited');
  for (const name of INHERITED)
    for (const addressOf of ADDRESSES) {
      const expected = await ask(addressOf('nothing'));
      const answer = await ask(addressOf(name));
      expect(expected.status).toBe(404);
      expect([answer.status, answer.headers.get('content-type')], addressOf(name)).toEqual([
        404,
        expected.headers.get('content-type'),
      ]);
    }
});
