// The one row → float32 rule. Trainer, worker and browser call this and nothing else, so they cannot disagree.
//
// number    → the nearest float32                     category → its place in the signature's list
// null      → NaN (where the feature is nullable)     unknown category → -1, with a warning

import { escapePointer } from './parse.ts';
import type { CategoryFeature, NumberFeature, Signature } from './signature.ts';

/** Why a value cannot be encoded; `pointer` is relative to the request (RFC 6901). */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** A value that was encoded, but that the model has never seen the like of. */
export interface Warning extends Fault {
  readonly code: 'unknown_category' | 'out_of_range';
}

export interface Findings {
  readonly faults: Fault[];
  readonly warnings: Warning[];
}

export const UNKNOWN_CATEGORY = -1;

export interface Encoder {
  /** Float32 values a row takes: the number of features. */
  readonly width: number;
  /**
   * Encodes one row (an object of API names) into `into` from `offset` on, `width` values.
   * What is wrong or remarkable is added to `findings`, with `pointer` as the row's place.
   */
  encodeRow(
    row: unknown,
    into: Float32Array,
    offset: number,
    pointer: string,
    findings: Findings,
  ): void;
  /** The same rule for single values, by the place of their feature: for requests that come in columns. */
  readonly encodeValues: readonly EncodeValue[];
}

/** Encodes one value of one feature; `pointer` is only asked for when there is something to say. */
export type EncodeValue = (value: unknown, pointer: () => string, findings: Findings) => number;

/** Prepares the rule for one signature; call it once per version, not per row. */
export function createEncoder(signature: Signature): Encoder {
  const names = signature.features.map((feature) => feature.name);
  const known = new Set(names);
  const encodeValues: readonly EncodeValue[] = signature.features.map((feature) =>
    feature.type === 'number' ? numberRule(feature) : categoryRule(feature),
  );
  const width = names.length;

  const encodeRow: Encoder['encodeRow'] = (row, into, offset, pointer, findings) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      findings.faults.push({ pointer, detail: 'must be an object of features' });
      return;
    }
    const values = row as Record<string, unknown>;
    let found = 0;
    for (let index = 0; index < width; index++) {
      const name = names[index]!;
      if (Object.hasOwn(values, name)) found++;
      else {
        findings.faults.push({ pointer: `${pointer}/${name}`, detail: 'is missing' });
        continue;
      }
      into[offset + index] = encodeValues[index]!(
        values[name],
        () => `${pointer}/${name}`,
        findings,
      );
    }
    if (Object.keys(values).length > found) {
      for (const key of Object.keys(values)) {
        if (!known.has(key))
          findings.faults.push({
            pointer: `${pointer}/${escapePointer(key)}`,
            detail: 'is not a feature of this model',
          });
      }
    }
  };

  return { width, encodeRow, encodeValues };
}

function numberRule(feature: NumberFeature): EncodeValue {
  const { minimum, maximum, nullable, unit } = feature;
  const inUnit = unit === null ? '' : ` ${unit}`;
  return (value, pointer, findings) => {
    if (value === null && nullable) return NaN;
    if (typeof value !== 'number') {
      const found = value === null ? 'null' : `a ${describe(value)}`;
      findings.faults.push({ pointer: pointer(), detail: `must be a number, not ${found}` });
      return NaN;
    }
    const encoded = Math.fround(value);
    if (!Number.isFinite(encoded)) {
      findings.faults.push({ pointer: pointer(), detail: 'must be a finite float32 number' });
      return NaN;
    }
    if (value < minimum || value > maximum)
      findings.warnings.push({
        code: 'out_of_range',
        pointer: pointer(),
        detail: `is outside of what the model was trained on: ${minimum} to ${maximum}${inUnit}`,
      });
    return encoded;
  };
}

function categoryRule(feature: CategoryFeature): EncodeValue {
  const codes = new Map(feature.categories.map((category, code) => [category, code]));
  return (value, pointer, findings) => {
    if (value === null && feature.nullable) return NaN;
    if (typeof value !== 'string') {
      const found = value === null ? 'null' : `a ${describe(value)}`;
      findings.faults.push({ pointer: pointer(), detail: `must be a string, not ${found}` });
      return NaN;
    }
    const code = codes.get(value);
    if (code !== undefined) return code;
    findings.warnings.push({
      code: 'unknown_category',
      pointer: pointer(),
      detail: 'is a category the model was not trained on',
    });
    return UNKNOWN_CATEGORY;
  };
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return typeof value;
}
