// Which models of rows there are, and the one the page is about.

import { tabularModel, type ModelSummary, type TabularModel } from '#contract/registry/models.ts';
import type { Api } from './api.ts';
import { NO_MODELS, tensorsOnly, troubleOf, type Trouble } from './trouble.ts';

export class Catalogue {
  models = $state.raw<readonly ModelSummary[]>([]);
  model = $state.raw<TabularModel | null>(null);
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
      const listed = await this.#api.listModels(loading.signal);
      const models = listed.filter(({ task }) => task !== 'tensors');
      const name = wanted ?? (models.find(({ champion }) => champion !== null) ?? models[0])?.name;
      const model = name === undefined ? null : await this.#api.readModel(name, loading.signal);
      if (loading.signal.aborted) return;
      this.models = models;
      this.model = model === null ? null : tabularModel(model);
      this.trouble = this.model === null ? NO_MODELS : null;
      if (model !== null && this.model === null) this.trouble = tensorsOnly(model);
    } catch (error) {
      if (loading.signal.aborted) return;
      this.model = null;
      this.trouble = troubleOf(error);
    }
  }
}
