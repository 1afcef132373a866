// The answer to an infer request → tensors, whether they came in JSON or as bytes behind it. The header decides, not what
// was asked for: some servers answer in bytes unasked, some in JSON although bytes were asked for.

import { parseJsonExact } from '#contract/shapes/json-exact.ts';
import { parseList, parseObject, parseText, ParseError } from '#contract/shapes/parse.ts';
import { decodeElements, elementCount, type Elements } from '#contract/tensors/tensor-data.ts';
import { parseTensor, type Datatype } from '#contract/tensors/tensor.ts';
import { arrayOf, type ArrayOf } from './tensor-arrays.ts';

/** One output; `data` is flat, row-major, and the array of its datatype. */
export type OutputTensor = {
  readonly [D in Datatype]: {
    readonly name: string;
    readonly datatype: D;
    readonly shape: readonly number[];
    readonly data: ArrayOf[D];
  };
}[Datatype];

export interface InferAnswer {
  readonly model_name: string;
  /** Empty when the server names none. */
  readonly model_version: string;
  /** Null when the server names none: not every one gives a request an id. */
  readonly id: string | null;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly outputs: readonly OutputTensor[];
}

/** Parses a body of which the first `jsonLength` bytes are JSON; null: all of them. Throws ParseError or TensorDataError. */
export function parseAnswer(body: Uint8Array, jsonLength: number | null): InferAnswer {
  const length = jsonLength ?? body.length;
  if (!Number.isSafeInteger(length) || length < 0 || length > body.length)
    throw new ParseError('', `has ${body.length} bytes, its JSON is said to have ${jsonLength}`);
  const text = new TextDecoder('utf-8', { fatal: true }).decode(body.subarray(0, length));
  const answer = parseObject(parseJsonExact(text), '');
  let at = length;
  const take = (size: number): Uint8Array => {
    at += size;
    return body.subarray(at - size, at);
  };
  const outputs = parseList(answer.outputs, '/outputs', (output, pointer) =>
    parseOutput(output, pointer, take),
  );
  if (at !== body.length)
    throw new ParseError('', `has ${body.length} bytes, its tensors end at ${at}`);
  return {
    model_name: parseText(answer.model_name ?? '', '/model_name'),
    model_version: parseText(answer.model_version ?? '', '/model_version'),
    id: typeof answer.id === 'string' ? answer.id : null,
    parameters: parseObject(answer.parameters ?? {}, '/parameters'),
    outputs,
  };
}

function parseOutput(
  value: unknown,
  pointer: string,
  take: (size: number) => Uint8Array,
): OutputTensor {
  const { name, datatype, shape } = parseTensor(value, pointer);
  const { data, parameters } = parseObject(value, pointer);
  const size = parseObject(parameters ?? {}, `${pointer}/parameters`).binary_data_size;
  const count = elementCount(shape);
  const elements =
    size === undefined
      ? parseData(data, count, `${pointer}/data`)
      : decodeElements(datatype, take(Number(size)), count);
  return { name, datatype, shape, data: arrayOf(datatype, elements) } as OutputTensor;
}

function parseData(value: unknown, count: number, pointer: string): Elements {
  if (!Array.isArray(value)) throw new ParseError(pointer, 'must be a list');
  const data = value.flat(Infinity) as Elements;
  if (data.length !== count)
    throw new ParseError(pointer, `has ${data.length} elements, the shape says ${count}`);
  return data;
}
