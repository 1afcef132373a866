// The manifest: everything that is known of one version of a model, and the record of the run that made it.
// A version exists when its manifest does, and never changes after that.

import type { RowValue } from './features/cell.ts';
import { isModelName, isVersion } from './registry/keys.ts';
import { parseMetrics, type Metrics } from './model/metrics.ts';
import {
  parseCount,
  ParseError,
  parseJson,
  parseList,
  parseObject,
  parseRecord,
  parseText,
} from './shapes/parse.ts';
import { parseSignature, type Signature } from './signature.ts';
import { parseTensor, type TensorMetadata } from './tensors/tensor.ts';

export const FORMAT_VERSION = 1;

export type TabularTask = 'classification' | 'regression';

export type Task = TabularTask | 'tensors';

/** A file of a version: stored once under its hash. */
export interface FileReference {
  /** Lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** One row with the answer its dataset gives, to fill a form with or to paste after `curl`. */
export interface Example {
  readonly row: Readonly<Record<string, RowValue>>;
  readonly target: string | number;
}

interface VersionRecord {
  readonly format_version: typeof FORMAT_VERSION;
  readonly model: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  /** What the ONNX file itself takes and gives; a tabular model's inputs take its features in the order of the signature. */
  readonly tensors: {
    readonly inputs: readonly TensorMetadata[];
    readonly outputs: readonly TensorMetadata[];
  };
  /** By file name: model.onnx always; tree.json, baseline.json, holdout.json, README.md from the trainer. */
  readonly files: Readonly<Record<string, FileReference>>;
  readonly examples: readonly Example[];
  readonly data: {
    readonly dataset: string;
    /** Of the raw file the version was trained on. */
    readonly sha256: string;
    readonly rows: number;
    /** Says where the table came from, and whether it is synthetic. */
    readonly source: string;
  };
  readonly training: {
    readonly algorithm: string;
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly seed: number;
    /** Git commit of the trainer, with `+changes` when the checkout had any; null outside of git. */
    readonly code_commit: string | null;
    /** Versions of what took part, by name. */
    readonly tools: Readonly<Record<string, string>>;
  };
  readonly metrics: Metrics;
  readonly parity: {
    readonly rows: number;
    readonly label_differences: number;
    readonly max_difference: number;
  };
  /** ISO 8601, UTC: the one field that differs when a run is repeated. */
  readonly created_at: string;
  /** Absent where the publisher had no key. */
  readonly signed?: Signed;
}

/** A model of rows: every door serves it. */
export interface TabularManifest extends VersionRecord {
  readonly task: TabularTask;
  readonly signature: Signature;
}

/** A model of named tensors alone, such as images: the Open Inference Protocol serves it. */
export interface TensorManifest extends VersionRecord {
  readonly task: 'tensors';
  readonly signature: null;
}

export type Manifest = TabularManifest | TensorManifest;

export const isTabular = (manifest: Manifest): manifest is TabularManifest =>
  manifest.signature !== null;

/** For whoever knows what was published. Throws for a model of tensors alone. */
export function asTabular(manifest: Manifest): TabularManifest {
  if (isTabular(manifest)) return manifest;
  throw new Error(`takes tensors and not rows: ${manifest.model} ${manifest.version}`);
}

/** Who published the version: an Ed25519 signature of the rest of the manifest. */
export interface Signed {
  /** Of the public key: 16 hex digits of its SHA-256. */
  readonly key_id: string;
  /** Base64. */
  readonly signature: string;
}

/** What a publisher hands over: the registry adds the version. */
export type ManifestDraft = TabularDraft | TensorDraft;
export type TabularDraft = Omit<TabularManifest, 'version' | 'files' | 'signed'>;
export type TensorDraft = Omit<TensorManifest, 'version' | 'files' | 'signed'>;

/** Parses manifest.json. Throws ParseError with the pointer of the first fault. */
export function parseManifest(text: string): Manifest {
  const object = parseObject(parseJson(text), '');
  if (object.format_version !== FORMAT_VERSION)
    throw new ParseError('/format_version', `must be ${FORMAT_VERSION}`);
  const data = parseObject(object.data, '/data');
  const training = parseObject(object.training, '/training');
  const commit = training.code_commit;
  return {
    format_version: FORMAT_VERSION,
    model: parseWith(isModelName, object.model, '/model', 'must be a model name'),
    version: parseWith(isVersion, object.version, '/version', 'must be a version such as "1"'),
    title: parseText(object.title, '/title'),
    description: parseText(object.description, '/description'),
    ...parseKind(object.signature, object.task),
    tensors: parseTensors(object.tensors),
    files: parseFiles(object.files),
    examples: parseList(object.examples, '/examples', parseExample),
    data: {
      dataset: parseText(data.dataset, '/data/dataset'),
      sha256: parseHash(data.sha256, '/data/sha256'),
      rows: parseCount(data.rows, '/data/rows'),
      source: parseText(data.source, '/data/source'),
    },
    training: {
      algorithm: parseText(training.algorithm, '/training/algorithm'),
      parameters: parseObject(training.parameters, '/training/parameters'),
      seed: parseCount(training.seed, '/training/seed'),
      code_commit: commit === null ? null : parseText(commit, '/training/code_commit'),
      tools: parseRecord(training.tools, '/training/tools', parseText),
    },
    metrics: parseMetrics(object.metrics, '/metrics'),
    parity: parseParity(object.parity),
    created_at: parseText(object.created_at, '/created_at'),
    ...(object.signed === undefined ? {} : { signed: parseSigned(object.signed) }),
  };
}

function parseSigned(value: unknown): Signed {
  const { key_id, signature } = parseObject(value, '/signed');
  return {
    key_id: parseText(key_id, '/signed/key_id'),
    signature: parseText(signature, '/signed/signature'),
  };
}

function parseTensors(value: unknown): Manifest['tensors'] {
  const tensors = parseObject(value, '/tensors');
  return {
    inputs: parseList(tensors.inputs, '/tensors/inputs', parseTensor),
    outputs: parseList(tensors.outputs, '/tensors/outputs', parseTensor),
  };
}

function parseFiles(value: unknown): Manifest['files'] {
  const files = parseRecord(value, '/files', (item, pointer) => {
    const { sha256, size } = parseObject(item, pointer);
    return {
      sha256: parseHash(sha256, `${pointer}/sha256`),
      size: parseCount(size, `${pointer}/size`),
    };
  });
  if (files['model.onnx'] === undefined) throw new ParseError('/files', 'must name model.onnx');
  return files;
}

export function parseExample(value: unknown, pointer: string): Example {
  const { row, target } = parseObject(value, pointer);
  return {
    row: parseRecord(row, `${pointer}/row`, (cell, at) =>
      cell === null || typeof cell === 'boolean' ? cell : parseCell(cell, at),
    ),
    target: parseCell(target, `${pointer}/target`),
  };
}

function parseCell(value: unknown, pointer: string): string | number {
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new ParseError(pointer, 'must be a string or a number');
  return value;
}

function parseParity(value: unknown): Manifest['parity'] {
  const parity = parseObject(value, '/parity');
  const difference = parity.max_difference;
  if (typeof difference !== 'number')
    throw new ParseError('/parity/max_difference', 'must be a number');
  return {
    rows: parseCount(parity.rows, '/parity/rows'),
    label_differences: parseCount(parity.label_differences, '/parity/label_differences'),
    max_difference: difference,
  };
}

function parseKind(
  signature: unknown,
  task: unknown,
): Pick<TabularManifest, 'task' | 'signature'> | Pick<TensorManifest, 'task' | 'signature'> {
  if (signature === null) {
    if (task !== 'tensors')
      throw new ParseError('/task', 'must be tensors, as there is no signature');
    return { task, signature };
  }
  const parsed = parseSignature(signature, '/signature');
  const said = parsed.target.type === 'category' ? 'classification' : 'regression';
  if (task !== said) throw new ParseError('/task', `must be ${said}, as the target says`);
  return { task: said, signature: parsed };
}

const parseHash = (value: unknown, pointer: string): string =>
  parseWith(
    (text) => /^[0-9a-f]{64}$/.test(text),
    value,
    pointer,
    'must be a SHA-256 in lower-case hex',
  );

function parseWith(
  accepts: (text: string) => boolean,
  value: unknown,
  pointer: string,
  fault: string,
): string {
  const text = parseText(value, pointer);
  if (!accepts(text)) throw new ParseError(pointer, `${fault}: ${text}`);
  return text;
}
