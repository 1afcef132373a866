// What is asked: each scenario is one request in the words of each server that can answer it.

import { createEncoder } from '#contract/features/encode-row.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import type { Request } from './servers/server.ts';

/** Whose words a request is in. */
export type Dialect = 'gharial' | 'peer' | 'hello';

export interface Scenario {
  readonly name: string;
  readonly rows: number;
  readonly connections: number;
  readonly requests: Readonly<Partial<Record<Dialect, Request>>>;
}

export const ONE_ROW = 'one row, 1 connection';
export const ONE_ROW_16 = 'one row, 16 connections';
export const JSON_1000 = '1,000 rows, JSON';
export const BINARY_1000 = '1,000 rows, binary tensors';

const utf8 = new TextEncoder();
const JSON_TYPE = 'application/json';

export function scenariosOf(manifest: TabularManifest): readonly Scenario[] {
  const one = jsonRequests(manifest, 1);
  return [
    { name: ONE_ROW, rows: 1, connections: 1, requests: { ...one, hello: one.gharial } },
    { name: ONE_ROW_16, rows: 1, connections: 16, requests: { ...one, hello: one.gharial } },
    { name: JSON_1000, rows: 1_000, connections: 1, requests: jsonRequests(manifest, 1_000) },
    { name: BINARY_1000, rows: 1_000, connections: 1, requests: binaryRequests(manifest, 1_000) },
  ];
}

/** The model's own examples, over and over. */
const rowsOf = ({ examples }: TabularManifest, count: number): readonly Record<string, unknown>[] =>
  Array.from({ length: count }, (_, index) => ({ ...examples[index % examples.length]!.row }));

export function jsonRequests(
  manifest: TabularManifest,
  count: number,
): { readonly gharial: Request; readonly peer: Request } {
  const body = utf8.encode(JSON.stringify({ rows: rowsOf(manifest, count) }));
  const request = { contentType: JSON_TYPE, body };
  return {
    gharial: { ...request, path: `/v1/models/${manifest.model}/predict` },
    peer: { ...request, path: '/predict' },
  };
}

/** The examples as the model sees them, row-major. */
export function encodedRows(manifest: TabularManifest, count: number): Float32Array<ArrayBuffer> {
  const encoder = createEncoder(manifest.signature);
  const values = new Float32Array(count * encoder.width);
  const findings = { faults: [], warnings: [] };
  rowsOf(manifest, count).forEach((row, index) =>
    encoder.encodeRow(row, values, index * encoder.width, '', findings),
  );
  return values;
}

/** The encoded rows as one packed tensor, and the probabilities back as bytes. */
export function binaryRequests(
  manifest: TabularManifest,
  count: number,
): { readonly gharial: Request; readonly peer: Request } {
  const values = encodedRows(manifest, count);
  const bytes = new Uint8Array(values.buffer);
  const input = {
    name: manifest.tensors.inputs[0]!.name,
    datatype: 'FP32',
    shape: [count, values.length / count],
    parameters: { binary_data_size: bytes.length },
  };
  const output = { name: 'probabilities', parameters: { binary_data: true } };
  const head = utf8.encode(JSON.stringify({ inputs: [input], outputs: [output] }));
  const contentType = 'application/octet-stream';
  return {
    gharial: {
      path: `/v2/models/${manifest.model}/infer`,
      contentType,
      body: Buffer.concat([head, bytes]),
      headers: { 'inference-header-content-length': String(head.length) },
    },
    peer: { path: '/binary', contentType, body: bytes },
  };
}
