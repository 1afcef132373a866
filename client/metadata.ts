// What a server says of itself and of its models. Read leniently: servers leave out what the protocol calls optional.

import { parseList, parseObject, parseText } from '#contract/shapes/parse.ts';
import { parseTensor, type TensorMetadata } from '#contract/tensors/tensor.ts';

export interface ServerMetadata {
  readonly name: string;
  readonly version: string;
  readonly extensions: readonly string[];
}

export interface ModelMetadata {
  readonly name: string;
  readonly versions: readonly string[];
  readonly platform: string;
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface IndexEntry {
  readonly name: string;
  /** Empty when the server names none. */
  readonly version: string;
  readonly state: string;
  readonly reason: string;
}

/** Counts of one version, in Triton's words; durations are in nanoseconds. */
export interface ModelStatistics {
  readonly name: string;
  readonly version: string;
  /** Milliseconds since the epoch; 0 before the first. */
  readonly last_inference: number;
  /** Rows. */
  readonly inference_count: number;
  /** Requests that ran. */
  readonly execution_count: number;
  readonly inference_stats: Readonly<Record<string, Duration>>;
}

export interface Duration {
  readonly count: number;
  readonly ns: number;
}

export function parseServerMetadata(value: unknown): ServerMetadata {
  const { name, version, extensions } = parseObject(value, '');
  return {
    name: parseText(name, '/name'),
    version: parseText(version ?? '', '/version'),
    extensions: parseList(extensions ?? [], '/extensions', parseText),
  };
}

export function parseModelMetadata(value: unknown): ModelMetadata {
  const object = parseObject(value, '');
  return {
    name: parseText(object.name, '/name'),
    versions: parseList(object.versions ?? [], '/versions', parseText),
    platform: parseText(object.platform ?? '', '/platform'),
    inputs: parseList(object.inputs ?? [], '/inputs', parseTensor),
    outputs: parseList(object.outputs ?? [], '/outputs', parseTensor),
    properties: parseObject(object.properties ?? {}, '/properties'),
  };
}

export const parseModelList = (value: unknown): readonly string[] =>
  parseList(parseObject(value, '').models, '/models', parseText);

export const parseIndex = (value: unknown): readonly IndexEntry[] =>
  parseList(value, '', (item, pointer) => {
    const { name, version, state, reason } = parseObject(item, pointer);
    return {
      name: parseText(name, `${pointer}/name`),
      version: parseText(version ?? '', `${pointer}/version`),
      state: parseText(state ?? '', `${pointer}/state`),
      reason: parseText(reason ?? '', `${pointer}/reason`),
    };
  });

export const parseStatistics = (value: unknown): readonly ModelStatistics[] =>
  parseList(parseObject(value, '').model_stats, '/model_stats', (item, pointer) => {
    const object = parseObject(item, pointer);
    const stats = parseObject(object.inference_stats ?? {}, `${pointer}/inference_stats`);
    return {
      name: parseText(object.name, `${pointer}/name`),
      version: parseText(object.version ?? '', `${pointer}/version`),
      last_inference: Number(object.last_inference ?? 0),
      inference_count: Number(object.inference_count ?? 0),
      execution_count: Number(object.execution_count ?? 0),
      inference_stats: Object.fromEntries(
        Object.entries(stats).map(([name, duration]) => {
          const { count, ns } = parseObject(duration, `${pointer}/inference_stats/${name}`);
          return [name, { count: Number(count ?? 0), ns: Number(ns ?? 0) }];
        }),
      ),
    };
  });

export const parseConfig = (value: unknown): Readonly<Record<string, unknown>> =>
  parseObject(value, '');
