// Two versions beside each other: what differs between them besides their metrics.

import type { Manifest } from '#contract/manifest.ts';
import type { Feature, Signature } from '#contract/signature.ts';

export interface Difference {
  readonly what: string;
  readonly here: string;
  readonly there: string;
}

/** Categories that only one version knows are named, up to so many. */
const NAMED = 3;

/** What differs, in words; empty for a run that was repeated. */
export function differencesOf(here: Manifest, there: Manifest): readonly Difference[] {
  return [
    ...featureDifferences(here.signature, there.signature),
    ...different('Algorithm', here.training.algorithm, there.training.algorithm),
    ...parameterDifferences(here, there),
    ...different('Seed', here.training.seed, there.training.seed),
    ...different('Rows', here.data.rows, there.data.rows),
    ...different('Data', here.data.sha256.slice(0, 12), there.data.sha256.slice(0, 12)),
    ...different('Source', here.data.source, there.data.source),
    ...different(
      'Commit',
      here.training.code_commit ?? 'none',
      there.training.code_commit ?? 'none',
    ),
    ...different('Bytes of model.onnx', size(here), size(there)),
  ];
}

const size = ({ files }: Manifest): number => files['model.onnx']?.size ?? 0;

function different(what: string, here: unknown, there: unknown): readonly Difference[] {
  const [a, b] = [textOf(here), textOf(there)];
  return a === b ? [] : [{ what, here: a, there: b }];
}

function parameterDifferences(here: Manifest, there: Manifest): readonly Difference[] {
  const [a, b] = [here.training.parameters, there.training.parameters];
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].sort().flatMap((name) => different(name, a[name], b[name]));
}

function featureDifferences(here: Signature, there: Signature): readonly Difference[] {
  const names = new Set([...here.features, ...there.features].map(({ name }) => name));
  return [...names].flatMap((name) =>
    different(
      `Feature ${name}`,
      describe(find(here, name), find(there, name)),
      describe(find(there, name), find(here, name)),
    ),
  );
}

const find = ({ features }: Signature, name: string): Feature | undefined =>
  features.find((feature) => feature.name === name);

function describe(feature: Feature | undefined, other: Feature | undefined): string {
  if (feature === undefined) return 'not there';
  if (feature.type === 'category') {
    const known = new Set(other?.type === 'category' ? other.categories : feature.categories);
    const own = feature.categories.filter((category) => !known.has(category));
    const more = own.length > NAMED ? ` and ${own.length - NAMED} more` : '';
    const only = own.length > 0 ? `, only here: ${own.slice(0, NAMED).join(', ')}${more}` : '';
    return `${feature.categories.length} categories${only}`;
  }
  if (feature.type === 'boolean') return 'yes or no';
  const unit = feature.type === 'number' && feature.unit !== null ? ` ${feature.unit}` : '';
  return `${feature.minimum} to ${feature.maximum}${unit}`;
}

const textOf = (value: unknown): string => {
  if (value === undefined) return 'not said';
  return typeof value === 'string' ? value : JSON.stringify(value);
};
