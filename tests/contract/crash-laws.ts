// A crash at every storage operation of whatever changes a registry: before the operation is done, and after it is done
// but before it says so. What served before still serves, and the next try gets to the end.

import { afterAll, describe, expect, test } from 'vitest';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { challenge } from '#contract/registry/challenge.ts';
import { retire, rollback } from '#contract/registry/life.ts';
import {
  listVersions,
  publish,
  readAliases,
  readFile,
  readManifest,
} from '#contract/registry/registry.ts';
import { draftOf, filesOf } from './draft.ts';
import { crashingAt, watching } from './stores.ts';

const who = { by: 'a test', reason: 'to see it', at: '2026-01-01T00:00:00.000Z' };

const add = (store: ObjectStore, model: string, name: string): Promise<unknown> =>
  publish(store, draftOf(model, name), filesOf(name));

const champion = (store: ObjectStore, model: string, to: string): Promise<unknown> =>
  challenge(store, model, { ...who, alias: 'champion', to, override: 'a test' });

interface Operation {
  readonly name: string;
  /** Brings a model to where the operation starts: version 1 is published and champion. */
  prepare(store: ObjectStore, model: string): Promise<unknown>;
  run(store: ObjectStore, model: string): Promise<unknown>;
  /** What the registry holds when it is done: the champion and the versions. */
  readonly after: { readonly champion: string; readonly versions: readonly string[] };
}

const OPERATIONS: readonly Operation[] = [
  {
    name: 'publish',
    prepare: () => Promise.resolve(),
    run: (store, model) => add(store, model, 'second'),
    after: { champion: '1', versions: ['1', '2'] },
  },
  {
    name: 'promote',
    prepare: (store, model) => add(store, model, 'second'),
    run: (store, model) => champion(store, model, '2'),
    after: { champion: '2', versions: ['1', '2'] },
  },
  {
    name: 'rollback',
    async prepare(store, model) {
      await add(store, model, 'second');
      await champion(store, model, '2');
    },
    run: (store, model) => rollbackUnless(store, model, '1'),
    after: { champion: '1', versions: ['1', '2'] },
  },
  {
    name: 'retire',
    prepare: (store, model) => add(store, model, 'second'),
    async run(store, model) {
      const { retired } = await readAliases(store, model);
      if (retired['2'] === undefined) await retire(store, model, { ...who, version: '2' });
    },
    after: { champion: '1', versions: ['1', '2'] },
  },
];

/** A person who sees that the rollback was done, though nobody said so, does not roll back once more. */
async function rollbackUnless(store: ObjectStore, model: string, done: string): Promise<void> {
  const { aliases } = await readAliases(store, model);
  if (aliases.champion !== done) await rollback(store, model, { ...who, alias: 'champion' });
}

/** Points tried by driver and operation, for the table at the end. */
const tried: { driver: string; operation: string; points: number; at: string }[] = [];

export function crashLaws(driver: string, store: () => ObjectStore): void {
  describe('a crash at every storage operation', () => {
    test.each(OPERATIONS)(
      'of $name leaves what served, and the next try succeeds',
      async (operation) => {
        const steps = await stepsOf(store(), operation);
        let crashes = 0;
        for (const when of ['before', 'after'] as const) {
          for (let step = 0; step < steps.length; step++) {
            const model = `laws-crash-${operation.name}-${when}-${step}`;
            await prepare(store(), model, operation);
            const before = await expectServing(store(), model);
            const crash = operation.run(crashingAt(store(), step, when), model);
            await expect(crash, `${when} ${steps[step]}`).rejects.toThrow('crash');
            const serving = await expectServing(store(), model);
            expect([before, operation.after.champion]).toContain(serving);
            if (when === 'before' || !steps[step]!.startsWith('put')) expect(serving).toBe(before);
            await operation.run(store(), model);
            expect(await expectServing(store(), model)).toBe(operation.after.champion);
            expect(await listVersions(store(), model)).toEqual(operation.after.versions);
            crashes++;
          }
        }
        expect(crashes).toBe(steps.length * 2);
        tried.push({ driver, operation: operation.name, points: crashes, at: steps.join(', ') });
      },
    );

    afterAll(() => {
      const mine = tried.filter((entry) => entry.driver === driver);
      const total = mine.reduce((sum, { points }) => sum + points, 0);
      const lines = mine.map(
        ({ operation, points, at }) =>
          `  ${operation.padEnd(9)}${String(points).padStart(4)}  ${at}`,
      );
      console.log([`${driver}: crashed at ${total} points`, ...lines].join('\n'));
    });
  });
}

async function prepare(store: ObjectStore, model: string, operation: Operation): Promise<void> {
  await add(store, model, 'first');
  await champion(store, model, '1');
  await operation.prepare(store, model);
}

/** The storage operations of a run that nothing disturbs. */
async function stepsOf(store: ObjectStore, operation: Operation): Promise<readonly string[]> {
  const model = `laws-crash-${operation.name}-watched`;
  await prepare(store, model, operation);
  const watched = watching(store);
  await operation.run(watched.store, model);
  return watched.operations;
}

/** The champion, when it and all of its files can be read. */
async function expectServing(store: ObjectStore, model: string): Promise<string> {
  const { aliases } = await readAliases(store, model);
  const manifest = await readManifest(store, model, aliases.champion!);
  expect(manifest).not.toBeNull();
  for (const name of Object.keys(manifest!.files)) await readFile(store, manifest!, name);
  return manifest!.version;
}
