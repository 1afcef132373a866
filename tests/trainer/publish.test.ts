// Publishing lets a version answer once: whoever moves the alias off it later is not overruled by a repeated run.

import { expect, test } from 'vitest';
import { promote, readAliases } from '#contract/registry/registry.ts';
import { release } from '../../trainer/pack/publish.ts';
import { draftOf, filesOf } from '../contract/draft.ts';
import { holdoutFile } from '../contract/holdouts.ts';
import { crashingAt, memoryStore } from '../contract/stores.ts';

const packOf = (name: string, loss = 1) => ({
  draft: draftOf('m', name),
  files: { ...filesOf(name), 'holdout.json': holdoutFile({ loss }) },
});

test('a new version is champion, with who moved it and why', async () => {
  const store = memoryStore();
  const { added, champion, move } = await release(store, packOf('first'));
  expect({ added, champion }).toEqual({ added: true, champion: '1' });
  expect(move).toMatchObject({ alias: 'champion', from: null, to: '1', by: 'trainer' });
  expect((await release(store, packOf('second'))).move).toMatchObject({ from: '1', to: '2' });
});

test('a repeated run moves nothing', async () => {
  const store = memoryStore();
  await release(store, packOf('first'));
  const again = await release(store, packOf('first'));
  expect(again).toMatchObject({ added: false, champion: '1', move: null });
  expect((await readAliases(store, 'm')).history).toHaveLength(1);
});

test('a version that was rolled back stays so when its run is repeated', async () => {
  const store = memoryStore();
  await release(store, packOf('first'));
  await release(store, packOf('second'));
  const back = { alias: 'champion', to: '1', by: 'a person', reason: 'it was better', at: '' };
  await promote(store, 'm', back);
  expect(await release(store, packOf('second'))).toMatchObject({ added: false, champion: '1' });
});

test('a run that was cut off before it was champion is finished by the next', async () => {
  for (let step = 0; ; step++) {
    const store = memoryStore();
    const crashed = await release(crashingAt(store, step, 'before'), packOf('first')).then(
      () => false,
      () => true,
    );
    expect(await release(store, packOf('first'))).toMatchObject({ champion: '1' });
    expect((await readAliases(store, 'm')).history).toHaveLength(1);
    if (!crashed) return;
  }
});

test('a version that is worse on the same rows is published and not promoted; the verdict says why', async () => {
  const store = memoryStore();
  await release(store, packOf('first', 0.5));
  const worse = await release(store, packOf('second', 0.6));
  expect(worse).toMatchObject({ added: true, champion: '1', move: null });
  expect(worse.verdict?.passed).toBe(false);
  expect(await release(store, packOf('third', 0.4))).toMatchObject({ champion: '3' });
});

test('two runs at once are two versions, and the better one ends as champion', async () => {
  const store = memoryStore();
  await release(store, packOf('first', 0.5));
  // Which of the two gets the lower number is left to chance.
  const [second, third] = await Promise.all([
    release(store, packOf('second', 0.4)),
    release(store, packOf('third', 0.3)),
  ]);
  expect([second.manifest.version, third.manifest.version].sort()).toEqual(['2', '3']);
  const { aliases } = await readAliases(store, 'm');
  expect(aliases.champion).toBe(third.manifest.version);
});

test('a first version that is over the budget answers nobody', async () => {
  const store = memoryStore();
  const { draft, files } = packOf('first');
  const large = { ...files, 'model.onnx': new Uint8Array(5_000_000) };
  const released = await release(store, { draft, files: large });
  expect(released).toMatchObject({ added: true, champion: null, move: null });
});
