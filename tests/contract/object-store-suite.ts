// The laws that every driver of the registry keeps, stated once. It imports nothing of node's, so that it runs in
// workerd too: there `open` answers a store over the R2 binding.

import { beforeAll, describe, expect, test } from 'vitest';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { crashLaws } from './crash-laws.ts';
import { lifeLaws } from './life-laws.ts';
import { trafficLaws } from './traffic-laws.ts';
import { registryLaws } from './registry-laws.ts';

export interface Driver {
  readonly name: string;
  /** Called once; what the store holds already does not matter, apart from keys under `laws-`. */
  open(): Promise<ObjectStore>;
}

export function objectStoreSuite({ name, open }: Driver): void {
  describe(name, () => {
    let store: ObjectStore;
    beforeAll(async () => {
      store = await open();
    });
    objectLaws(() => store);
    registryLaws(() => store);
    lifeLaws(() => store);
    trafficLaws(() => store);
    crashLaws(name, () => store);
  });
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

function objectLaws(store: () => ObjectStore): void {
  test('where nothing was put there is nothing', async () => {
    expect(await store().get('laws-none/x')).toBeNull();
  });

  test.each([0, 1, 300_000])('%i bytes come back as they were put', async (size) => {
    const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 31) % 256);
    expect(await store().put(`laws-bytes/${size}`, bytes)).toBe(true);
    const found = (await store().get(`laws-bytes/${size}`))?.bytes;
    expect(found?.length).toBe(size);
    expect(found?.every((byte, index) => byte === bytes[index])).toBe(true);
  });

  test('an unconditional put replaces, and changes the etag', async () => {
    await store().put('laws-replace/x', utf8('one'));
    const before = await store().get('laws-replace/x');
    expect(await store().put('laws-replace/x', utf8('two'))).toBe(true);
    const after = await store().get('laws-replace/x');
    expect(textOf(after?.bytes)).toBe('two');
    expect(after?.etag).not.toBe(before?.etag);
  });

  test('"absent" writes once and never over something', async () => {
    expect(await store().put('laws-absent/x', utf8('first'), 'absent')).toBe(true);
    expect(await store().put('laws-absent/x', utf8('second'), 'absent')).toBe(false);
    expect(textOf((await store().get('laws-absent/x'))?.bytes)).toBe('first');
  });

  test('an etag condition holds for the object that was read, and for no other', async () => {
    expect(await store().put('laws-etag/x', utf8('1'), { etag: 'of nothing' })).toBe(false);
    expect(await store().get('laws-etag/x')).toBeNull();
    await store().put('laws-etag/x', utf8('1'));
    const { etag } = (await store().get('laws-etag/x'))!;
    expect(await store().put('laws-etag/x', utf8('2'), { etag })).toBe(true);
    expect(await store().put('laws-etag/x', utf8('3'), { etag })).toBe(false);
    expect(textOf((await store().get('laws-etag/x'))?.bytes)).toBe('2');
  });

  test('of eight writers to an absent key one wins, and its bytes stay', async () => {
    const writers = Array.from({ length: 8 }, (_, writer) => String(writer));
    const won = await Promise.all(
      writers.map((writer) => store().put('laws-race/x', utf8(writer), 'absent')),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(textOf((await store().get('laws-race/x'))?.bytes)).toBe(writers[won.indexOf(true)]);
  });

  test('eight counters that compare and swap lose no count', async () => {
    const key = 'laws-count/x';
    await store().put(key, utf8('0'));
    const count = async (): Promise<void> => {
      for (;;) {
        const { bytes, etag } = (await store().get(key))!;
        if (await store().put(key, utf8(String(Number(textOf(bytes)) + 1)), { etag })) return;
      }
    };
    await Promise.all(Array.from({ length: 8 }, count));
    expect(textOf((await store().get(key))?.bytes)).toBe('8');
  });

  test('a list has every key with the prefix, in code point order, and no other', async () => {
    const keys = ['b', 'a/10', 'a/9', 'a/B/x', 'a/b/x', 'ab'].map((key) => `laws-list/${key}`);
    for (const key of keys) await store().put(key, utf8(key));
    expect(await store().list('laws-list/')).toEqual([...keys].sort());
    expect(await store().list('laws-list/a/')).toEqual(
      ['a/10', 'a/9', 'a/B/x', 'a/b/x'].map((key) => `laws-list/${key}`),
    );
    expect(await store().list('laws-list/a')).toHaveLength(5);
    expect(await store().list('laws-list/none')).toEqual([]);
  });

  test('what is deleted is gone, and may be deleted again', async () => {
    await store().put('laws-delete/x', utf8('x'));
    await store().delete('laws-delete/x');
    await store().delete('laws-delete/x');
    expect(await store().get('laws-delete/x')).toBeNull();
    expect(await store().list('laws-delete/')).toEqual([]);
    expect(await store().put('laws-delete/x', utf8('y'), 'absent')).toBe(true);
  });
}
