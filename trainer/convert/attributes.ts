// A node's attributes from plain values: the kind of value says which of AttributeProto's fields it goes to.

import { ATTRIBUTE_TYPE } from '#engine/onnx/messages.ts';

export type AttributeValue =
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly strings: readonly string[] }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly tensor: object }
  | { readonly string: string };

/** AttributeProto objects in order of their names. */
export function attributesOf(values: Readonly<Record<string, AttributeValue>>): object[] {
  const names = Object.keys(values).sort();
  return names.map((name) => ({ name, ...fieldsOf(values[name]!) }));
}

function fieldsOf(value: AttributeValue): object {
  if ('ints' in value) return { ints: value.ints, type: ATTRIBUTE_TYPE.INTS };
  if ('floats' in value) return { floats: value.floats, type: ATTRIBUTE_TYPE.FLOATS };
  if ('strings' in value) return { strings: value.strings.map(utf8), type: ATTRIBUTE_TYPE.STRINGS };
  if ('float' in value) return { f: value.float, type: ATTRIBUTE_TYPE.FLOAT };
  if ('tensor' in value) return { t: value.tensor, type: ATTRIBUTE_TYPE.TENSOR };
  if ('int' in value) return { i: value.int, type: ATTRIBUTE_TYPE.INT };
  return { s: utf8(value.string), type: ATTRIBUTE_TYPE.STRING };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
