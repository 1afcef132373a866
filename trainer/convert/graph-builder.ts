// How the parts of a graph are added: a node names its inputs, and answers the name of its output.

import type { AttributeValue } from './attributes.ts';

export interface GraphBuilder {
  /** Adds a node of one output and answers the output's name. */
  node(operator: string, inputs: readonly string[], options?: NodeOptions): string;
  floats(name: string, dims: readonly number[], values: readonly number[]): string;
  integers(name: string, values: readonly number[]): string;
}

export interface NodeOptions {
  /** Made from the operator's name when not said. */
  readonly output?: string;
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}
