// Two versions beside each other: what differs between them besides their metrics.

import type { Manifest } from '#contract/manifest.ts';
import type { Feature, Signature } from '#contract/signature.ts';
import type { TensorMetadata } from '#contract/tensors/tensor.ts';
import type { Words } from './words/en.ts';

export interface Difference {
  readonly what: string;
  readonly here: string;
  readonly there: string;
}

/** What differs, in words; empty for a run that was repeated. */
export function differencesOf(
  here: Manifest,
  there: Manifest,
  { compare: words }: Words,
): readonly Difference[] {
  const different = differenceIn(words);
  return [
    ...interfaceDifferences(here, there, words),
    ...different(words.algorithm, here.training.algorithm, there.training.algorithm),
    ...parameterDifferences(here, there, words),
    ...different(words.seed, here.training.seed, there.training.seed),
    ...different(words.rows, here.data.rows, there.data.rows),
    ...different(words.data, here.data.sha256.slice(0, 12), there.data.sha256.slice(0, 12)),
    ...different(words.source, here.data.source, there.data.source),
    ...different(
      words.commit,
      here.training.code_commit ?? words.none,
      there.training.code_commit ?? words.none,
    ),
    ...different(words.size, size(here), size(there)),
  ];
}

type CompareWords = Words['compare'];

/** Of features where both have rows, of tensors otherwise. */
function interfaceDifferences(
  here: Manifest,
  there: Manifest,
  words: CompareWords,
): readonly Difference[] {
  if (here.signature !== null && there.signature !== null)
    return featureDifferences(here.signature, there.signature, words);
  const different = differenceIn(words);
  return [
    ...different(words.inputs, tensorsText(here.tensors.inputs), tensorsText(there.tensors.inputs)),
    ...different(
      words.outputs,
      tensorsText(here.tensors.outputs),
      tensorsText(there.tensors.outputs),
    ),
  ];
}

const tensorsText = (tensors: readonly TensorMetadata[]): string =>
  tensors
    .map(({ name, datatype, shape }) => `${name} ${datatype} [${shape.join(', ')}]`)
    .join('; ');

const size = ({ files }: Manifest): number => files['model.onnx']?.size ?? 0;

const differenceIn =
  ({ notSaid }: CompareWords) =>
  (what: string, here: unknown, there: unknown): readonly Difference[] => {
    const [a, b] = [textOf(here) ?? notSaid, textOf(there) ?? notSaid];
    return a === b ? [] : [{ what, here: a, there: b }];
  };

function parameterDifferences(
  here: Manifest,
  there: Manifest,
  words: CompareWords,
): readonly Difference[] {
  const [a, b] = [here.training.parameters, there.training.parameters];
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].sort().flatMap((name) => differenceIn(words)(name, a[name], b[name]));
}

function featureDifferences(
  here: Signature,
  there: Signature,
  words: CompareWords,
): readonly Difference[] {
  const names = new Set([...here.features, ...there.features].map(({ name }) => name));
  return [...names].flatMap((name) =>
    differenceIn(words)(
      words.feature(name),
      describe(find(here, name), find(there, name), words),
      describe(find(there, name), find(here, name), words),
    ),
  );
}

const find = ({ features }: Signature, name: string): Feature | undefined =>
  features.find((feature) => feature.name === name);

function describe(
  feature: Feature | undefined,
  other: Feature | undefined,
  words: CompareWords,
): string {
  if (feature === undefined) return words.notThere;
  if (feature.type === 'category') {
    const known = new Set(other?.type === 'category' ? other.categories : feature.categories);
    const own = feature.categories.filter((category) => !known.has(category));
    return words.categories(feature.categories.length, own);
  }
  if (feature.type === 'boolean') return words.boolean;
  const unit = feature.type === 'number' ? feature.unit : null;
  return words.range(String(feature.minimum), String(feature.maximum), unit);
}

/** Null for what is not there. */
const textOf = (value: unknown): string | null => {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};
