// Where a dataset is tracked, the run that trained on it is, too: the stage `train` in models/<model>/dvc.yaml, its lock,
// and metrics.json, which `dvc metrics` shows.

import { basename, join, relative, sep } from 'node:path';
import { stableJson } from '#contract/shapes/json.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import { ensureStage, recordStage } from '#data/dvc/record-stage.ts';
import { findRepository, type Repository } from '#data/dvc/repository.ts';
import type { Stage } from '#data/dvc/stage.ts';
import { isTracked, recordDataset, versionParams, workingFolder } from '#data/dvc/track-dataset.ts';
import { writeIfStale } from '#data/write-file.ts';
import { inputFiles, type InputPlaces } from './inputs.ts';
import { PACKAGES } from './provenance.ts';

const STAGE = 'train';

/** Writes nothing where nobody asked for versions of the dataset. */
export async function recordTraining(
  places: InputPlaces,
  manifest: TabularManifest,
): Promise<void> {
  const { spec, dataRoot, specRoot } = places;
  const repository = await findRepository(dataRoot);
  if (repository === null || !isTracked(dataRoot, spec.dataset)) return;
  await recordDataset(dataRoot, spec.dataset);
  const folder = join(specRoot, 'models', spec.model);
  if (!isInside(repository, folder)) return;
  const { model, dummy } = manifest.metrics;
  const metrics = stableJson({ model, dummy });
  await writeIfStale(join(folder, 'metrics.json'), new TextEncoder().encode(metrics));
  await ensureStage(folder, STAGE, await trainStage(repository, places, folder));
  await recordStage(repository, folder, STAGE);
}

/** Code that is outside of the repository is not DVC's to look at. */
async function trainStage(
  repository: Repository,
  places: InputPlaces,
  folder: string,
): Promise<Stage> {
  const workplace = workingFolder(repository, places.dataRoot);
  const files = (await inputFiles(places)).map(({ place }) => place);
  const seen = (place: string): string => relative(workplace, place).split(sep).join('/');
  return {
    cmd: `npm run trainer -- --model ${basename(folder)}`,
    wdir: relative(folder, workplace).split(sep).join('/'),
    deps: files.filter((place) => isInside(repository, place)).map(seen),
    params: versionParams(workplace, [
      'version',
      ...PACKAGES.map((name) => `dependencies.${name}`),
    ]),
    outs: [{ kind: 'metrics', path: seen(join(folder, 'metrics.json')), cached: false }],
  };
}

const isInside = ({ root }: Repository, place: string): boolean =>
  !relative(root, place).startsWith('..');
