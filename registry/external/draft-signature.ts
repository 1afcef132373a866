// What an .onnx file says of the rows it takes, as the beginning of a signature: names and types of its inputs, categories of
// its one-hot encoders, labels of its classifier. What it cannot say is left null, and listed.

import { columnsOf } from '#contract/features/bind-features.ts';
import { apiName } from '#contract/signature.ts';
import type { Datatype, TensorMetadata } from '#contract/tensors/tensor.ts';
import { tensorOf } from './check-servable.ts';
import type { OnnxFile } from '#engine/onnx/inspect.ts';

export interface SignatureDraft {
  /** JSON in the form of a signature file. */
  readonly draft: { readonly features: readonly object[]; readonly target: object };
  /** What is still to be said, one text each; empty when the file said all. */
  readonly missing: readonly string[];
}

/** Null for a file that does not take rows, or gives none. */
export function draftSignature(file: OnnxFile): SignatureDraft | null {
  if (!file.inputs.every(takesRows) || file.inputs.length === 0) return null;
  const depth = depthOf(file);
  if (depth === null) return null;
  const drafts = file.inputs.flatMap((value) => {
    const tensor = tensorOf(value);
    const columns = columnsOf(tensor);
    return Array.from({ length: columns }, (_, column) => draftFeature(file, tensor, column));
  });
  const target = draftTarget(file, depth);
  return {
    draft: { features: drafts.map(({ feature }) => feature), target: target.target },
    missing: [...drafts.flatMap(({ missing }) => missing), ...target.missing],
  };
}

const takesRows = ({ kind, shape }: OnnxFile['inputs'][number]): boolean =>
  kind !== null &&
  kind !== 'map' &&
  kind !== 'sequence' &&
  shape !== null &&
  shape[0] === -1 &&
  (shape.length === 1 || (shape.length === 2 && shape[1]! > 0));

/** Values a row that an output gives, probabilities before others; null when none gives such. */
function depthOf({ outputs, labels }: OnnxFile): number | null {
  const depths = outputs.flatMap(({ kind, shape }) => {
    if ((kind !== 'FP32' && kind !== 'FP64') || shape === null || shape[0] !== -1) return [];
    if (shape.length === 1) return [1];
    return shape.length === 2 && shape[1]! > 0 ? [shape[1]!] : [];
  });
  return depths.find((depth) => depth === labels?.length) ?? depths[0] ?? null;
}

function draftFeature(
  { categories }: OnnxFile,
  tensor: TensorMetadata,
  column: number,
): { readonly feature: object; readonly missing: readonly string[] } {
  const isAlone = columnsOf(tensor) === 1;
  const name = isAlone ? tensor.name : `${tensor.name} ${column + 1}`;
  const base = { name: nameOf(name), column: name, description: name, nullable: false };
  const nameless = isAlone ? [] : [`the name of column ${column + 1} of input ${tensor.name}`];
  const known =
    categories[isAlone ? tensor.name : `${tensor.name}/${column}`] ??
    categories[`${tensor.name}/${column}`];
  switch (kindOf(tensor.datatype)) {
    case 'boolean':
      return { feature: { ...base, type: 'boolean' }, missing: nameless };
    case 'category':
      return {
        feature: { ...base, type: 'category', categories: known ?? null },
        missing: [...nameless, ...(known === undefined ? [`the categories of ${name}`] : [])],
      };
    case 'number':
      return {
        feature: { ...base, type: 'number', unit: null, minimum: null, maximum: null },
        missing: [...nameless, `the smallest and largest value of ${name}`],
      };
  }
}

function kindOf(datatype: Datatype): 'boolean' | 'category' | 'number' {
  if (datatype === 'BOOL') return 'boolean';
  return datatype === 'BYTES' ? 'category' : 'number';
}

function draftTarget({ labels }: OnnxFile, depth: number) {
  const named = { name: 'answer', column: 'answer' };
  if (depth === 1) return { target: { type: 'number', ...named, unit: null }, missing: [] };
  const isNumbered = labels === null || labels.every((label, place) => label === String(place));
  const known = labels ?? Array.from({ length: depth }, (_, place) => String(place));
  return {
    target: { type: 'category', ...named, labels: known },
    missing: isNumbered
      ? [`the names of the ${depth} labels, in the order of the probabilities`]
      : [],
  };
}

function nameOf(text: string): string {
  try {
    return apiName(text);
  } catch {
    // A name without a letter or digit.
    return 'feature';
  }
}
