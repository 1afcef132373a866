// What a run of the pipeline depends on. A run of equal inputs makes an equal version, so that it need not be made again.

import { join } from 'node:path';
import { sha256 } from '#contract/hash.ts';
import { stableJson } from '#contract/shapes/json.ts';
import type { ModelSpec } from '#contract/spec.ts';
import { DataError } from '#data/data-error.ts';
import { loadDataset } from '#data/versions/dataset.ts';
import { hashPath } from '#data/dvc/hash-path.ts';
import { treeAt } from '#data/dvc/repository.ts';
import { listSources } from '#data/dvc/track-dataset.ts';
import type { Provenance } from './provenance.ts';

export interface InputPlaces {
  readonly spec: ModelSpec;
  /** Of the repository: where the code is. */
  readonly root: string;
  readonly dataRoot: string;
  readonly specRoot: string;
}

/** Where the files are, and what the command line changes in a version. */
export interface RunAsked extends InputPlaces {
  readonly parityRows: number;
  /** The spec's first candidate only. */
  readonly quick: boolean;
}

export interface Inputs {
  /** MD5 by name, in DVC's manner, of the derived table, schema, spec and code. */
  readonly files: Readonly<Record<string, string>>;
  readonly options: { readonly quick: boolean; readonly parity_rows: number };
  readonly tools: Provenance['tools'];
}

export interface InputFile {
  /** As it would be called in a checkout where everything is in its place. */
  readonly name: string;
  readonly root: string;
  readonly place: string;
}

/** Files and folders that a run reads: all of the code, since a run is cheap beside a wrong "up to date". */
export async function inputFiles({
  spec,
  root,
  dataRoot,
  specRoot,
}: InputPlaces): Promise<readonly InputFile[]> {
  const dataset = join(dataRoot, spec.dataset);
  const model = join(specRoot, 'models', spec.model);
  const [schemas, specs] = await Promise.all([dataset, model].map(listSources));
  return [
    ...['processed', ...schemas!].map((file) => ({
      name: `data/${spec.dataset}/${file}`,
      root: dataRoot,
      place: join(dataset, file),
    })),
    ...specs!.map((file) => ({
      name: `models/${spec.model}/${file}`,
      root: specRoot,
      place: join(model, file),
    })),
    ...['contract', 'engine', 'trainer'].map((part) => ({
      name: part,
      root,
      place: join(root, part),
    })),
  ];
}

/** Makes interim and processed anew where they are stale. Throws DataError when there is no sound table. */
export async function readInputs(
  { quick, parityRows, ...places }: RunAsked,
  tools: Provenance['tools'],
): Promise<Inputs> {
  await loadDataset(places.dataRoot, places.spec.dataset);
  const files = await inputFiles(places);
  const hashes = await Promise.all(
    files.map(async ({ name, root, place }) => {
      const hashed = await hashPath(await treeAt(root), place);
      if (hashed === null) throw new DataError(`missing: ${name}`);
      return [name, hashed.md5] as const;
    }),
  );
  const options = { quick, parity_rows: parityRows };
  return { files: Object.fromEntries(hashes), options, tools };
}

/** One name for equal inputs. */
export const inputsHash = (inputs: Inputs): Promise<string> =>
  sha256(new TextEncoder().encode(stableJson(inputs)));
