// Binary tensor data that do not add up: each is 400, never an answer to other bytes.

import { exchange, only, type Case, type Topic } from './case.ts';
import type { Sent } from '../case.ts';
import { badRequest } from './expect.ts';
import { inferBinary, LENGTH, modelPath, withHeaders, withTails } from './requests.ts';
import { ifHalf, unlessBinary, unlessText } from './skips.ts';
import type { Subject } from './subject.ts';
import { bytesOf, flat, withoutData } from './tensors.ts';

const refuses = (name: string, send: (s: Subject) => Sent): Case =>
  exchange(`${name} is 400`, send, badRequest);

/** All inputs in bytes, with another length said of the JSON. */
const announced =
  (length: (body: number, json: number) => string) =>
  (s: Subject): Sent => {
    const sent = inferBinary(s, {});
    const json = Number(sent.headers![LENGTH]);
    return withHeaders(sent, { [LENGTH]: length(sent.body!.length, json) });
  };

/** All inputs in bytes, and another body. */
const changed =
  (change: (body: Uint8Array) => Uint8Array<ArrayBuffer>) =>
  (s: Subject): Sent => {
    const sent = inferBinary(s, {});
    return { ...sent, body: change(sent.body!) };
  };

const lengths: readonly Case[] = [
  refuses(
    'a length of the JSON beyond the body',
    announced((body) => String(body + 1)),
  ),
  refuses(
    'a length of the JSON far beyond the body',
    announced(() => '999999999999'),
  ),
  refuses(
    'a length of the JSON of forty digits',
    announced(() => '9'.repeat(40)),
  ),
  refuses(
    'a length of the JSON that is no number',
    announced(() => 'many'),
  ),
  refuses(
    'a negative length of the JSON',
    announced(() => '-1'),
  ),
  refuses(
    'a fractional length of the JSON',
    announced((_, json) => `${json}.5`),
  ),
  refuses(
    'a length that cuts the JSON',
    announced((_, json) => String(json - 1)),
  ),
  refuses(
    'a length that takes a tensor for JSON',
    announced((_, json) => String(json + 1)),
  ),
  refuses('no length where bytes follow', (s) => ({
    path: modelPath(s, '/infer'),
    body: inferBinary(s, {}).body!,
  })),
  refuses(
    'a byte left over',
    changed((body) => Uint8Array.of(...body, 0)),
  ),
  refuses(
    'a byte that is missing',
    changed((body) => body.slice(0, -1)),
  ),
];

/** The input at `index` in bytes, with this size said of it; `change` makes its bytes. */
function sized(
  s: Subject,
  size: (length: number) => unknown,
  change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
  index = 0,
): Sent {
  const bytes = change(bytesOf(s.inputs[index]!));
  const length = bytesOf(s.inputs[index]!).length;
  const inputs = s.inputs.map((tensor, at) =>
    at === index
      ? { ...withoutData(tensor), parameters: { binary_data_size: size(length) } }
      : flat(tensor),
  );
  return withTails(s, { inputs }, [bytes]);
}

const sizes: readonly Case[] = [
  refuses('a size beyond the body', (s) => sized(s, (length) => length + 4)),
  refuses('a size of 2^53', (s) => sized(s, () => 2 ** 53)),
  refuses('a size below the bytes', (s) => sized(s, (length) => length - 1)),
  refuses('a negative size', (s) => sized(s, () => -1)),
  refuses('a fractional size', (s) => sized(s, (length) => length + 0.5)),
  refuses('a size that is a text', (s) => sized(s, (length) => String(length))),
  refuses('a size that is not what shape and datatype say', (s) =>
    sized(
      s,
      (length) => length - 1,
      (bytes) => bytes.slice(1),
    ),
  ),
  refuses('a size of zero', (s) =>
    sized(
      s,
      () => 0,
      () => new Uint8Array(),
    ),
  ),
  refuses('data and bytes for one input', (s) => {
    const [first, ...others] = s.inputs;
    const bytes = bytesOf(first!);
    const both = { ...flat(first!), parameters: { binary_data_size: bytes.length } };
    return withTails(s, { inputs: [both, ...others.map(flat)] }, [bytes]);
  }),
];

const texts: readonly Case[] = [
  refuses('a text whose length goes beyond its bytes', (s) => {
    const index = s.inputs.findIndex(({ datatype }) => datatype === 'BYTES');
    return sized(
      s,
      (length) => length,
      (bytes) => bytes.with(0, 200),
      index,
    );
  }),
];

export const binaryRefused: Topic = {
  topic: 'binary tensor data refused',
  cases: only(unlessBinary, [...lengths, ...only(ifHalf, [...sizes, ...only(unlessText, texts)])]),
};
