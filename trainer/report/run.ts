// One report from registry to disk: what `npm run report` and the end of `npm run trainer` do.

import { join } from 'node:path';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { asTabular } from '#contract/manifest.ts';
import { requireVersion } from '#contract/registry/registry.ts';
import { INDEX, reportFiles } from './report.ts';
import { readSource } from './source.ts';
import { tableAtHand } from './find-table.ts';
import { writeFolder } from './write.ts';

export interface ReportRun {
  readonly store: ObjectStore;
  readonly model: string;
  readonly version: string;
  /** Holds a folder per dataset. */
  readonly dataRoot: string;
  /** Holds a folder per model. */
  readonly reports: string;
}

export interface WrittenReport {
  /** Path of the page. */
  readonly path: string;
  readonly figures: number;
  /** Why figures that need rows are left out; null where they are in. */
  readonly without: string | null;
}

/**
 * Throws for a model of tensors alone, which has nothing to draw.
 * Everything is read from the registry, also after a run that knows it: the same version, the same bytes.
 */
export async function writeReport(run: ReportRun): Promise<WrittenReport> {
  const { store, model, version, dataRoot, reports } = run;
  const manifest = asTabular(await requireVersion(store, model, version));
  const { table, reason } = await tableAtHand(dataRoot, manifest);
  const files = reportFiles(await readSource(store, manifest, table));
  const folder = join(reports, model, version);
  writeFolder(folder, files);
  return { path: join(folder, INDEX), figures: Object.keys(files).length - 1, without: reason };
}

/** What was written, in lines for a person. */
export function reportText({ path, figures, without }: WrittenReport): string {
  const left = without === null ? [] : [`without the figures that need rows: ${without}`];
  return [`wrote ${path} and ${figures} figures beside it`, ...left, ''].join('\n');
}
