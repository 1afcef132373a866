// An infer request that was read becomes the answer to it: tensors → features → inference → the outputs asked for.

import { invalid } from '#contract/problem.ts';
import { infer, noFindings, type Inference, type Predictor } from '../inference/predictor.ts';
import type { AnsweredOutput, InferAnswer } from './infer-response.ts';
import { announcedOutputs, classify, outputTensor } from './outputs.ts';
import type { InferRequest, RequestedOutput } from './parse-infer-request.ts';
import { tensorsToFeatures } from './tensors-to-features.ts';

/** `id` names the answer when the request named none. Throws ProblemError for what the model cannot read or does not have. */
export function inferTensors(predictor: Predictor, request: InferRequest, id: string): InferAnswer {
  const { manifest, encoder } = predictor;
  const outputs = request.outputs ?? everyOutput(predictor, request.binaryOutputs);
  const known = new Set(announcedOutputs(manifest).map((output) => output.name));
  outputs.forEach(({ name }, index) => {
    if (!known.has(name))
      throw invalid(
        `/outputs/${index}/name`,
        `is not an output of ${manifest.model}: ${name.slice(0, 80)}`,
      );
  });
  const findings = noFindings();
  const { values, rows } = tensorsToFeatures(manifest, encoder, request.inputs, findings);
  const inference = infer(predictor, values, rows, findings);
  return {
    model_name: manifest.model,
    model_version: manifest.version,
    id: request.id ?? id,
    ...warningParameters(inference),
    outputs: outputs.map((output, index) => answerOutput(predictor, inference, output, index)),
  };
}

const everyOutput = (predictor: Predictor, binary: boolean): readonly RequestedOutput[] =>
  announcedOutputs(predictor.manifest).map(({ name }) => ({ name, binary, classification: 0 }));

function answerOutput(
  { manifest }: Predictor,
  inference: Inference,
  { name, binary, classification }: RequestedOutput,
  index: number,
): AnsweredOutput {
  const pointer = `/outputs/${index}/parameters/classification`;
  const tensor =
    classification > 0
      ? classify(manifest, inference, name, classification, pointer)
      : outputTensor(manifest, inference, name);
  return { ...tensor, binary };
}

/** Parameters hold no objects, so the warnings travel as their number and the first of them. */
function warningParameters({ warnings }: Inference): Pick<InferAnswer, 'parameters'> {
  const [first] = warnings;
  if (first === undefined) return {};
  return {
    parameters: { warnings: warnings.length, first_warning: `${first.pointer} ${first.detail}` },
  };
}
