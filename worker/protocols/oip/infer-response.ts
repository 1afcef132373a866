// The answer to an infer request: JSON, or JSON with the tensors' bytes behind it.

import { shortestDecimal } from '#contract/tensors/float32.ts';
import { encodeElements, type Elements } from '#contract/tensors/tensor-data.ts';
import { joinBytes } from '../../http/read-body.ts';
import type { OutputTensor } from './outputs.ts';

export const JSON_LENGTH_HEADER = 'inference-header-content-length';

export interface AnsweredOutput extends OutputTensor {
  readonly binary: boolean;
}

export interface InferAnswer {
  readonly model_name: string;
  readonly model_version: string;
  readonly id: string;
  /** Strings, numbers and booleans only. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly outputs: readonly AnsweredOutput[];
}

export interface EncodedAnswer {
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export function encodeAnswer(answer: InferAnswer): EncodedAnswer {
  const tails: Uint8Array[] = [];
  const outputs = answer.outputs.map((output) => {
    const { name, datatype, shape, elements } = output;
    const metadata = JSON.stringify({ name, datatype, shape }).slice(0, -1);
    if (!output.binary) return `${metadata},"data":[${jsonElements(elements)}]}`;
    const bytes = encodeElements(datatype, elements);
    tails.push(bytes);
    return `${metadata},"parameters":{"binary_data_size":${bytes.length}}}`;
  });
  const head = JSON.stringify({ ...answer, outputs: undefined }).slice(0, -1);
  const json = `${head},"outputs":[${outputs.join(',')}]}`;
  if (tails.length === 0) return { body: json, headers: { 'content-type': 'application/json' } };
  const jsonBytes = new TextEncoder().encode(json);
  return {
    body: joinBytes(
      [jsonBytes, ...tails],
      tails.reduce((length, bytes) => length + bytes.length, jsonBytes.length),
    ),
    headers: {
      'content-type': 'application/octet-stream',
      [JSON_LENGTH_HEADER]: String(jsonBytes.length),
    },
  };
}

/** Float32 in their shortest form; NaN and the infinities have none in JSON. */
function jsonElements(elements: Elements): string {
  if (elements instanceof Float32Array)
    return Array.from(elements, (value) =>
      Number.isFinite(value) ? shortestDecimal(value) : 'null',
    ).join();
  return elements
    .map((element) => (typeof element === 'bigint' ? String(element) : JSON.stringify(element)))
    .join();
}
