// How the features of a signature fill the inputs of a model's file: one packed float32 input of rows, or inputs that each
// take some columns, in the order of the signature. Said by the manifest's tensors, checked when a version is published.

import { offsetsOf, widthOf } from './encoded.ts';
import type { Manifest } from '../manifest.ts';
import type { Feature, Signature } from '../signature.ts';
import type { Datatype, TensorMetadata } from '../tensors/tensor.ts';

/** One column of an input. */
export interface BoundColumn {
  /** Place in the signature. */
  readonly feature: number;
  /** Place in an encoded row. */
  readonly encoded: number;
}

export interface BoundInput {
  readonly tensor: TensorMetadata;
  readonly columns: readonly BoundColumn[];
}

/** Whether rows go into the file as the one encoder makes them, and come out as float32 rows: the quickest way there is. */
export function takesPackedRows({ inputs, outputs }: Manifest['tensors']): boolean {
  const [input, ...others] = inputs;
  return others.length === 0 && isRows(input) && isRows(outputs[0]);
}

const isRows = (tensor: TensorMetadata | undefined): boolean =>
  tensor?.datatype === 'FP32' && tensor.shape.length === 2;

/** Columns that an input takes: [rows] is one, [rows, n] is n; -1 where the file does not say. */
export const columnsOf = ({ shape }: TensorMetadata): number => (shape.length < 2 ? 1 : shape[1]!);

/** Features fill the inputs one after the other. Columns that are left over, on either side, are the checker's to find. */
export function bindFeatures(
  { features }: Signature,
  inputs: readonly TensorMetadata[],
): readonly BoundInput[] {
  const offsets = offsetsOf({ features });
  const columns = features.flatMap((feature, place) =>
    Array.from({ length: widthOf(feature) }, (_, part): BoundColumn => ({
      feature: place,
      encoded: offsets[place]! + part,
    })),
  );
  let next = 0;
  return inputs.map((tensor) => {
    const size = columnsOf(tensor);
    const start = next;
    next = size === -1 ? columns.length : start + size;
    return { tensor, columns: columns.slice(start, next) };
  });
}

/** What keeps a feature out of an input; null when nothing does. */
export function bindingFault(feature: Feature, datatype: Datatype): string | null {
  const { type, nullable } = feature;
  if (datatype === 'BYTES' && type !== 'category') return `a ${type} is no text`;
  if (datatype === 'BOOL' && type !== 'boolean') return `a ${type} is neither true nor false`;
  if (nullable && !datatype.startsWith('FP')) return `${datatype} has no missing value`;
  return null;
}
