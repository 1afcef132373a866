// wrangler.toml says which addresses wake the Worker, and the Worker says which of them are the API's: the same ones.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unstable_readConfig } from 'wrangler';
import { ROOT } from '../../tools/wrangler.ts';
import { isApiAddress } from '../../worker/api-address.ts';

const { assets } = unstable_readConfig({ config: join(ROOT, 'wrangler.toml') });
const patterns = (assets?.run_worker_first as string[]).map(
  (glob) => new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`),
);

test.each([
  ['/v1/models', true],
  ['/v1', true],
  ['/v2/', true],
  ['/v2/models/m/infer', true],
  ['/problems/too-large', true],
  ['/invocations', true],
  ['/invocations/', true],
  ['/ping', true],
  ['/health/', true],
  ['/version', true],
  ['/openapi.json', true],
  ['/api/2.0/mlflow/registered-models/get', true],
  ['/api/2.0/mlflow-artifacts/artifacts', true],
  ['/', false],
  ['/api/2.0', false],
  ['/api/2.0/mlflow', false],
  ['/v1x', false],
  ['/models/m', false],
  ['/versions', false],
  ['/invocations/x', false],
  ['/docs/v1/', false],
])('%s wakes the Worker: %s', (path, expected) => {
  expect(patterns.some((pattern) => pattern.test(path))).toBe(expected);
  expect(isApiAddress(`https://gharial.example${path}`)).toBe(expected);
  expect(isApiAddress(`https://gharial.example${path}?a=/v1`)).toBe(expected);
});
