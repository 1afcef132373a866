// Why there is no answer, in words for a person.

import { ApiError, UnreachableError } from './api.ts';

export interface Trouble {
  /** `empty`: nothing is published yet, and that is no fault. */
  readonly kind: 'empty' | 'unreachable' | 'refused';
  readonly title: string;
  readonly detail: string;
  /** What to type, where that is all it takes. */
  readonly command?: string;
}

export const NO_MODELS: Trouble = {
  kind: 'empty',
  title: 'No model is published yet',
  detail: 'Train and publish one; then this page becomes its form.',
  command: 'npm run trainer',
};

export function troubleOf(error: unknown): Trouble {
  if (error instanceof UnreachableError)
    return {
      kind: 'unreachable',
      title: 'The server cannot be reached',
      detail: 'Either this device is offline or the server is not running.',
    };
  if (error instanceof ApiError) {
    const { type, title, detail } = error.problem;
    return { kind: type === '/problems/not-ready' ? 'empty' : 'refused', title, detail };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { kind: 'refused', title: 'This page does not understand the answer', detail };
}
