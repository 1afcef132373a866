// The state of "edge or here": the model in this browser, and its answer to the row that the edge answered.

import { createEncoder } from '#contract/encode-row.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import type { Answer, Api } from '../api.ts';
import type { Row } from '../draft.ts';
import { troubleOf, type Trouble } from '../trouble.ts';
import { compareAnswers, type Comparison } from './compare.ts';
import { openHere, type HereModel } from './runtime.ts';

export interface HereAnswer {
  readonly outputs: Float32Array;
  readonly milliseconds: number;
  readonly comparison: Comparison;
  /** The answer of the edge it was compared with. */
  readonly edge: Answer;
}

export class Here {
  stage = $state<'off' | 'loading' | 'on'>('off');
  answer = $state.raw<HereAnswer | null>(null);
  trouble = $state.raw<Trouble | null>(null);

  readonly #api: Api;
  readonly #now: () => number;
  #model: HereModel | null = null;

  /** `now` in milliseconds. */
  constructor(api: Api, now: () => number) {
    this.#api = api;
    this.#now = now;
  }

  /** Answers the row here and compares; the first time, and after a promotion, the model is loaded. */
  async ask(manifest: TabularManifest, row: Row, edge: Answer): Promise<void> {
    const prediction = edge.response.predictions[0];
    if (prediction === undefined || manifest.version !== edge.response.model_version) return;
    try {
      const model = await this.#load(manifest);
      const encoder = createEncoder(manifest.signature);
      const features = new Float32Array(encoder.width);
      const begun = this.#now();
      encoder.encodeRow(row, features, 0, '', { faults: [], warnings: [] });
      const outputs = await model.run(features, 1);
      const milliseconds = this.#now() - begun;
      const comparison = compareAnswers(manifest.signature.target, prediction, outputs);
      this.answer = { outputs, milliseconds, comparison, edge };
      this.stage = 'on';
      this.trouble = null;
    } catch (error) {
      this.stage = 'off';
      this.trouble = troubleOf(error);
    }
  }

  async close(): Promise<void> {
    const model = this.#model;
    this.#model = null;
    this.stage = 'off';
    this.answer = null;
    await model?.release();
  }

  async #load(manifest: TabularManifest): Promise<HereModel> {
    if (this.#model?.version === manifest.version) return this.#model;
    await this.#model?.release();
    this.stage = 'loading';
    const { model, version } = manifest;
    const bytes = await this.#api.readModelBytes(model, version);
    this.#model = await openHere(manifest, bytes);
    return this.#model;
  }
}
