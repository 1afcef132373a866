// The strongest proof of where a version comes from: the same table, spec and seed, trained again, give the same bytes.

import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { sha256 } from '#contract/hash.ts';
import { stableJson } from '#contract/shapes/json.ts';
import {
  isTabular,
  parseManifest,
  type Manifest,
  type TabularManifest,
} from '#contract/manifest.ts';
import { escapePointer } from '#contract/shapes/parse.ts';
import type { ModelSpec } from '#contract/spec.ts';
import { rawFile } from '#data/versions/raw-record.ts';
import { loadSpec } from './spec/load-spec.ts';
import { expandGrids } from './spec/parse-candidate.ts';
import { makeVersion } from './pipeline.ts';
import type { Provenance } from './run/provenance.ts';
import { quickSpec } from './spec/quick-spec.ts';
import type { RunStage } from './stages.ts';

export interface RetrainOptions {
  readonly dataRoot: string;
  readonly specRoot: string;
  readonly threads: number;
  /** Of this machine and checkout, to be named beside the version's. */
  readonly here: Provenance;
  readonly stage: RunStage;
}

export interface RetrainedFile {
  readonly name: string;
  readonly sha256: string;
  readonly identical: boolean;
}

export interface Retrained {
  readonly files: readonly RetrainedFile[];
  /** JSON Pointers of the manifest's fields that came out otherwise. */
  readonly fields: readonly string[];
  /** What was not the same to begin with, in words. */
  readonly circumstances: readonly string[];
}

/** Either what came out, or in words why it cannot be tried. */
export type Retraining = Retrained | { readonly impossible: string };

/** Trains with the version's own provenance and time, which are in the bytes of some files; publishes nothing. */
export async function retrainVersion(
  manifest: Manifest,
  options: RetrainOptions,
): Promise<Retraining> {
  const { dataRoot, specRoot, threads, stage } = options;
  const { model, data } = manifest;
  if (!isTabular(manifest) || !existsSync(join(specRoot, 'models', model, 'spec.ts')))
    return { impossible: `models/${model}/spec.ts is not here` };
  const raw = join(dataRoot, data.dataset, 'raw', rawFile(data.sha256));
  if (!existsSync(raw))
    return {
      impossible: `${relative(process.cwd(), raw)} is not here: npm run data -- --pull gets it if it was pushed`,
    };
  const spec = specOf(await loadSpec(specRoot, model), manifest);
  const changes = specChanges(spec, manifest);
  if (changes.length > 0)
    return { impossible: `models/${model}/spec.ts is another: ${changes.join('; ')}` };
  const { training, parity } = manifest;
  const made = await makeVersion(spec, {
    dataRoot,
    dataSha256: data.sha256,
    provenance: { codeCommit: training.code_commit, tools: training.tools },
    parityRows: parity.rows - data.rows,
    threads,
    isCurveAsked: manifest.metrics.learning_curve !== undefined,
    createdAt: new Date(manifest.created_at),
    stage,
  });
  const files = await Promise.all(
    Object.entries(made.files).map(async ([name, bytes]): Promise<RetrainedFile> => {
      const hash = await sha256(bytes);
      return { name, sha256: hash, identical: hash === manifest.files[name]?.sha256 };
    }),
  );
  const { version, files: references, signed } = manifest;
  const again = parseManifest(stableJson({ ...made.draft, version, files: references, signed }));
  return {
    files,
    fields: differences(manifest, again, ''),
    circumstances: circumstancesOf(manifest, options.here),
  };
}

/** A version of a quick run has one candidate where the spec stands for several. */
function specOf(spec: ModelSpec, { metrics }: TabularManifest): ModelSpec {
  const tried = metrics.selection?.candidates.length;
  return tried === 1 && expandGrids(spec.candidates).length > 1 ? quickSpec(spec) : spec;
}

/** What the spec would make otherwise, by what the manifest tells of the one that was. */
function specChanges(spec: ModelSpec, manifest: TabularManifest): readonly string[] {
  const { signature, training, metrics, data } = manifest;
  const tried = metrics.selection?.candidates.map(({ algorithm, parameters }) => ({
    algorithm,
    parameters,
  }));
  const facts: readonly (readonly [what: string, now: unknown, then: unknown])[] = [
    ['title', spec.title, manifest.title],
    ['description', spec.description, manifest.description],
    ['dataset', spec.dataset, data.dataset],
    ['target', spec.target, signature.target.column],
    ['features', spec.features, signature.features.map(({ column }) => column)],
    ['seed', spec.seed, training.seed],
    ['folds', spec.folds, metrics.folds],
    ['repeats', spec.repeats ?? 1, metrics.selection?.repeats ?? 1],
  ];
  const changed = facts
    .filter(([, now, then]) => !isDeepStrictEqual(now, then))
    .map(([what, now, then]) => `${what} is ${JSON.stringify(now)}, was ${JSON.stringify(then)}`);
  const sameCandidates =
    tried === undefined || isDeepStrictEqual(inOrder(expandGrids(spec.candidates)), inOrder(tried));
  return sameCandidates ? changed : [...changed, 'candidates are others'];
}

/** Candidates are recorded best first, and specified in any order. */
const inOrder = (candidates: readonly object[]): readonly string[] =>
  candidates.map((candidate) => JSON.stringify(sortedDeep(candidate))).sort();

function sortedDeep(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, item]) => [key, sortedDeep(item)]);
}

/** JSON Pointers (RFC 6901) of the leaves in which two values differ. */
function differences(before: unknown, after: unknown, pointer: string): readonly string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isRecord(before) || !isRecord(after)) return [pointer];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    differences(before[key], after[key], `${pointer}/${escapePointer(key)}`),
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What may explain a difference, and is worth knowing when there is none. */
function circumstancesOf(
  { training: { code_commit, tools } }: TabularManifest,
  here: Provenance,
): readonly string[] {
  const names = [...new Set([...Object.keys(tools), ...Object.keys(here.tools)])];
  return [
    ...(code_commit === here.codeCommit
      ? []
      : [`code is ${here.codeCommit ?? 'of no commit'}, was ${code_commit ?? 'of no commit'}`]),
    ...names
      .filter((name) => tools[name] !== here.tools[name])
      .map((name) => `${name} is ${here.tools[name] ?? 'absent'}, was ${tools[name] ?? 'absent'}`),
  ];
}
