// A node's attributes, each read when an operator asks for it: long lists into typed arrays, without an object in between.

import type { TensorValue } from '#contract/tensors/tensor-data.ts';
import { Cursor } from './protobuf.ts';
import { messageOf, type GraphNode } from './read-graph.ts';
import { readTensor } from './read-tensor.ts';
import { Unsupported } from './unsupported.ts';

// Fields of AttributeProto.
const FLOAT = 2;
const INTEGER = 3;
const TEXT = 4;
const TENSOR = 5;
const FLOATS = 7;
const INTEGERS = 8;
const TEXTS = 9;

export class Attributes {
  readonly #node: GraphNode;
  readonly #asked = new Set<string>(['name', 'doc_string']);

  constructor(node: GraphNode) {
    this.#node = node;
  }

  integer(name: string, otherwise: number): number {
    let value = otherwise;
    this.#each(name, INTEGER, (cursor) => (value = cursor.integer()));
    return value;
  }

  float(name: string, otherwise: number): number {
    let value = otherwise;
    this.#each(name, FLOAT, (cursor) => (value = cursor.float()));
    return value;
  }

  text(name: string, otherwise: string): string {
    let value = otherwise;
    this.#each(name, TEXT, (cursor) => (value = cursor.text()));
    return value;
  }

  tensor(name: string): TensorValue | null {
    this.#asked.add(name);
    const attribute = this.#node.attributes.get(name);
    const tensor = attribute && messageOf(attribute, TENSOR);
    return tensor ? readTensor(tensor) : null;
  }

  /** Integers of 32 bits, which all counts and places are. Empty when the node has no such attribute. */
  integers(name: string): Int32Array {
    let count = 0;
    this.#each(name, INTEGERS, (cursor) => (count += cursor.countIntegers()));
    const values = new Int32Array(count);
    let place = 0;
    this.#each(name, INTEGERS, (cursor) =>
      cursor.integers((value) => {
        if (value !== (value | 0)) throw new Unsupported(`${value} in ${name}`);
        values[place++] = value;
      }),
    );
    return values;
  }

  floats(name: string): Float32Array<ArrayBuffer> {
    let count = 0;
    this.#each(name, FLOATS, (cursor) => (count += cursor.countFloats()));
    const values = new Float32Array(count);
    let place = 0;
    this.#each(name, FLOATS, (cursor) => cursor.floats((value) => (values[place++] = value)));
    return values;
  }

  /** Integers of 64 bits, which only keys and categories are. */
  bigIntegers(name: string): readonly bigint[] {
    const values: bigint[] = [];
    this.#each(name, INTEGERS, (cursor) => cursor.bigIntegers((value) => values.push(value)));
    return values;
  }

  texts(name: string): readonly string[] {
    const texts: string[] = [];
    this.#each(name, TEXTS, (cursor) => texts.push(cursor.text()));
    return texts;
  }

  /** Calls `each` with the UTF-8 of every text. */
  eachText(name: string, each: (utf8: Uint8Array) => void): void {
    this.#each(name, TEXTS, (cursor) => each(cursor.bytes()));
  }

  /** Throws Unsupported where the node has an attribute that nobody asked for: it may change the answer. */
  refuseOthers(ignored: readonly string[] = []): void {
    for (const name of this.#node.attributes.keys())
      if (!this.#asked.has(name) && !ignored.includes(name))
        throw new Unsupported(`${this.#node.operator} with ${name}`);
  }

  #each(name: string, field: number, read: (cursor: Cursor) => void): void {
    this.#asked.add(name);
    const attribute = this.#node.attributes.get(name);
    if (attribute === undefined) return;
    const cursor = new Cursor(attribute);
    while (cursor.next()) {
      if (cursor.field === field) read(cursor);
      else cursor.skip();
    }
  }
}
