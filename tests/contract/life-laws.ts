// The laws of what comes after publishing, over any store: promotion through the gate, rollback, retirement.

import { describe, expect, test } from 'vitest';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { challenge } from '#contract/registry/challenge.ts';
import { retire, rollback } from '#contract/registry/life.ts';
import { ConflictError, promote, publish, readAliases } from '#contract/registry/registry.ts';
import { draftOf, filesOf } from './draft.ts';

const who = { by: 'a test', reason: 'to see it', at: '2026-01-01T00:00:00.000Z' };
const champion = (to: string) => ({ ...who, alias: 'champion', to });

async function versions(store: ObjectStore, model: string, count: number): Promise<void> {
  for (let run = 1; run <= count; run++)
    await publish(store, draftOf(model, `run ${run}`), filesOf(`run ${run}`));
}

export function lifeLaws(store: () => ObjectStore): void {
  describe('life of a version', () => {
    const back = (model: string) => rollback(store(), model, { ...who, alias: 'champion' });
    const at = async (model: string) => (await readAliases(store(), model)).aliases.champion;

    test('rollbacks go back promotion by promotion, and say so in the history', async () => {
      const model = 'laws-rollback';
      await versions(store(), model, 3);
      for (const to of ['1', '2', '3']) await promote(store(), model, champion(to));
      expect(await back(model)).toMatchObject({ action: 'rollback', from: '3', to: '2' });
      expect(await back(model)).toMatchObject({ action: 'rollback', from: '2', to: '1' });
      await expect(back(model)).rejects.toThrow(`nothing to roll back to: ${model} champion`);
      await promote(store(), model, champion('3'));
      expect(await back(model)).toMatchObject({ from: '3', to: '1' });
      expect((await readAliases(store(), model)).history).toHaveLength(7);
    });

    test('a retired version is passed over, promoted never, and kept', async () => {
      const model = 'laws-retire';
      await versions(store(), model, 3);
      for (const to of ['1', '2', '3']) await promote(store(), model, champion(to));
      await retire(store(), model, { ...who, version: '2' });
      await expect(promote(store(), model, champion('2'))).rejects.toThrow('version is retired');
      await expect(retire(store(), model, { ...who, version: '2' })).rejects.toThrow('already');
      await expect(retire(store(), model, { ...who, version: '3' })).rejects.toThrow('in use');
      await expect(retire(store(), model, { ...who, version: '9' })).rejects.toThrow('no such');
      expect(await back(model)).toMatchObject({ from: '3', to: '1' });
      expect((await readAliases(store(), model)).retired).toEqual({ '2': who });
    });

    test('of two promoters who saw the same champion one wins, the other is told', async () => {
      const model = 'laws-promoters';
      await versions(store(), model, 3);
      await promote(store(), model, champion('1'));
      const promoters = ['2', '3'].map((to) =>
        promote(store(), model, { ...champion(to), expected: '1' }),
      );
      const [lost, ...others] = (await Promise.allSettled(promoters)).filter(
        ({ status }) => status === 'rejected',
      );
      expect(others).toEqual([]);
      expect(lost).toMatchObject({ reason: expect.any(ConflictError) });
      expect((await readAliases(store(), model)).history).toHaveLength(2);
    });

    test('a move of another alias at the same time is no conflict', async () => {
      const model = 'laws-others';
      await versions(store(), model, 2);
      await Promise.all([
        promote(store(), model, { ...champion('1'), expected: null }),
        promote(store(), model, { ...champion('2'), alias: 'challenger', expected: null }),
      ]);
      const { aliases } = await readAliases(store(), model);
      expect(aliases).toEqual({ champion: '1', challenger: '2' });
    });

    test('the gate stays closed to what it cannot compare, unless a reason overrules it', async () => {
      const model = 'laws-gate';
      await versions(store(), model, 2);
      expect((await challenge(store(), model, champion('1'))).move).toMatchObject({ to: '1' });
      const closed = await challenge(store(), model, champion('2'));
      expect(closed).toMatchObject({ move: null, verdict: { passed: false } });
      expect(await at(model)).toBe('1');
      const { move } = await challenge(store(), model, { ...champion('2'), override: 'seen it' });
      expect(move).toMatchObject({
        to: '2',
        reason: 'seen it',
        overrides: ['metric: the champion has no held-out rows'],
      });
      expect((await readAliases(store(), model)).history.at(-1)).toEqual(move);
      expect(await challenge(store(), model, champion('2'))).toEqual({ verdict: null, move: null });
    });

    test('a version whose model is damaged is not promoted, whatever the reason', async () => {
      const model = 'laws-damaged';
      await versions(store(), model, 2);
      await promote(store(), model, champion('1'));
      const { manifest } = await publish(store(), draftOf(model, 'run 2'), filesOf('run 2'));
      const key = `${model}/blobs/${manifest.files['model.onnx']!.sha256}`;
      await store().put(key, Uint8Array.of(1));
      const attempt = challenge(store(), model, { ...champion('2'), override: 'seen it' });
      await expect(attempt).rejects.toThrow('does not have the hash');
      expect(await at(model)).toBe('1');
    });
  });
}
