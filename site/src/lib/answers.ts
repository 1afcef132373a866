// Parses what the API answers: unknown → the contract's types, or a ParseError that says where.

import { parseAliases } from '#contract/aliases.ts';
import type { Fault, Warning } from '#contract/encode-row.ts';
import { parseManifest } from '#contract/manifest.ts';
import type { ModelResponse, ModelSummary } from '#contract/models.ts';
import {
  parseCount,
  ParseError,
  parseJson,
  parseList,
  parseObject,
  parseRecord,
  parseText,
} from '#contract/parse.ts';
import type { ClassPrediction, NumberPrediction, PredictResponse } from '#contract/predict.ts';
import type { Problem } from '#contract/problem.ts';

export function parseModels(text: string): readonly ModelSummary[] {
  const { models } = parseObject(parseJson(text), '');
  return parseList(models, '/models', (item, pointer) => {
    const model = parseObject(item, pointer);
    const { champion } = model;
    return {
      name: parseText(model.name, `${pointer}/name`),
      title: parseText(model.title, `${pointer}/title`),
      task: parseTask(model.task, `${pointer}/task`),
      champion: champion === null ? null : parseText(champion, `${pointer}/champion`),
      versions: parseList(model.versions, `${pointer}/versions`, parseText),
    };
  });
}

export function parseModel(text: string): ModelResponse {
  const model = parseObject(parseJson(text), '');
  // The same three fields as aliases.json has.
  const { aliases, history, retired } = parseAliases(text);
  return {
    name: parseText(model.name, '/name'),
    title: parseText(model.title, '/title'),
    description: parseText(model.description, '/description'),
    task: parseTask(model.task, '/task'),
    versions: parseList(model.versions, '/versions', parseText),
    aliases,
    history,
    retired,
    manifest: parseManifest(JSON.stringify(model.manifest)),
  };
}

export function parsePrediction(text: string): PredictResponse {
  const response = parseObject(parseJson(text), '');
  return {
    model_name: parseText(response.model_name, '/model_name'),
    model_version: parseText(response.model_version, '/model_version'),
    id: parseText(response.id, '/id'),
    predictions: parseList(response.predictions, '/predictions', parseOne),
    warnings: parseList(response.warnings ?? [], '/warnings', parseWarning),
  };
}

export function parseProblem(text: string): Problem {
  const problem = parseObject(parseJson(text), '');
  return {
    type: parseText(problem.type, '/type'),
    title: parseText(problem.title, '/title'),
    status: parseCount(problem.status, '/status'),
    detail: parseText(problem.detail, '/detail'),
    errors: parseList(problem.errors ?? [], '/errors', parseFault),
  };
}

function parseOne(value: unknown, pointer: string): ClassPrediction | NumberPrediction {
  const prediction = parseObject(value, pointer);
  if (prediction.label === undefined)
    return { value: parseNumber(prediction.value, `${pointer}/value`) };
  return {
    label: parseText(prediction.label, `${pointer}/label`),
    probability: parseNumber(prediction.probability, `${pointer}/probability`),
    probabilities: parseRecord(prediction.probabilities, `${pointer}/probabilities`, parseNumber),
  };
}

function parseFault(value: unknown, at: string): Fault {
  const { pointer, detail } = parseObject(value, at);
  return {
    pointer: parseText(pointer, `${at}/pointer`),
    detail: parseText(detail, `${at}/detail`),
  };
}

function parseWarning(value: unknown, at: string): Warning {
  const { code } = parseObject(value, at);
  if (code !== 'unknown_category' && code !== 'out_of_range')
    throw new ParseError(`${at}/code`, 'is not a warning of this version');
  return { ...parseFault(value, at), code };
}

function parseTask(value: unknown, pointer: string): ModelSummary['task'] {
  if (value !== 'classification' && value !== 'regression' && value !== 'tensors')
    throw new ParseError(pointer, 'must be classification, regression or tensors');
  return value;
}

function parseNumber(value: unknown, pointer: string): number {
  if (typeof value !== 'number') throw new ParseError(pointer, 'must be a number');
  return value;
}
