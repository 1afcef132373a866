// An infer request that was read becomes the answer to it: tensors → features → inference → the outputs asked for.

import type { Explainer } from '#contract/explain/explainer.ts';
import { invalid } from '#contract/problem.ts';
import { inferColumns } from '../../inference/infer-rows.ts';
import {
  infer,
  noFindings,
  type Inference,
  type TabularPredictor,
} from '../../inference/predictor.ts';
import { MAX_EXPLAINED_ROWS, tooManyExplainedRows } from '../../limits.ts';
import { explanationOutputs, explanationTensor, type EncodedRows } from './explanation-outputs.ts';
import type { InferAnswer } from './infer-response.ts';
import { announcedOutputs, classify, outputTensor, type OutputTensor } from './outputs.ts';
import type { InferRequest, RequestedOutput } from './parse-infer-request.ts';
import { tensorsToColumns, tensorsToFeatures } from './tensors-to-features.ts';

export interface InferOptions {
  /** Names the answer when the request named none. */
  readonly id: string;
  /** Of the version; null when no explanation is asked for. */
  readonly explainer: Explainer | null;
}

/** Throws ProblemError for what the model cannot read or does not have. */
export function inferTensors(
  predictor: TabularPredictor,
  request: InferRequest,
  { id, explainer }: InferOptions,
): InferAnswer {
  const { manifest } = predictor;
  const outputs = request.outputs ?? everyOutput(predictor, request.binaryOutputs);
  const explanations = explainer === null ? [] : explanationOutputs(manifest);
  const known = [...announcedOutputs(manifest), ...explanations];
  outputs.forEach(({ name }, index) => {
    if (!known.some((output) => output.name === name))
      throw invalid(
        `/outputs/${index}/name`,
        `is not an output of ${manifest.model}: ${name.slice(0, 80)}`,
      );
  });
  const { inference, encoded } = inferInputs(predictor, request, explainer);
  const tensorOf = (output: RequestedOutput, index: number): OutputTensor => {
    const explanation = explanations.find(({ name }) => name === output.name);
    const isExplained =
      explainer !== null && explanation !== undefined && output.classification === 0;
    return isExplained && encoded !== null
      ? explanationTensor(explainer, explanation, encoded)
      : inferredTensor(predictor, inference, output, index);
  };
  return {
    model_name: manifest.model,
    model_version: manifest.version,
    id: request.id ?? id,
    parameters: parametersOf(predictor, inference, explainer),
    outputs: outputs.map((output, index) => ({
      ...tensorOf(output, index),
      binary: output.binary,
    })),
  };
}

/** With the encoded rows, where the model takes such: explanations are made of them. */
function inferInputs(
  predictor: TabularPredictor,
  { inputs }: InferRequest,
  explainer: Explainer | null,
): { readonly inference: Inference; readonly encoded: EncodedRows | null } {
  const { manifest, encoder } = predictor;
  const findings = noFindings();
  if (predictor.columns !== null) {
    const columns = tensorsToColumns(manifest, inputs);
    return { inference: inferColumns(predictor, columns, findings), encoded: null };
  }
  const encoded = tensorsToFeatures(manifest, encoder, inputs, findings);
  const { values, rows } = encoded;
  if (explainer !== null && rows > MAX_EXPLAINED_ROWS) throw tooManyExplainedRows(rows);
  return { inference: infer(predictor, values, rows, findings), encoded };
}

const everyOutput = (predictor: TabularPredictor, binary: boolean): readonly RequestedOutput[] =>
  announcedOutputs(predictor.manifest).map(({ name }) => ({ name, binary, classification: 0 }));

function inferredTensor(
  { manifest }: TabularPredictor,
  inference: Inference,
  { name, classification }: RequestedOutput,
  index: number,
): OutputTensor {
  const pointer = `/outputs/${index}/parameters/classification`;
  return classification > 0
    ? classify(manifest, inference, name, classification, pointer)
    : outputTensor(manifest, inference, name);
}

/** Parameters hold no objects, so the warnings travel as their number and the first of them. */
function parametersOf(
  { manifestSha256 }: TabularPredictor,
  { warnings }: Inference,
  explainer: Explainer | null,
): InferAnswer['parameters'] {
  const [first] = warnings;
  return {
    manifest_sha256: manifestSha256,
    ...(first !== undefined && {
      warnings: warnings.length,
      first_warning: `${first.pointer} ${first.detail}`,
    }),
    ...(explainer !== null && { explanation_space: explainer.space }),
  };
}
