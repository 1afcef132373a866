// A raw binary body: the elements of the only input and nothing else. Its shape is what the model says, and as many rows as
// there are bytes for.

import { invalid } from '#contract/problem.ts';
import { decodeElements, ELEMENT_BYTES, elementCount } from '#contract/tensors/tensor-data.ts';
import type { TensorMetadata } from '#contract/tensors/tensor.ts';
import type { Predictor } from '../../inference/predictor.ts';
import { announcedShape } from './check-named-tensors.ts';
import type { InferRequest } from './parse-infer-request.ts';

/** Throws ProblemError (invalid_request) when the model or the bytes leave the shape open. */
export function rawRequest(predictor: Predictor, bytes: Uint8Array): InferRequest {
  const { name, datatype, shape } = rawInput(predictor);
  if (datatype === 'BYTES')
    throw invalid('', `cannot be raw binary: ${name} is BYTES, whose elements need their lengths`);
  const open = shape.filter((size) => size === -1).length;
  if (open > 1) throw invalid('', `cannot be raw binary: ${open} dimensions of ${name} are open`);
  const row = elementCount(shape.filter((size) => size !== -1));
  const size = row * ELEMENT_BYTES[datatype];
  const rows = bytes.length / size;
  if (!Number.isInteger(rows) || (open === 0 && rows !== 1))
    throw invalid(
      '',
      `has ${bytes.length} bytes, not ${open === 0 ? '' : 'a multiple of '}${size}: ${name} is ${datatype} [${shape}]`,
    );
  const filled = shape.map((each) => (each === -1 ? rows : each));
  const elements = decodeElements(datatype, bytes, elementCount(filled));
  const input = { name, datatype, shape: filled, elements, pointer: '' };
  return { id: null, inputs: [input], outputs: null, binaryOutputs: true };
}

function rawInput(predictor: Predictor): TensorMetadata {
  const { model, tensors } = predictor.manifest;
  const [input, ...others] = tensors.inputs;
  if (input === undefined || others.length > 0)
    throw invalid('', `cannot be raw binary: ${model} has ${others.length + 1} inputs`);
  if (predictor.encoder === null) return { ...input, shape: announcedShape(input.shape) };
  if (predictor.columns !== null)
    throw invalid('', `cannot be raw binary: ${model} takes one tensor a feature`);
  return { ...input, shape: [-1, predictor.encoder.width] };
}
