// The one row → float32 rule. Trainer, worker and browser call this and nothing else, so they cannot disagree.
//
// number    → the nearest float32                     category → its place in the signature's list
// boolean   → 1 for true, 0 for false                 date     → year, month, day of the week: three values
// null      → NaN (where the feature is nullable)     unknown category → -1, with a warning

import { parseDay } from './day.ts';
import { offsetsOf, widthOf } from './encoded.ts';
import { escapePointer } from '../shapes/parse.ts';
import type {
  BooleanFeature,
  CategoryFeature,
  DateFeature,
  Feature,
  NumberFeature,
  Signature,
} from '../signature.ts';

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
  /** Float32 values a row takes: one a feature, three a date. */
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
  /** By feature: the place of its first value in an encoded row. */
  readonly offsets: readonly number[];
}

/** Encodes one value of one feature into `into` at `at`; `pointer` is only asked for when there is something to say. */
export type EncodeValue = (
  value: unknown,
  into: Float32Array,
  at: number,
  pointer: () => string,
  findings: Findings,
) => void;

/** The rule for a feature that is one value: what it is encoded as. */
type EncodeOne = (value: unknown, pointer: () => string, findings: Findings) => number;

/** Prepares the rule for one signature; call it once per version, not per row. */
export function createEncoder(signature: Signature): Encoder {
  const names = signature.features.map((feature) => feature.name);
  const known = new Set(names);
  const encodeValues = signature.features.map(ruleOf);
  const offsets = offsetsOf(signature);
  const width = signature.features.reduce((sum, feature) => sum + widthOf(feature), 0);

  const encodeRow: Encoder['encodeRow'] = (row, into, offset, pointer, findings) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      findings.faults.push({ pointer, detail: 'must be an object of features' });
      return;
    }
    const values = row as Record<string, unknown>;
    let found = 0;
    let name = '';
    // One for the row, and not one for each value: it is seldom asked.
    const place = (): string => `${pointer}/${name}`;
    for (let index = 0; index < names.length; index++) {
      name = names[index]!;
      if (Object.hasOwn(values, name)) found++;
      else {
        findings.faults.push({ pointer: place(), detail: 'is missing' });
        continue;
      }
      encodeValues[index]!(values[name], into, offset + offsets[index]!, place, findings);
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

  return { width, encodeRow, encodeValues, offsets };
}

function ruleOf(feature: Feature): EncodeValue {
  switch (feature.type) {
    case 'number':
      return one(numberRule(feature));
    case 'category':
      return one(categoryRule(feature));
    case 'boolean':
      return one(booleanRule(feature));
    case 'date':
      return dateRule(feature);
  }
}

const one =
  (rule: EncodeOne): EncodeValue =>
  (value, into, at, pointer, findings) => {
    into[at] = rule(value, pointer, findings);
  };

function numberRule(feature: NumberFeature): EncodeOne {
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

function categoryRule(feature: CategoryFeature): EncodeOne {
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

function booleanRule({ nullable }: BooleanFeature): EncodeOne {
  return (value, pointer, findings) => {
    if (value === null && nullable) return NaN;
    if (typeof value === 'boolean') return value ? 1 : 0;
    const found = value === null ? 'null' : `a ${describe(value)}`;
    findings.faults.push({ pointer: pointer(), detail: `must be true or false, not ${found}` });
    return NaN;
  };
}

function dateRule({ nullable, minimum, maximum }: DateFeature): EncodeValue {
  return (value, into, at, pointer, findings) => {
    into.fill(NaN, at, at + 3);
    if (value === null && nullable) return;
    const day = typeof value === 'string' ? parseDay(value) : null;
    if (day === null) {
      const detail = 'must be a day of the calendar as YYYY-MM-DD';
      findings.faults.push({ pointer: pointer(), detail });
      return;
    }
    into.set([day.year, day.month, day.weekday], at);
    // Days of four-digit years are in the order of their texts.
    if (String(value) < minimum || String(value) > maximum)
      findings.warnings.push({
        code: 'out_of_range',
        pointer: pointer(),
        detail: `is outside of what the model was trained on: ${minimum} to ${maximum}`,
      });
  };
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return typeof value;
}
