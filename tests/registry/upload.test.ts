// A try that was cut off goes on where it was: files that are there, and are what their names say, are not sent again.

import { describe, expect, test } from 'vitest';
import { blobKey } from '#contract/registry/keys.ts';
import type { DatedStore } from '#contract/registry/object-store.ts';
import { sha256 } from '#contract/hash.ts';
import { readFile, type Publication } from '#contract/registry/registry.ts';
import { upload } from '../../registry/upload.ts';
import { draftOf, filesOf } from '../contract/draft.ts';
import { memoryStore } from '../contract/stores.ts';

const HOUR_MS = 3_600_000;

/** A store that loses its network before its put number `failing`, and says which keys were put. */
function watched(store: DatedStore, failing: number): DatedStore & { readonly puts: string[] } {
  const puts: string[] = [];
  return {
    ...store,
    puts,
    put: (key, bytes, condition) => {
      if (puts.length + 1 === failing) return Promise.reject(new Error('no network'));
      puts.push(key);
      return store.put(key, bytes, condition);
    },
  };
}

const send = (store: DatedStore, at: Date): Promise<Publication> =>
  upload(store, draftOf('m'), filesOf(), { at: at.toISOString(), out: null });

const blobs = (keys: readonly string[]): readonly string[] =>
  keys.filter((key) => key.includes('/blobs/'));

describe('after a try that was cut off', () => {
  test('only what is missing is sent', async () => {
    const store = memoryStore();
    const first = watched(store, 3);
    await expect(send(first, new Date())).rejects.toThrow('no network');
    const second = watched(store, 0);
    const { manifest } = await send(second, new Date());
    expect(blobs(first.puts)).toHaveLength(2);
    expect(blobs(second.puts)).toHaveLength(1);
    for (const name of Object.keys(filesOf()))
      expect(await readFile(store, manifest, name)).toEqual(filesOf()[name]);
  });

  test('what is not what its name says is sent again', async () => {
    const store = memoryStore();
    const onnx = filesOf()['model.onnx']!;
    const key = blobKey('m', await sha256(onnx));
    await store.put(key, onnx.slice(1));
    const again = watched(store, 0);
    const { manifest } = await send(again, new Date());
    expect(again.puts).toContain(key);
    expect(await readFile(store, manifest, 'model.onnx')).toEqual(onnx);
  });

  test('what a sweep might take meanwhile is sent again', async () => {
    const store = memoryStore();
    await expect(send(watched(store, 4), new Date())).rejects.toThrow('no network');
    const tomorrow = watched(store, 0);
    await send(tomorrow, new Date(Date.now() + 13 * HOUR_MS));
    expect(blobs(tomorrow.puts)).toHaveLength(3);
  });
});
