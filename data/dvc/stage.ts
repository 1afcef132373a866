// dvc.yaml: the stages of a pipeline. Read as far as their locks need it; what DVC would have to work out is left to it.

import { parseList, parseObject, ParseError, parseText } from '#contract/shapes/parse.ts';
import { parseYaml, yamlText } from './yaml.ts';

/** DVC shows metrics and plots; they are written and locked like any other out. */
type OutKind = 'outs' | 'metrics' | 'plots';
const OUT_KINDS: readonly OutKind[] = ['outs', 'metrics', 'plots'];

export interface StageOut {
  readonly kind: OutKind;
  /** As seen from the stage's working folder. */
  readonly path: string;
  /** Whether its bytes belong in the cache and the remote. */
  readonly cached: boolean;
}

export interface StageParams {
  readonly file: string;
  /** Names with dots between their steps. */
  readonly names: readonly string[];
}

export interface Stage {
  readonly cmd: string;
  /** As seen from the folder of dvc.yaml. */
  readonly wdir: string;
  readonly deps: readonly string[];
  readonly params: readonly StageParams[];
  /** Outs, metrics and plots alike. */
  readonly outs: readonly StageOut[];
}

export type Stages = Readonly<Record<string, Stage>>;

/** Throws ParseError, also on what only DVC can work out: templates, `foreach`, `matrix`. */
export function parseStages(text: string): Stages {
  const { stages, foreign } = parseKnownStages(text);
  for (const fault of Object.values(foreign)) throw fault;
  return stages;
}

/** As parseStages, with the stages that only DVC can work out apart, each with why. */
export function parseKnownStages(text: string): {
  readonly stages: Stages;
  readonly foreign: Readonly<Record<string, ParseError>>;
} {
  const pipeline = parseObject(parseYaml(text) ?? {}, '');
  const stages: Record<string, Stage> = {};
  const foreign: Record<string, ParseError> = {};
  for (const [name, value] of Object.entries(parseObject(pipeline.stages ?? {}, '/stages')))
    try {
      stages[name] = parseStage(value, `/stages/${name}`);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      foreign[name] = error;
    }
  return { stages, foreign };
}

/** The text of a pipeline with these stages, keys in DVC's order. */
export function formatStages(stages: Stages): string {
  return yamlText({
    stages: Object.fromEntries(
      Object.entries(stages).map(([name, { cmd, wdir, deps, params, outs }]) => [
        name,
        {
          cmd,
          wdir: wdir === '.' ? undefined : wdir,
          deps,
          params:
            params.length === 0 ? undefined : params.map(({ file, names }) => ({ [file]: names })),
          ...Object.fromEntries(OUT_KINDS.map((kind) => [kind, formatOuts(outs, kind)])),
        },
      ]),
    ),
  });
}

function formatOuts(outs: readonly StageOut[], kind: OutKind): (string | object)[] | undefined {
  const chosen = outs.filter((out) => out.kind === kind);
  if (chosen.length === 0) return undefined;
  return chosen.map(({ path, cached }) => (cached ? path : { [path]: { cache: false } }));
}

function parseStage(value: unknown, pointer: string): Stage {
  const stage = parseObject(value, pointer);
  if (stage.foreach !== undefined || stage.matrix !== undefined)
    throw new ParseError(pointer, 'stands for several stages, which only DVC works out');
  if (JSON.stringify(stage).includes('${'))
    throw new ParseError(pointer, 'has a template, which only DVC works out');
  const wdir = stage.wdir === undefined ? '.' : parseText(stage.wdir, `${pointer}/wdir`);
  const outs = OUT_KINDS.flatMap((kind) =>
    parseList(stage[kind] ?? [], `${pointer}/${kind}`, (out, at) => parseStageOut(out, at, kind)),
  );
  return {
    cmd: parseText(stage.cmd, `${pointer}/cmd`),
    wdir,
    deps: parseList(stage.deps ?? [], `${pointer}/deps`, parseText),
    params: parseList(stage.params ?? [], `${pointer}/params`, parseParams),
    outs,
  };
}

function parseStageOut(value: unknown, pointer: string, kind: OutKind): StageOut {
  if (typeof value === 'string') return { kind, path: value, cached: true };
  const [entry, ...others] = Object.entries(parseObject(value, pointer));
  if (entry === undefined || others.length > 0) throw new ParseError(pointer, 'must name one path');
  const [path, flags] = entry;
  return { kind, path, cached: parseObject(flags ?? {}, `${pointer}/${path}`).cache !== false };
}

/** A name alone is one of params.yaml, DVC's default file. */
function parseParams(value: unknown, pointer: string): StageParams {
  if (typeof value === 'string') return { file: 'params.yaml', names: [value] };
  const [entry, ...others] = Object.entries(parseObject(value, pointer));
  if (entry === undefined || others.length > 0) throw new ParseError(pointer, 'must name one file');
  const [file, names] = entry;
  if (names === null) throw new ParseError(pointer, 'takes a whole file, which only DVC works out');
  return { file, names: parseList(names, `${pointer}/${file}`, parseText) };
}
