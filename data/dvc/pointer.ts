// <name>.dvc: the pointer that stands in git for what is too large for it.

import { parseList, parseObject, ParseError } from '#contract/shapes/parse.ts';
import { parseOut, type Out } from './out.ts';
import { parseYaml, yamlText } from './yaml.ts';

export interface Pointer {
  readonly outs: readonly Out[];
  /** Whether DVC fetches it from somewhere else (`dvc import`), and so it is not in the remote. */
  readonly imported: boolean;
}

/** Keys in DVC's order. */
export function formatPointer(outs: readonly Out[]): string {
  return yamlText({
    outs: outs.map(({ path, md5, size, nfiles }) => ({
      md5,
      size: size ?? undefined,
      nfiles: nfiles ?? undefined,
      hash: 'md5',
      path,
    })),
  });
}

/** Throws ParseError. Keys that only DVC itself needs (`desc`, `meta`, `frozen`) are passed over. */
export function parsePointer(text: string): Pointer {
  const pointer = parseObject(parseYaml(text), '');
  if (pointer.wdir !== undefined) throw new ParseError('/wdir', 'is not spoken here');
  return {
    outs: parseList(pointer.outs ?? [], '/outs', parseOut),
    imported: pointer.deps !== undefined,
  };
}
