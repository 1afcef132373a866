// What a report is made of: the version as the registry has it, and its table where that is at hand.

import { parseBaseline, type Baseline } from '#contract/model/baseline.ts';
import { HOLDOUT_FILE, parseHoldout, type Holdout } from '#contract/registry/holdout.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { readFile } from '#contract/registry/registry.ts';
import { parseTreeEnsemble, type TreeEnsemble } from '#contract/model/tree.ts';
import type { Table } from '../table/table.ts';

export interface ReportSource {
  readonly manifest: TabularManifest;
  /** Files that models of other tools lack are null. */
  readonly ensemble: TreeEnsemble | null;
  readonly baseline: Baseline | null;
  readonly holdout: Holdout | null;
  /** The rows it was trained on, encoded by its signature; null where they are not at hand. */
  readonly table: Table | null;
}

export async function readSource(
  store: ObjectStore,
  manifest: TabularManifest,
  table: Table | null,
): Promise<ReportSource> {
  const read = async <T>(name: string, parse: (text: string) => T): Promise<T | null> =>
    manifest.files[name] === undefined
      ? null
      : parse(new TextDecoder().decode(await readFile(store, manifest, name)));
  return {
    manifest,
    ensemble: await read('tree.json', parseTreeEnsemble),
    baseline: await read('baseline.json', parseBaseline),
    holdout: await read(HOLDOUT_FILE, parseHoldout),
    table,
  };
}
