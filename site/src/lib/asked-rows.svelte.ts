// The rows that were asked about since the site was opened, by model: kept in this tab's memory and sent to nobody.

import type { Row } from './draft.ts';

/** The last of them; a slider that is moved asks often. */
const KEPT = 500;

class AskedRows {
  #rows = $state.raw<Readonly<Record<string, readonly Row[]>>>({});

  of(model: string): readonly Row[] {
    return this.#rows[model] ?? [];
  }

  add(model: string, row: Row): void {
    this.#rows = { ...this.#rows, [model]: [...this.of(model), row].slice(-KEPT) };
  }
}

export const askedRows = new AskedRows();
