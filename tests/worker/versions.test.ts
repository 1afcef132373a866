// Which version answers: promotions, damaged files, storage that does not answer.

import { aliasesKey, blobKey, manifestKey } from '#contract/registry/keys.ts';
import { expect, test, vi } from 'vitest';
import { ask, predict } from './ask.ts';
import { freshIsolate } from './fresh-isolate.ts';
import { bucket, publishTiny, TINY_ONNX } from './tiny-model.ts';

const rows = [{ size: 1, kind: 'b' }];

test('a promotion is seen within ten seconds, without a restart', async () => {
  const isolate = freshIsolate();
  await publishTiny('promoted');
  expect(await isolate.version('promoted')).toBe('1');
  await publishTiny('promoted', { seed: 2 });
  expect(await isolate.version('promoted')).toBe('1');
  isolate.advance(10_000);
  expect(await isolate.version('promoted')).toBe('2');
});

test('aliases of some seconds are read again behind the request', async () => {
  const isolate = freshIsolate();
  await publishTiny('behind');
  expect(await isolate.version('behind')).toBe('1');
  await publishTiny('behind', { seed: 2 });
  isolate.advance(4_000);
  expect(await isolate.version('behind')).toBe('1');
  expect(await isolate.version('behind')).toBe('2');
});

test('the last good version keeps serving when the champion’s file has another hash', async () => {
  const isolate = freshIsolate();
  await publishTiny('damaged');
  expect(await isolate.version('damaged')).toBe('1');
  const other = TINY_ONNX.map((byte, index) => (index === TINY_ONNX.length - 1 ? byte ^ 1 : byte));
  const { manifest } = await publishTiny('damaged', { seed: 2, onnx: other });
  await bucket.put(blobKey('damaged', manifest.files['model.onnx']!.sha256), TINY_ONNX);
  isolate.advance(10_000);
  expect(await isolate.version('damaged')).toBe('1');
  expect(await freshIsolate().version('damaged')).toBe('1');
});

test('a version whose only file is damaged, truncated or gone is 503 until it is mended', async () => {
  const { manifest } = await publishTiny('alone');
  const key = blobKey('alone', manifest.files['model.onnx']!.sha256);
  const isolate = freshIsolate();
  for (const damaged of [TINY_ONNX.slice(0, 100), new Uint8Array(TINY_ONNX.length)]) {
    await bucket.put(key, damaged);
    expect(await isolate.version('alone')).toBe(503);
    isolate.advance(60_000);
  }
  await bucket.delete(key);
  expect(await isolate.version('alone')).toBe(503);
  await bucket.put(key, TINY_ONNX);
  expect(await isolate.version('alone')).toBe(503);
  isolate.advance(60_000);
  expect(await isolate.version('alone')).toBe('1');
});

test('bytes with the right hash that are no model are 503, and other models go on', async () => {
  await publishTiny('not-onnx', { onnx: new TextEncoder().encode('not a model') });
  await publishTiny('bystander');
  const isolate = freshIsolate();
  expect(await isolate.version('not-onnx')).toBe(503);
  expect(await isolate.version('bystander')).toBe('1');
});

test.each([
  ['aliases.json', aliasesKey('unreadable')],
  ['manifest.json', manifestKey('unreadable', '1')],
])('a damaged %s is 503, never 500', async (_, key) => {
  await publishTiny('unreadable');
  await bucket.put(key, '{"aliases":');
  expect(await freshIsolate().version('unreadable')).toBe(503);
  await bucket.delete(key);
});

test('loaded versions go on serving while storage does not answer', async () => {
  await publishTiny('steady');
  let down = false;
  const shaky = new Proxy(bucket, {
    get(target, property) {
      if (down && (property === 'get' || property === 'list'))
        return () => Promise.reject(new Error('storage is down'));
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const isolate = freshIsolate(shaky);
  expect(await isolate.version('steady')).toBe('1');
  down = true;
  for (let second = 0; second < 60; second += 15) {
    isolate.advance(15_000);
    expect(await isolate.version('steady')).toBe('1');
  }
  expect(await isolate.version('unheard-of')).toBe(503);
  down = false;
});

test('a model that was published and never promoted says what to run', async () => {
  await publishTiny('shy', { promote: false });
  const response = await predict('shy', { rows });
  expect(response.status).toBe(503);
  expect((await response.json<{ detail: string }>()).detail).toContain(
    'npm run trainer -- --model shy',
  );
});

test('concurrent first requests load a version once', async () => {
  await publishTiny('popular');
  const get = vi.spyOn(bucket, 'get');
  const isolate = freshIsolate();
  const versions = await Promise.all(Array.from({ length: 8 }, () => isolate.version('popular')));
  expect(new Set(versions)).toEqual(new Set(['1']));
  const blobs = get.mock.calls.filter(([key]) => key.includes('/blobs/'));
  get.mockRestore();
  expect(blobs).toHaveLength(1);
});

test('one damaged model does not hide the others', async () => {
  await publishTiny('rotten');
  await publishTiny('sound');
  await bucket.put(manifestKey('rotten', '1'), '{');
  const { models } = await (await ask('/v1/models')).json<{ models: { name: string }[] }>();
  const names = models.map((model) => model.name);
  expect(names).toContain('sound');
  expect(names).not.toContain('rotten');
  await bucket.delete(manifestKey('rotten', '1'));
});

test('models are listed with their champion, and one is described by its manifest', async () => {
  await publishTiny('described');
  const { models } = await (await ask('/v1/models')).json<{ models: { name: string }[] }>();
  expect(models).toContainEqual({
    name: 'described',
    title: 'Tiny',
    task: 'classification',
    champion: '1',
    versions: ['1'],
  });
  const model = await (await ask('/v1/models/described')).json();
  expect(model).toMatchObject({
    name: 'described',
    versions: ['1'],
    aliases: { champion: '1' },
    manifest: { version: '1', signature: { features: [{ name: 'size' }, { name: 'kind' }] } },
  });
});
