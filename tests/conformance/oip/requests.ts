// Infer requests in the protocol's forms. `change` is merged over the request, so that a case shows only what it is about.

import { json, joined, utf8 } from '../bytes.ts';
import type { Sent } from '../case.ts';
import type { Subject } from './subject.ts';
import { bytesOf, flat, withoutData } from './tensors.ts';

export const LENGTH = 'inference-header-content-length';

type Known = Pick<Subject, 'model' | 'inputs'>;
type Change = Readonly<Record<string, unknown>>;

export const modelPath = ({ model }: Pick<Subject, 'model'>, rest = ''): string =>
  `/v2/models/${encodeURIComponent(model.name)}${rest}`;

export const postJson = (
  path: string,
  value: unknown,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
): Sent => ({ path, headers, body: json(value) });

/** All inputs as flat JSON. */
export const inferJson = (subject: Known, change: Change): Sent =>
  postJson(modelPath(subject, '/infer'), { inputs: subject.inputs.map(flat), ...change });

/** A body that is this text. */
export const inferText = (subject: Known, text: string): Sent => ({
  path: modelPath(subject, '/infer'),
  headers: { 'content-type': 'application/json' },
  body: utf8(text),
});

/** The first input changed, the others as they are. */
export const inferFirst = (subject: Known, change: Change): Sent => {
  const [first, ...others] = subject.inputs.map(flat);
  return inferJson(subject, { inputs: [{ ...first, ...change }, ...others] });
};

/** Inputs that `isBinary` chooses (all by default) as bytes behind the JSON, without a Content-Type, as tritonclient does. */
export function inferBinary(
  subject: Known,
  change: Change,
  isBinary: (index: number) => boolean = () => true,
): Sent {
  const tails: Uint8Array[] = [];
  const inputs = subject.inputs.map((tensor, index) => {
    if (!isBinary(index)) return flat(tensor);
    const bytes = bytesOf(tensor);
    tails.push(bytes);
    return { ...withoutData(tensor), parameters: { binary_data_size: bytes.length } };
  });
  return withTails(subject, { inputs, ...change }, tails);
}

/** `spaces` move the tensors' bytes, so that they start at an odd place. */
export function withTails(
  subject: Pick<Subject, 'model'>,
  request: unknown,
  tails: readonly Uint8Array[],
  spaces = 0,
): Sent {
  const head = utf8(`${JSON.stringify(request)}${' '.repeat(spaces)}`);
  return {
    path: modelPath(subject, '/infer'),
    headers: { [LENGTH]: String(head.length) },
    body: joined(head, ...tails),
  };
}

export const withHeaders = (sent: Sent, headers: Readonly<Record<string, string>>): Sent => ({
  ...sent,
  headers: { ...sent.headers, ...headers },
});
