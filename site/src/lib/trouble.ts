// Why there is no answer, in words for a person.

import type { ModelResponse } from '#contract/registry/models.ts';
import { ApiError, NO_REASON, UnreachableError } from './api.ts';
import type { Words } from './words/en.ts';

export interface Trouble {
  /** `empty`: there is nothing to show, and that is no fault. */
  readonly kind: 'empty' | 'unreachable' | 'refused';
  /** The title, and more. A function, because a page can change its language while it has trouble. */
  readonly say: (words: Words) => { readonly title: string; readonly detail: string };
  /** What to type, where that is all it takes. */
  readonly command?: string;
}

export const NO_MODELS: Trouble = {
  kind: 'empty',
  say: ({ trouble }) => ({ title: trouble.empty, detail: trouble.emptyText }),
  command: 'npm run trainer',
};

/** A model has no form when it has no rows. */
export const tensorsOnly = ({ name, manifest }: ModelResponse): Trouble => ({
  kind: 'empty',
  say: ({ trouble }) => ({
    title: trouble.tensors,
    detail: trouble.tensorsText(manifest.tensors.inputs.map((input) => input.name).join(', ')),
  }),
  command: `POST /v2/models/${name}/infer`,
});

export function troubleOf(error: unknown): Trouble {
  if (error instanceof UnreachableError)
    return {
      kind: 'unreachable',
      say: ({ trouble }) => ({ title: trouble.unreachable, detail: trouble.unreachableText }),
    };
  if (error instanceof ApiError) {
    const { type, title, status, detail } = error.problem;
    if (type === NO_REASON)
      return {
        kind: 'refused',
        say: ({ trouble }) => ({ title: trouble.status(status), detail: trouble.statusText }),
      };
    const kind = type === '/problems/not-ready' ? 'empty' : 'refused';
    return { kind, say: () => ({ title, detail }) };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { kind: 'refused', say: ({ trouble }) => ({ title: trouble.unknown, detail }) };
}
