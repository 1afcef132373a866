// The laws of trials, over any store: a canary and a shadow begin, change, and end, and the history says so.

import { describe, expect, test } from 'vitest';
import { DEFAULT_GUARDRAIL } from '#contract/traffic/guardrail.ts';
import { retire, rollback } from '#contract/registry/life.ts';
import type { TabularDraft } from '#contract/manifest.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { promote, publish, readAliases, RefusalError } from '#contract/registry/registry.ts';
import { endByGuardrail, endTrial, setCanary, setShadow } from '#contract/traffic/split-traffic.ts';
import { draftOf, filesOf } from './draft.ts';

const who = { by: 'a test', reason: 'to see it', at: '2026-01-01T00:00:00.000Z' };
const later = { ...who, at: '2026-01-02T00:00:00.000Z' };
const settings = { sample: 100, guardrail: DEFAULT_GUARDRAIL };

async function versions(
  store: ObjectStore,
  model: string,
  change: Partial<TabularDraft> = {},
): Promise<void> {
  await publish(store, draftOf(model, 'run 1'), filesOf('run 1'));
  for (const run of [2, 3])
    await publish(store, { ...draftOf(model, `run ${run}`), ...change }, filesOf(`run ${run}`));
  await promote(store, model, { ...who, alias: 'champion', to: '1' });
}

export function trafficLaws(store: () => ObjectStore): void {
  describe('trials', () => {
    const traffic = async (model: string) => (await readAliases(store(), model)).traffic;
    const history = async (model: string) =>
      (await readAliases(store(), model)).traffic_history.map(
        ({ action, version, from, to }) => `${action} ${version}: ${from} → ${to}`,
      );

    test('a canary gets more, breaks its guardrail, ends; one that goes on is judged by all of it', async () => {
      const model = 'laws-canary';
      await versions(store(), model);
      await setCanary(store(), model, { ...who, ...settings, version: '2', weight: 5 });
      await setCanary(store(), model, { ...later, ...settings, version: '2', weight: 12.5 });
      expect((await traffic(model))?.canary).toEqual({
        version: '2',
        weight: 12.5,
        sample: 100,
        tolerance: null,
        since: who.at,
        guardrail: DEFAULT_GUARDRAIL,
      });
      const broken = { ...later, version: '2', since: who.at };
      await endByGuardrail(store(), model, broken);
      expect((await traffic(model))?.canary?.weight).toBe(0);
      // A second one who noticed comes too late, and changes nothing.
      await expect(endByGuardrail(store(), model, broken)).rejects.toThrow(RefusalError);
      await setCanary(store(), model, { ...later, ...settings, version: '2', weight: 1 });
      expect((await traffic(model))?.canary?.since).toBe(later.at);
      await expect(endByGuardrail(store(), model, broken)).rejects.toThrow('not on trial');
      await setCanary(store(), model, { ...later, ...settings, version: '3', weight: 2 });
      await endTrial(store(), model, { ...later, trial: 'canary' });
      expect(await traffic(model)).toBeNull();
      expect(await history(model)).toEqual([
        'canary 2: null → 5',
        'canary 2: 5 → 12.5',
        'guardrail 2: 12.5 → 0',
        'canary 2: 0 → 1',
        'canary 2: 1 → null',
        'canary 3: null → 2',
        'canary 3: 2 → null',
      ]);
      await expect(endTrial(store(), model, { ...who, trial: 'canary' })).rejects.toThrow(
        'there is no canary',
      );
    });

    test('a promotion of the canary ends it, and so does every other champion; a shadow goes on', async () => {
      const model = 'laws-promoted-canary';
      await versions(store(), model);
      await setCanary(store(), model, { ...who, ...settings, version: '2', weight: 5 });
      await setShadow(store(), model, { ...who, version: '3', sample: 10 });
      await promote(store(), model, { ...who, alias: 'champion', to: '2' });
      expect(await traffic(model)).toMatchObject({ canary: null, shadow: { version: '3' } });
      await setCanary(store(), model, { ...who, ...settings, version: '1', weight: 5 });
      await promote(store(), model, { ...who, alias: 'challenger', to: '3' });
      expect((await traffic(model))?.canary?.version).toBe('1');
      await promote(store(), model, { ...who, alias: 'champion', to: '3' });
      expect(await traffic(model)).toBeNull();
      await setCanary(store(), model, { ...who, ...settings, version: '1', weight: 5 });
      await rollback(store(), model, { ...who, alias: 'champion' });
      expect(await traffic(model)).toBeNull();
      expect((await readAliases(store(), model)).traffic_history.at(-1)).toMatchObject({
        action: 'canary',
        to: null,
        reason: 'version 2 became champion',
      });
    });

    test('what cannot be asked in the champion’s place is no trial', async () => {
      const model = 'laws-refused-trial';
      const { features, target } = draftOf(model).signature;
      await versions(store(), model, { signature: { features: features.slice(0, 1), target } });
      const canary = (version: string) =>
        setCanary(store(), model, { ...who, ...settings, version, weight: 5 });
      await expect(canary('2')).rejects.toThrow('feature water is gone');
      await expect(setShadow(store(), model, { ...who, version: '2', sample: 1 })).rejects.toThrow(
        'feature water is gone',
      );
      await expect(canary('1')).rejects.toThrow('is the champion already');
      await expect(canary('9')).rejects.toThrow('no such version');
      await retire(store(), model, { ...who, version: '3' });
      await expect(canary('3')).rejects.toThrow('version is retired');
      for (const alias of ['canary', 'shadow'])
        await expect(promote(store(), model, { ...who, alias, to: '2' })).rejects.toThrow(
          'not an alias but a trial',
        );
      expect(await traffic(model)).toBeNull();
      expect(await history(model)).toEqual([]);
    });

    test('a version that does not answer as the trainer did is no trial, whatever the champion is', async () => {
      const model = 'laws-parity-trial';
      await versions(store(), model, {
        parity: { rows: 100, label_differences: 1, max_difference: 0 },
      });
      await expect(
        setCanary(store(), model, { ...who, ...settings, version: '2', weight: 5 }),
      ).rejects.toThrow('parity: 1 of 100 labels differ');
    });

    test('what is on trial cannot be retired, but a canary of weight 0 can', async () => {
      const model = 'laws-retired-trial';
      await versions(store(), model);
      await setCanary(store(), model, { ...who, ...settings, version: '2', weight: 5 });
      await setShadow(store(), model, { ...who, version: '3', sample: 10 });
      await expect(retire(store(), model, { ...who, version: '2' })).rejects.toThrow('the canary');
      await expect(retire(store(), model, { ...who, version: '3' })).rejects.toThrow('the shadow');
      await endByGuardrail(store(), model, { ...who, version: '2', since: who.at });
      await retire(store(), model, { ...who, version: '2' });
      await expect(
        setCanary(store(), model, { ...who, ...settings, version: '2', weight: 5 }),
      ).rejects.toThrow('version is retired');
    });
  });
}
