// Which models there are, and the one the page is about.

import type { ModelResponse, ModelSummary } from '#contract/models.ts';
import type { Api } from './api.ts';
import { NO_MODELS, troubleOf, type Trouble } from './trouble.ts';

export class Catalogue {
  models = $state.raw<readonly ModelSummary[]>([]);
  model = $state.raw<ModelResponse | null>(null);
  trouble = $state.raw<Trouble | null>(null);

  readonly #api: Api;
  #loading: AbortController | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Loads the list and the wanted model, or the first that can answer. The last call wins. */
  async load(wanted: string | null): Promise<void> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    try {
      const models = await this.#api.listModels(loading.signal);
      const name = wanted ?? (models.find(({ champion }) => champion !== null) ?? models[0])?.name;
      const model = name === undefined ? null : await this.#api.readModel(name, loading.signal);
      if (loading.signal.aborted) return;
      this.models = models;
      this.model = model;
      this.trouble = model === null ? NO_MODELS : null;
    } catch (error) {
      if (loading.signal.aborted) return;
      this.model = null;
      this.trouble = troubleOf(error);
    }
  }
}
