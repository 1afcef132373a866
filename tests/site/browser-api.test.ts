// A visit asks under one key, so that a canary does not answer every other keystroke.

import { afterEach, expect, test, vi } from 'vitest';
import { api } from '../../site/src/lib/browser-api.ts';

afterEach(() => vi.unstubAllGlobals());

test('all predictions of a visit have one key, what is only read has none', async () => {
  const keys: (string | null)[] = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    keys.push(new Headers(init.headers).get('x-gharial-sticky'));
    return Promise.reject(new TypeError('no network'));
  });
  const { signal } = new AbortController();
  await expect(api.predict('m', { size: 1 }, signal)).rejects.toThrow('cannot be reached');
  await expect(api.predict('m', { size: 2 }, signal)).rejects.toThrow('cannot be reached');
  await expect(api.readModel('m', signal)).rejects.toThrow('cannot be reached');
  expect(keys[0]).toMatch(/^[0-9]+-[0-9]+$/);
  expect(keys).toEqual([keys[0], keys[0], null]);
});
