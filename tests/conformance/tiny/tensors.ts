// ROWS of the tiny model as tensors, in each form, and what they are answered with.

import { encodeElements } from '#contract/tensors/tensor-data.ts';
import { joined, utf8 } from '../bytes.ts';
import type { Expectation, Sent } from '../case.ts';
import { all, status } from '../expect.ts';
import { tensorsOf } from '../oip/subject.ts';
import { post, ROWS, type Names } from './case.ts';

type Send = (names: Names) => Sent;

const LENGTH = 'inference-header-content-length';
export const infer = post((model) => `/v2/models/${model}/infer`);

export const size = {
  name: 'size',
  datatype: 'FP32',
  shape: [3],
  data: ROWS.map((row) => row.size),
};
export const kind = {
  name: 'kind',
  datatype: 'BYTES',
  shape: [3],
  data: ROWS.map((row) => row.kind),
};
export const packedData = [0.25, 0, 1, 0, 1, 1];
export const packed = { name: 'features', datatype: 'FP32', shape: [3, 2], data: packedData };
export const sizes = (change: object): object => ({ inputs: [{ ...size, ...change }, kind] });
export const kinds = (change: object): object => ({ inputs: [size, { ...kind, ...change }] });

const PROBABILITIES = [1, 0, 0.5, 0.5, 0, 1];
const EXPECTED: readonly unknown[] = [['small', 'small', 'large'], [0n, 0n, 1n], PROBABILITIES];

/** Labels, indices and probabilities of ROWS, whatever their form. */
export const rowsAnswered: Expectation<unknown> = all(status(200), (answer) => {
  const found = tensorsOf(answer).map(({ data }) => Array.from(data as ArrayLike<unknown>));
  const fine = found.every((data, index) => String(data) === String(EXPECTED[index]));
  return fine && found.length === EXPECTED.length ? null : `the outputs are ${found.join(' | ')}`;
});

export const floats = encodeElements('FP32', Float32Array.from(packedData));
export const raw = (bytes: Uint8Array, headers = {}): Send =>
  infer(bytes, { [LENGTH]: '0', ...headers });
export const behind = (request: unknown, ...tails: readonly Uint8Array[]): Send => {
  const head = utf8(JSON.stringify(request));
  return infer(joined(head, ...tails), { [LENGTH]: String(head.length) });
};
