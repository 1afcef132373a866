// Parses what the API answers: unknown → the contract's types, or a ParseError that says where.

import { parseAliases } from '#contract/registry/aliases.ts';
import type { Fault } from '#contract/features/encode-row.ts';
import { parseManifest } from '#contract/manifest.ts';
import type { ModelResponse, ModelSummary } from '#contract/registry/models.ts';
import {
  parseCount,
  ParseError,
  parseJson,
  parseList,
  parseObject,
  parseText,
} from '#contract/shapes/parse.ts';
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

function parseFault(value: unknown, at: string): Fault {
  const { pointer, detail } = parseObject(value, at);
  return {
    pointer: parseText(pointer, `${at}/pointer`),
    detail: parseText(detail, `${at}/detail`),
  };
}

function parseTask(value: unknown, pointer: string): ModelSummary['task'] {
  if (value !== 'classification' && value !== 'regression' && value !== 'tensors')
    throw new ParseError(pointer, 'must be classification, regression or tensors');
  return value;
}
