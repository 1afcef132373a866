// dvc.lock: what each stage read and wrote when it last ran. DVC finds a stage up to date when all of it still holds.

import {
  parseList,
  parseObject,
  ParseError,
  parseRecord,
  parseText,
} from '#contract/shapes/parse.ts';
import { byCodePoint } from './dir-object.ts';
import { parseOut, type Out } from './out.ts';
import { parseYaml, yamlText } from './yaml.ts';

export interface LockedStage {
  readonly cmd: string;
  readonly deps: readonly Out[];
  /** Values by file and name. */
  readonly params: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly outs: readonly Out[];
}

export type Lock = Readonly<Record<string, LockedStage>>;

const SCHEMA = '2.0';

/** Throws ParseError. */
export function parseLock(text: string): Lock {
  const lock = parseObject(parseYaml(text) ?? { schema: SCHEMA }, '');
  if (lock.schema !== SCHEMA) throw new ParseError('/schema', `must be '${SCHEMA}'`);
  return parseRecord(lock.stages ?? {}, '/stages', (value, pointer) => {
    const stage = parseObject(value, pointer);
    return {
      cmd: parseText(stage.cmd, `${pointer}/cmd`),
      deps: parseList(stage.deps ?? [], `${pointer}/deps`, parseOut),
      params: parseRecord(stage.params ?? {}, `${pointer}/params`, parseObject),
      outs: parseList(stage.outs ?? [], `${pointer}/outs`, parseOut),
    };
  });
}

/** Keys in DVC's order; deps, params and outs sorted by path. */
export function formatLock(lock: Lock): string {
  return yamlText({
    schema: SCHEMA,
    stages: Object.fromEntries(
      Object.entries(lock).map(([name, { cmd, deps, params, outs }]) => [
        name,
        {
          cmd,
          deps: deps.length === 0 ? undefined : outsByPath(deps),
          params:
            Object.keys(params).length === 0
              ? undefined
              : sortedRecord(params, (values) => sortedRecord(values, (value) => value)),
          outs: outs.length === 0 ? undefined : outsByPath(outs),
        },
      ]),
    ),
  });
}

function outsByPath(outs: readonly Out[]): object[] {
  return outs
    .toSorted((a, b) => byCodePoint(a.path, b.path))
    .map(({ path, md5, size, nfiles }) => ({
      path,
      hash: 'md5',
      md5,
      size: size ?? undefined,
      nfiles: nfiles ?? undefined,
    }));
}

function sortedRecord<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U) {
  const names = Object.keys(record).toSorted(byCodePoint);
  return Object.fromEntries(names.map((name) => [name, map(record[name]!)]));
}
