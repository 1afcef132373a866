// What stands in the form, as text, and its two other shapes: the row that is sent, and the link that restores it.

import { cellValue, type RowValue } from '#contract/features/cell.ts';
import { createEncoder, type Fault, type Findings } from '#contract/features/encode-row.ts';
import type { Example } from '#contract/manifest.ts';
import type { Feature, Signature } from '#contract/signature.ts';

/** The text of each field by API name; '' where nothing is given. */
export type Draft = Readonly<Record<string, string>>;

export type Row = Example['row'];

export function draftOf(signature: Signature, row: Row): Draft {
  return fill(signature, ({ name }) => String(row[name] ?? ''));
}

export interface Asked {
  /** Null when the draft is no row that the model takes. */
  readonly row: Row | null;
  /** Why not; each points at a field as the API's own faults do. */
  readonly faults: readonly Fault[];
}

/** The row to send, if the draft is one: by the same rule that the API answers by. */
export function rowOf(signature: Signature, draft: Draft): Asked {
  const { features } = signature;
  const gaps = features.filter(({ name, nullable }) => !nullable && draft[name] === '');
  if (gaps.length > 0)
    return { row: null, faults: gaps.map(({ name }) => fault(name, 'is needed')) };
  const row: Row = Object.fromEntries(
    features.map((feature) => [feature.name, cellOf(feature, draft)]),
  );
  const findings: Findings = { faults: [], warnings: [] };
  const encoder = createEncoder(signature);
  encoder.encodeRow(row, new Float32Array(encoder.width), 0, '/rows/0', findings);
  return { row: findings.faults.length > 0 ? null : row, faults: findings.faults };
}

/** The draft as the fragment of a link: the one part of an address that a browser sends to nobody. */
export function hashOf(draft: Draft): string {
  return `#${new URLSearchParams(draft)}`;
}

/** The draft of a link; features it does not name are as in `otherwise`, and others it names are left out. */
export function draftOfHash(signature: Signature, hash: string, otherwise: Draft): Draft {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  return fill(signature, (feature) => {
    const text = given.get(feature.name);
    if (text === null) return otherwise[feature.name] ?? '';
    return feature.type === 'number' && !isNumber(text) ? '' : text;
  });
}

/** The row that a link names completely, encoded; null when it names none. */
export function encodedRowOfHash(signature: Signature, hash: string): Float32Array | null {
  if (hash.length < 2) return null;
  const { row } = rowOf(signature, draftOfHash(signature, hash, draftOf(signature, {})));
  const encoder = createEncoder(signature);
  const into = new Float32Array(encoder.width);
  const isNamed = row !== null && Object.values(row).some((value) => value !== null);
  if (!isNamed) return null;
  encoder.encodeRow(row, into, 0, '', { faults: [], warnings: [] });
  return into;
}

const fault = (name: string, detail: string): Fault => ({ pointer: `/rows/0/${name}`, detail });

function cellOf(feature: Feature, draft: Draft): RowValue {
  const text = draft[feature.name] ?? '';
  return text === '' ? null : cellValue(feature, text);
}

function fill(signature: Signature, textOf: (feature: Feature) => string): Draft {
  return Object.fromEntries(signature.features.map((feature) => [feature.name, textOf(feature)]));
}

/** What a number input takes (HTML: valid floating-point number); it clears any other text, and complains. */
const isNumber = (text: string): boolean =>
  /^-?(\d+|\d*\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text));
