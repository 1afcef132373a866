// Parses what POST /v1/models/{model}/predict answers: unknown → the contract's type, or a ParseError that says where.

import type { Warning } from '#contract/features/encode-row.ts';
import {
  ParseError,
  parseList,
  parseObject,
  parseRecord,
  parseText,
} from '#contract/shapes/parse.ts';
import type { ClassPrediction, NumberPrediction, PredictResponse } from '#contract/predict.ts';

export function parsePredictResponse(value: unknown): PredictResponse {
  const response = parseObject(value, '');
  return {
    model_name: parseText(response.model_name, '/model_name'),
    model_version: parseText(response.model_version, '/model_version'),
    manifest_sha256: parseText(response.manifest_sha256, '/manifest_sha256'),
    id: parseText(response.id, '/id'),
    predictions: parseList(response.predictions, '/predictions', parsePrediction),
    warnings: parseList(response.warnings ?? [], '/warnings', parseWarning),
  };
}

function parsePrediction(value: unknown, pointer: string): ClassPrediction | NumberPrediction {
  const prediction = parseObject(value, pointer);
  if (prediction.label === undefined)
    return { value: parseNumber(prediction.value, `${pointer}/value`) };
  return {
    label: parseText(prediction.label, `${pointer}/label`),
    probability: parseNumber(prediction.probability, `${pointer}/probability`),
    probabilities: parseRecord(prediction.probabilities, `${pointer}/probabilities`, parseNumber),
  };
}

function parseWarning(value: unknown, at: string): Warning {
  const { code, pointer, detail } = parseObject(value, at);
  if (code !== 'unknown_category' && code !== 'out_of_range')
    throw new ParseError(`${at}/code`, 'is not a warning of this version');
  return {
    code,
    pointer: parseText(pointer, `${at}/pointer`),
    detail: parseText(detail, `${at}/detail`),
  };
}

function parseNumber(value: unknown, pointer: string): number {
  if (typeof value !== 'number') throw new ParseError(pointer, 'must be a number');
  return value;
}
