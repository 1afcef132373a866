// What a person says of an .onnx file beside it: a signature of rows, or labels of tensors; title, examples. Unknown JSON →
// exact, or a fault's place.

import { createEncoder } from '#contract/features/encode-row.ts';
import type { Example } from '#contract/manifest.ts';
import { parseExample } from '#contract/manifest.ts';
import {
  parseCount,
  parseJson,
  parseList,
  parseObject,
  ParseError,
  parseRecord,
  parseText,
} from '#contract/shapes/parse.ts';
import { parseSignature, type Signature } from '#contract/signature.ts';

export interface ModelFile {
  /** Null for a model of tensors. */
  readonly signature: Signature | null;
  /** By output of tensors: the names of its classes. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** By input of tensors: a shape to run it with before it is published. */
  readonly trial: Readonly<Record<string, readonly number[]>>;
  /** Null when not said. */
  readonly title: string | null;
  readonly description: string | null;
  readonly examples: readonly Example[];
}

export const NOTHING_SAID: ModelFile = {
  signature: null,
  labels: {},
  trial: {},
  title: null,
  description: null,
  examples: [],
};

/** Throws ParseError with the pointer of the first fault; an example's row must fit the signature. */
export function parseModelFile(text: string): ModelFile {
  const object = parseObject(parseJson(text), '');
  const title = parseOptional(object.title, '/title');
  const description = parseOptional(object.description, '/description');
  if (object.features === undefined && object.target === undefined)
    return {
      ...NOTHING_SAID,
      title,
      description,
      labels: parseRecord(object.labels ?? {}, '/labels', (names, pointer) =>
        parseList(names, pointer, parseText),
      ),
      trial: parseRecord(object.trial ?? {}, '/trial', (shape, pointer) =>
        parseList(shape, pointer, parseCount),
      ),
    };
  const signature = parseSignature(object, '');
  const examples = parseList(object.examples ?? [], '/examples', parseExample);
  const { encodeRow, width } = createEncoder(signature);
  examples.forEach(({ row }, place) => {
    const findings = { faults: [], warnings: [] };
    const pointer = `/examples/${place}/row`;
    encodeRow(row, new Float32Array(width), 0, pointer, findings);
    const [fault] = findings.faults as { pointer: string; detail: string }[];
    if (fault !== undefined) throw new ParseError(fault.pointer, fault.detail);
  });
  return { ...NOTHING_SAID, signature, title, description, examples };
}

const parseOptional = (value: unknown, pointer: string): string | null =>
  value === undefined ? null : parseText(value, pointer);
