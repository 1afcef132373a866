// What a person says of an .onnx file beside it: signature, title, examples. Unknown JSON → exact, or a fault's place.

import { createEncoder } from '#contract/encode-row.ts';
import type { Example } from '#contract/manifest.ts';
import { parseExample } from '#contract/manifest.ts';
import { parseJson, parseList, parseObject, ParseError, parseText } from '#contract/parse.ts';
import { parseSignature, type Signature } from '#contract/signature.ts';

export interface ModelFile {
  readonly signature: Signature;
  /** Null when not said. */
  readonly title: string | null;
  readonly description: string | null;
  readonly examples: readonly Example[];
}

/** Throws ParseError with the pointer of the first fault; an example's row must fit the signature. */
export function parseModelFile(text: string): ModelFile {
  const object = parseObject(parseJson(text), '');
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
  return {
    signature,
    title: parseOptional(object.title, '/title'),
    description: parseOptional(object.description, '/description'),
    examples,
  };
}

const parseOptional = (value: unknown, pointer: string): string | null =>
  value === undefined ? null : parseText(value, pointer);
