// The tensors of a request become the float32 rows of a model: one tensor a feature, or one packed tensor that is rows already.

import type { Encoder, Findings } from '#contract/features/encode-row.ts';
import { encodedSignature } from '#contract/features/encoded.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import type { Feature, Signature } from '#contract/signature.ts';
import type { Element, Elements } from '#contract/tensors/tensor-data.ts';
import { DATATYPES, type Datatype } from '#contract/tensors/tensor.ts';
import { MAX_ROWS, tooManyRows } from '../../limits.ts';
import { invalid } from '#contract/problem.ts';
import { encodeColumns, type Columns } from '../../inference/predictor.ts';
import { datatypeOf } from './describe-model.ts';
import type { InputTensor } from './parse-infer-request.ts';

export interface Features {
  /** Row-major. */
  readonly values: Float32Array;
  readonly rows: number;
}

/** Datatypes whose elements are numbers; the nearest float32 is taken, as everywhere. */
const NUMERIC: ReadonlySet<Datatype> = new Set(
  DATATYPES.filter((datatype) => datatype !== 'BOOL' && datatype !== 'BYTES'),
);

/**
 * Throws ProblemError for tensors the model does not have, lacks, or cannot read.
 * Values that are wrong or remarkable one by one go into `findings`.
 */
export function tensorsToFeatures(
  manifest: TabularManifest,
  encoder: Encoder,
  inputs: readonly InputTensor[],
  findings: Findings,
): Features {
  const packedName = manifest.tensors.inputs[0]?.name;
  const [first] = inputs;
  if (first === undefined) throw invalid('/inputs', 'must have at least one tensor');
  if (inputs.length === 1 && first.name === packedName) {
    const features = unpack(first, encoder.width);
    checkPacked(features.values, manifest.signature, first.pointer, findings);
    return features;
  }
  const columns = tensorsToColumns(manifest, inputs);
  return { values: encodeColumns(encoder, columns, findings), rows: columns.rows };
}

/** A tensor [rows, width] of what the encoder would make: numbers, category codes, parts of dates, NaN for missing. */
function unpack(input: InputTensor, width: number): Features {
  const { datatype, elements, shape, pointer } = input;
  if (!NUMERIC.has(datatype)) throw invalid(`${pointer}/datatype`, 'must be FP32');
  if (shape.length !== 2 || shape[1] !== width)
    throw invalid(`${pointer}/shape`, `must be [rows, ${width}]`);
  const rows = checkRows(shape[0]!, pointer);
  if (elements instanceof Float32Array) return { values: elements, rows };
  const values = Float32Array.from(elements, (element) =>
    element === null ? NaN : Number(element),
  );
  return { values, rows };
}

/** The encoder makes no infinities, and NaN only of what may be missing; neither may a client. */
function checkPacked(
  values: Float32Array,
  signature: Signature,
  pointer: string,
  findings: Findings,
): void {
  let slots: Signature['features'] | null = null;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (Number.isFinite(value)) continue;
    slots ??= encodedSignature(signature).features;
    const { name, nullable } = slots[index % slots.length]!;
    if (Number.isNaN(value) && nullable) continue;
    const detail = `must be a finite float32 number for ${name}`;
    findings.faults.push({ pointer: `${pointer}/data/${index}`, detail });
  }
}

/** One tensor a feature. Throws ProblemError for tensors the model does not have, lacks, or cannot read. */
export function tensorsToColumns(
  manifest: TabularManifest,
  inputs: readonly InputTensor[],
): Columns {
  const { features } = manifest.signature;
  if (inputs.length === 0) throw invalid('/inputs', 'must have at least one tensor');
  const byName = new Map(inputs.map((input) => [input.name, input]));
  for (const { name, pointer } of inputs)
    if (!features.some((feature) => feature.name === name))
      throw invalid(
        `${pointer}/name`,
        `is not an input of ${manifest.model}: ${name.slice(0, 80)}`,
      );
  const rows = checkRows(inputs[0]!.shape[0]!, inputs[0]!.pointer);
  const columns = features.map((feature) => {
    const input = byName.get(feature.name);
    if (input === undefined) throw invalid('/inputs', `must have the tensor ${feature.name}`);
    checkColumn(input, rows, feature);
    return input;
  });
  return {
    rows,
    values: columns.map(({ elements }) => jsonValues(elements)),
    pointer: (index, row) => `${columns[index]!.pointer}/data/${row}`,
  };
}

function checkColumn(input: InputTensor, rows: number, feature: Feature): void {
  const { datatype, pointer, shape, name } = input;
  const isColumn = shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  if (!isColumn || shape[0] !== rows)
    throw invalid(`${pointer}/shape`, `must be [${rows}] or [${rows}, 1], as the first tensor's`);
  const announced = datatypeOf(feature);
  if (announced === 'FP32' && !NUMERIC.has(datatype))
    throw invalid(`${pointer}/datatype`, `must be FP32 or another number for ${name}`);
  if (announced !== 'FP32' && datatype !== announced)
    throw invalid(`${pointer}/datatype`, `must be ${announced} for ${name}`);
}

/** A NaN element says "missing", as a null does. */
function jsonValues(elements: Elements): ArrayLike<unknown> {
  return Array.from(elements as ArrayLike<Element>, (element) => {
    if (typeof element === 'bigint') return Number(element);
    return typeof element === 'number' && Number.isNaN(element) ? null : element;
  });
}

function checkRows(rows: number, pointer: string): number {
  if (rows === 0) throw invalid(`${pointer}/shape`, 'must have at least one row');
  if (rows > MAX_ROWS) throw tooManyRows(rows);
  return rows;
}
