// Rows → the tensors of a model that takes columns. Values are judged by the one rule of encode-row.ts; what goes into the
// file is the value itself where the file can hold more than a float32 of it: texts, float64, whole numbers.

import { bindFeatures } from './bind-features.ts';
import { createEncoder, type Findings } from './encode-row.ts';
import type { Feature, Signature } from '../signature.ts';
import { acceptsElement, type Element, type TensorValue } from '../tensors/tensor-data.ts';
import type { Datatype, TensorMetadata } from '../tensors/tensor.ts';

/** Rows on their way into a model; a row with a fault is left out. */
export interface ColumnBatch {
  /** Adds a row that is an object; `pointer` is its place in the request. */
  addRow(row: unknown, pointer: string, findings: Findings): void;
  /** Adds a row of values, one a feature in the order of the signature. */
  addValues(
    value: (feature: number) => unknown,
    pointer: (feature: number) => string,
    findings: Findings,
  ): void;
  /** A tensor for each input. */
  tensors(): readonly TensorValue[];
}

/** Prepares a signature and a file's inputs, once a version; each call of what it answers begins a batch. */
export function createColumnEncoder(
  signature: Signature,
  inputs: readonly TensorMetadata[],
): () => ColumnBatch {
  const { features } = signature;
  const encoder = createEncoder(signature);
  const bound = bindFeatures(signature, inputs);

  return () => {
    const encoded = new Float32Array(encoder.width);
    const elements = bound.map((): Element[] => []);
    let rows = 0;

    /** The row in `encoded` was judged and found good, as far as float32 goes. */
    const add = (
      value: (feature: number) => unknown,
      pointer: (feature: number) => string,
      findings: Findings,
    ): void => {
      const before = findings.faults.length;
      const row = bound.map(({ tensor: { datatype }, columns }) =>
        columns.map(({ feature, encoded: at }) => {
          const element = elementOf(features[feature]!, datatype, value(feature), encoded[at]!);
          const fault = element === null ? wholeFault(datatype) : textFault(element);
          if (fault !== null) findings.faults.push({ pointer: pointer(feature), detail: fault });
          return element ?? 0;
        }),
      );
      if (findings.faults.length > before) return;
      row.forEach((columns, index) => elements[index]!.push(...columns));
      rows++;
    };

    return {
      addRow(row, pointer, findings) {
        const before = findings.faults.length;
        encoder.encodeRow(row, encoded, 0, pointer, findings);
        if (findings.faults.length > before) return;
        const nameOf = (feature: number): string => features[feature]!.name;
        add(
          (feature) => (row as Record<string, unknown>)[nameOf(feature)],
          (feature) => `${pointer}/${nameOf(feature)}`,
          findings,
        );
      },
      addValues(value, pointer, findings) {
        const before = findings.faults.length;
        encoder.encodeValues.forEach((encode, feature) => {
          const at = encoder.offsets[feature]!;
          encode(value(feature), encoded, at, () => pointer(feature), findings);
        });
        if (findings.faults.length === before) add(value, pointer, findings);
      },
      tensors: () =>
        bound.map(({ tensor: { datatype, shape }, columns }, index) => ({
          datatype,
          shape: shape.length === 1 ? [rows] : [rows, columns.length],
          elements: elements[index]!,
        })),
    };
  };
}

const wholeFault = (datatype: Datatype): string =>
  `must be a whole number that ${datatype} can hold`;

const textFault = (element: Element): string | null =>
  typeof element === 'string' && element.includes('\0') ? 'must not have a zero character' : null;

/** `value` was judged and found good, and is `encoded` as float32. Null for a number that is no element of the datatype. */
function elementOf(
  { type }: Feature,
  datatype: Datatype,
  value: unknown,
  encoded: number,
): Element | null {
  if (datatype === 'BYTES') return String(value);
  if (datatype === 'BOOL') return value === true;
  if (datatype === 'FP32' || datatype === 'FP16' || Number.isNaN(encoded)) return encoded;
  const number = type === 'number' ? Number(value) : encoded;
  if (datatype === 'FP64') return number;
  if (!acceptsElement(datatype, number)) return null;
  return datatype.endsWith('INT64') ? BigInt(number) : number;
}
