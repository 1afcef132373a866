// An infer request to a model of tensors alone becomes its answer: the tensors go to the runtime as they came.

import { shortestDecimal } from '#contract/tensors/float32.ts';
import { invalid, ProblemError } from '#contract/problem.ts';
import type { TensorValue } from '#contract/tensors/tensor-data.ts';
import type { TensorMetadata } from '#contract/tensors/tensor.ts';
import { countRun, type TensorPredictor } from '../../inference/predictor.ts';
import { RuntimeFault } from '../../inference/runtime-fault.ts';
import { MAX_OUTPUT_ELEMENTS } from '../../limits.ts';
import { announcedShape, checkNamedTensors } from './check-named-tensors.ts';
import type { AnsweredOutput, InferAnswer } from './infer-response.ts';
import type { OutputTensor } from './outputs.ts';
import type { InferRequest, RequestedOutput } from './parse-infer-request.ts';

/** `id` names the answer when the request named none. Throws ProblemError for what the model cannot read or does not have. */
export function inferNamedTensors(
  predictor: TensorPredictor,
  request: InferRequest,
  id: string,
): InferAnswer {
  const { manifest, session, statistics, manifestSha256 } = predictor;
  const known = manifest.tensors.outputs;
  const outputs =
    request.outputs ??
    known.map(({ name }) => ({ name, binary: request.binaryOutputs, classification: 0 }));
  const announced = outputs.map((output, index) => announcedOutput(known, output, index));
  const { values, rows } = checkNamedTensors(session.inputs, request.inputs);
  const started = performance.now();
  const answers = runOn(predictor, values, outputs);
  countRun(statistics, rows, performance.now() - started);
  return {
    model_name: manifest.model,
    model_version: manifest.version,
    id: request.id ?? id,
    parameters: { manifest_sha256: manifestSha256 },
    outputs: outputs.map((output, index): AnsweredOutput => {
      const tensor = { name: output.name, ...answers[index]! };
      const shape = announcedShape(tensor.shape);
      const { labels = [] } = announced[index]!;
      const answered =
        output.classification > 0
          ? classify({ ...tensor, shape }, output.classification, labels)
          : { ...tensor, shape };
      return { ...answered, binary: output.binary };
    }),
  };
}

function announcedOutput(
  known: readonly TensorMetadata[],
  { name, binary, classification }: RequestedOutput,
  index: number,
): TensorMetadata {
  const output = known.find((each) => each.name === name);
  if (output === undefined)
    throw invalid(
      `/outputs/${index}/name`,
      `is not an output of the model (${known.map((each) => each.name).join(', ')}): ${name.slice(0, 80)}`,
    );
  if (classification > 0 && (output.datatype === 'BYTES' || output.datatype === 'BOOL'))
    throw invalid(
      `/outputs/${index}/parameters/classification`,
      'can be classified only where there is a value for each class',
    );
  if (output.datatype === 'FP16' && !binary && classification === 0)
    throw invalid(
      `/outputs/${index}`,
      `${name} is FP16, which has no form in JSON: ask for it as binary data`,
    );
  return output;
}

/** What the runtime refuses of tensors that fit what the file says is the request's doing: shapes that meet inside, say. */
function runOn(
  { session, statistics, manifest }: TensorPredictor,
  values: readonly TensorValue[],
  outputs: readonly RequestedOutput[],
): readonly TensorValue[] {
  try {
    const answers = session.run(
      values,
      outputs.map(({ name }) => name),
    );
    const elements = answers.reduce((sum, answer) => sum + answer.elements.length, 0);
    if (elements > MAX_OUTPUT_ELEMENTS)
      throw new ProblemError(
        'too_large',
        `the answer has ${elements} elements, more than the ${MAX_OUTPUT_ELEMENTS} of an answer: send fewer rows`,
      );
    return answers;
  } catch (error) {
    statistics.refused++;
    if (!(error instanceof RuntimeFault)) throw error;
    throw new ProblemError(
      'invalid_request',
      `${manifest.model} cannot run on this: ${error.message}`,
      {
        cause: error,
      },
    );
  }
}

/** The classification extension along the last dimension: the `count` best as "<value>:<index>[:<label>]", best first. */
function classify(
  { name, datatype, shape, elements }: OutputTensor,
  count: number,
  labels: readonly string[],
): OutputTensor {
  const width = shape.at(-1)!;
  const kept = Math.min(count, width);
  const values = Array.from(elements as ArrayLike<number | bigint>);
  const say = (value: number | bigint): string =>
    datatype === 'FP32' ? shortestDecimal(Number(value)) : String(value);
  const classes: string[] = [];
  for (let start = 0; start < values.length; start += width) {
    const order = Array.from({ length: width }, (_, index) => index).sort((a, b) => {
      const difference = Number(values[start + b]!) - Number(values[start + a]!);
      return difference || a - b;
    });
    for (const index of order.slice(0, kept)) {
      const label = labels[index] === undefined ? '' : `:${labels[index]}`;
      classes.push(`${say(values[start + index]!)}:${index}${label}`);
    }
  }
  return { name, datatype: 'BYTES', shape: [...shape.slice(0, -1), kept], elements: classes };
}
