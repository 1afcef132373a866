// What differs between two versions: metrics, parameters, data, signature, files. Pure but for the table.

import { createHash } from 'node:crypto';
import Table from 'cli-table3';
import type { Manifest } from '#contract/manifest.ts';
import { manifestChanges } from '#contract/registry/signature-changes.ts';
import type { Feature, Signature, Target } from '#contract/signature.ts';
import { spreadText } from '#contract/model/metric-words.ts';

export interface Difference {
  readonly what: string;
  /** As text; empty where there is nothing. */
  readonly before: string;
  readonly after: string;
}

export interface Differences {
  readonly differences: readonly Difference[];
  /** What a client of the first would trip over with the second. */
  readonly signature: readonly string[];
}

export function diffManifests(before: Manifest, after: Manifest): Differences {
  const [one, two] = [factsOf(before), factsOf(after)];
  const names = [...new Set([...Object.keys(one), ...Object.keys(two)])];
  const differences = names
    .sort((a, b) => KINDS.indexOf(kindOf(a)) - KINDS.indexOf(kindOf(b)))
    .map((what) => ({ what, before: one[what] ?? '', after: two[what] ?? '' }))
    .filter((fact) => fact.before !== fact.after);
  return { differences, signature: manifestChanges(before, after) };
}

/** Characters of a list that are shown. */
const LONGEST = 30;

/** In the order they are shown. */
const KINDS: readonly string[] = [
  'metric',
  'algorithm',
  'parameter',
  'seed',
  'data',
  'rows',
  'feature',
  'target',
  'code',
  'tool',
  'file',
];

type Fact = readonly [what: string, text: string];

const kindOf = (name: string): string => name.split(' ')[0]!;

/** Everything worth comparing, by name; texts, so that equal is equal. */
function factsOf(manifest: Manifest): Readonly<Record<string, string>> {
  const { metrics, training, data, files, signature, tensors } = manifest;
  const named = <T>(
    kind: string,
    record: Readonly<Record<string, T>>,
    text: (value: T) => string,
  ) => Object.entries(record).map(([name, value]) => [`${kind} ${name}`, text(value)] as const);
  return Object.fromEntries([
    ...named('metric', metrics.model, spreadText),
    ['algorithm', training.algorithm],
    ...named('parameter', training.parameters, (value) => JSON.stringify(value)),
    ['seed', String(training.seed)],
    ['code', training.code_commit ?? 'unknown'],
    ...named('tool', training.tools, (version) => version),
    ['data', `${data.dataset} ${data.sha256.slice(0, 12)}`],
    ['rows', String(data.rows)],
    ...(signature === null ? tensorFacts(tensors) : signatureFacts(signature)),
    ...named('file', files, ({ sha256, size }) => `${size} bytes, ${sha256.slice(0, 12)}`),
  ]);
}

const signatureFacts = ({ features, target }: Signature): readonly Fact[] => [
  ...features.map((feature): Fact => [`feature ${feature.name}`, featureText(feature)]),
  [`target ${target.name}`, targetText(target)],
];

const tensorFacts = ({ inputs, outputs }: Manifest['tensors']): readonly Fact[] =>
  [inputs, outputs].flatMap((tensors, side) =>
    tensors.map(({ name, datatype, shape }): Fact => [
      `${side === 0 ? 'input' : 'output'} ${name}`,
      `${datatype} [${shape.join(', ')}]`,
    ]),
  );

/** A feature in one line. The order of categories is left out: names go in, and their codes follow the model. */
function featureText(feature: Feature): string {
  return `${rangeText(feature)}${feature.nullable ? ', may be null' : ''}`;
}

function rangeText(feature: Feature): string {
  switch (feature.type) {
    case 'number':
      return `${feature.minimum} to ${feature.maximum}${feature.unit === null ? '' : ` ${feature.unit}`}`;
    case 'date':
      return `${feature.minimum} to ${feature.maximum}`;
    case 'boolean':
      return 'true or false';
    case 'category':
      return `${feature.categories.length} categories: ${shortened([...feature.categories].sort().join(', '))}`;
  }
}

function targetText(target: Target): string {
  if (target.type === 'number') return `a number${target.unit === null ? '' : `, ${target.unit}`}`;
  return `${target.labels.length} labels: ${shortened(target.labels.join(', '))}`;
}

/** What goes on behind the cut still shows when it differs, by its hash. */
function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 6);
  return `${text.slice(0, LONGEST)}… (${digest})`;
}

export function diffText(
  { differences, signature }: Differences,
  before: string,
  after: string,
): string {
  if (differences.length === 0) return `versions ${before} and ${after} do not differ`;
  const table = new Table({
    head: ['', `version ${before}`, `version ${after}`],
    style: { head: [], border: [] },
  });
  for (const difference of differences)
    table.push([difference.what, difference.before, difference.after]);
  const fits = `requests that fit version ${before} fit version ${after}`;
  const line = signature.length === 0 ? fits : `signature: ${signature.join('; ')}`;
  return `${table.toString()}\n${line}`;
}
