// The laws of publishing and promoting, over any store: versions are added and never change, aliases move as one.

import { describe, expect, test } from 'vitest';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { aliasesKey, manifestKey } from '#contract/registry/keys.ts';
import {
  IntegrityError,
  listModels,
  listVersions,
  promote,
  publish,
  readAliases,
  readFile,
  readManifest,
} from '#contract/registry/registry.ts';
import { draftOf, filesOf } from './draft.ts';
import { recording } from './stores.ts';

const move = (to: string, at = '2026-01-01T00:00:00.000Z') =>
  ({ alias: 'champion', to, by: 'a test', reason: 'to see it move', at }) as const;

export function registryLaws(store: () => ObjectStore): void {
  describe('registry', () => {
    test('runs become versions 1, 2, …, with the bytes that were handed over', async () => {
      const model = 'laws-publish';
      for (const name of ['first', 'second'])
        await publish(store(), draftOf(model, name), filesOf(name));
      expect(await listVersions(store(), model)).toEqual(['1', '2']);
      expect(await listModels(store())).toContain(model);
      for (const [version, name] of [
        ['1', 'first'],
        ['2', 'second'],
      ] as const) {
        const manifest = (await readManifest(store(), model, version))!;
        expect(manifest.description).toBe(`The ${name} run.`);
        for (const [file, bytes] of Object.entries(filesOf(name)))
          expect(await readFile(store(), manifest, file)).toEqual(bytes);
      }
    });

    test('versions are in order of their numbers, past nine too', async () => {
      const model = 'laws-eleven';
      for (let run = 1; run <= 11; run++)
        await publish(store(), draftOf(model, String(run)), filesOf());
      expect((await listVersions(store(), model)).slice(-3)).toEqual(['9', '10', '11']);
    });

    test('a run that repeats the newest version adds nothing, whenever it was made', async () => {
      const model = 'laws-repeat';
      const draft = draftOf(model);
      expect((await publish(store(), draft, filesOf())).added).toBe(true);
      const later = { ...draft, created_at: '2027-01-01T00:00:00.000Z' };
      const { added, manifest } = await publish(store(), later, filesOf());
      expect({ added, version: manifest.version }).toEqual({ added: false, version: '1' });
      expect(manifest.created_at).toBe(draft.created_at);
      expect(await listVersions(store(), model)).toEqual(['1']);
    });

    test('publishing never changes a byte of an earlier version', async () => {
      const model = 'laws-immutable';
      await publish(store(), draftOf(model, 'first'), filesOf('first'));
      const before = await store().get(manifestKey(model, '1'));
      await publish(store(), draftOf(model, 'second'), filesOf('second'));
      expect(await store().get(manifestKey(model, '1'))).toEqual(before);
    });

    test('two different runs published at once are two versions', async () => {
      const model = 'laws-two';
      const names = ['first', 'second'];
      const published = await Promise.all(
        names.map((name) => publish(store(), draftOf(model, name), filesOf(name))),
      );
      expect(published.map(({ manifest }) => manifest.version).sort()).toEqual(['1', '2']);
      expect(published.every(({ added }) => added)).toBe(true);
      const found = await Promise.all(['1', '2'].map((v) => readManifest(store(), model, v)));
      expect(found.map((manifest) => manifest?.description).sort()).toEqual(
        names.map((name) => `The ${name} run.`),
      );
    });

    test('the same run published twice at once is one version', async () => {
      const model = 'laws-same';
      const published = await Promise.all(
        [1, 2].map(() => publish(store(), draftOf(model), filesOf())),
      );
      expect(published.map(({ added }) => added).sort()).toEqual([false, true]);
      expect(await listVersions(store(), model)).toEqual(['1']);
    });

    test('the manifest is written after every file, the alias after the manifest', async () => {
      const model = 'laws-last';
      const { store: recorded, puts } = recording(store());
      await publish(recorded, draftOf(model), filesOf());
      await promote(recorded, model, move('1'));
      expect(puts.slice(-2)).toEqual([manifestKey(model, '1'), aliasesKey(model)]);
      expect(puts.slice(0, -2)).toHaveLength(Object.keys(filesOf()).length);
      expect(puts.slice(0, -2).every((key) => key.startsWith(`${model}/blobs/`))).toBe(true);
    });

    test('moves made at once are all in the history, each from where the one before went', async () => {
      const model = 'laws-moves';
      for (const name of ['first', 'second'])
        await publish(store(), draftOf(model, name), filesOf(name));
      await Promise.all(['1', '2', '1', '2'].map((to) => promote(store(), model, move(to))));
      const { aliases, history } = await readAliases(store(), model);
      expect(history).toHaveLength(4);
      expect(history.map(({ from }) => from)).toEqual([
        null,
        ...history.slice(0, -1).map(({ to }) => to),
      ]);
      expect(aliases.champion).toBe(history.at(-1)?.to);
    });

    test('an alias moves to no version that is not there', async () => {
      const model = 'laws-nowhere';
      await publish(store(), draftOf(model), filesOf());
      await expect(promote(store(), model, move('2'))).rejects.toThrow('no such version');
      await expect(promote(store(), model, { ...move('1'), alias: '1' })).rejects.toThrow(
        'not an alias: 1',
      );
      expect((await readAliases(store(), model)).history).toEqual([]);
    });

    test('a file that is missing or not what its hash says is refused', async () => {
      const model = 'laws-damage';
      const { manifest } = await publish(store(), draftOf(model), filesOf());
      const key = `${model}/blobs/${manifest.files['model.onnx']!.sha256}`;
      await store().put(key, new Uint8Array(filesOf()['model.onnx']!.length));
      await expect(readFile(store(), manifest, 'model.onnx')).rejects.toThrow(IntegrityError);
      await store().delete(key);
      await expect(readFile(store(), manifest, 'model.onnx')).rejects.toThrow('is missing');
      await publish(store(), draftOf(model), filesOf());
      expect(await readFile(store(), manifest, 'model.onnx')).toEqual(filesOf()['model.onnx']);
    });
  });
}
