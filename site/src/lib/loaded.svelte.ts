// Something that a page loads: what it is, or why it is not there. The last call wins.

import { troubleOf, type Trouble } from './trouble.ts';

export class Loaded<T> {
  value = $state.raw<T | null>(null);
  trouble = $state.raw<Trouble | null>(null);

  #loading: AbortController | undefined;

  /** Replaces the value once `read` has it; what was there stays until then. */
  async load(read: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    try {
      const value = await read(loading.signal);
      if (loading.signal.aborted) return;
      this.value = value;
      this.trouble = null;
    } catch (error) {
      if (loading.signal.aborted) return;
      this.value = null;
      this.trouble = troubleOf(error);
    }
  }
}
