// What a form of streamed rows is: how its records are read, and how its answers are written.

import type { ProblemError } from '#contract/problem.ts';

/** A row that was read (an object by API name), or why it could not be. */
export type ReadRow = { readonly row: unknown } | { readonly fault: string };

/** Reads text after text of whole records; what it learned from the first (a CSV's header) holds for the rest. */
export type ReadRecords = (text: string) => readonly ReadRow[];

/** Lines of the answer; `row` counts from 1. */
export interface RowWriter {
  readonly head: string;
  prediction(row: number, outputs: Float32Array, offset: number): string;
  error(row: number, error: ProblemError): string;
}
