// What the API has to say about single fields: its faults and warnings, by the field they point at.

import type { Fault } from '#contract/features/encode-row.ts';

export interface Note {
  readonly kind: 'fault' | 'warning';
  /** The API's words, which begin with a verb. */
  readonly detail: string;
}

/** By API name of the feature. */
export type Notes = Readonly<Record<string, Note>>;

/** Notes on the fields of the one row that was sent: `/rows/0/<name>`. Others are left out. */
export function notesOf(kind: Note['kind'], faults: readonly Fault[]): Notes {
  const notes: Record<string, Note> = {};
  for (const { pointer, detail } of faults) {
    const name = /^\/rows\/0\/([^/]+)$/.exec(pointer)?.[1];
    if (name !== undefined) notes[name] = { kind, detail };
  }
  return notes;
}
