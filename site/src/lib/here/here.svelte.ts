// The state of "edge or here": the model in this browser, its answer to the row that the edge answered, and its answer alone
// where there is no edge.

import { takesPackedRows } from '#contract/features/bind-features.ts';
import { createEncoder, type Findings } from '#contract/features/encode-row.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import { modelPath, MODELS_PATH, versionPath, type Answer, type Api } from '../api.ts';
import type { Row } from '../draft.ts';
import { troubleOf, type Trouble } from '../trouble.ts';
import { compareAnswers, type Comparison } from './compare.ts';
import { predictionOf } from './prediction.ts';
import { openHere, type HereModel } from './runtime.ts';

export interface HereAnswer {
  readonly answer: Answer;
  readonly comparison: Comparison;
  /** The answer of the edge it was compared with. */
  readonly edge: Answer;
}

export class Here {
  /** Whether the visitor wants answers here. */
  wanted = $state(false);
  stage = $state<'off' | 'loading' | 'on'>('off');
  both = $state.raw<HereAnswer | null>(null);
  trouble = $state.raw<Trouble | null>(null);

  readonly #api: Api;
  readonly #now: () => number;
  readonly #onload: (urls: readonly string[]) => void;
  #model: { readonly version: string; readonly opened: Promise<HereModel> } | null = null;

  /** `now` in milliseconds; `onload` is told the addresses of everything that an answer here takes. */
  constructor(api: Api, now: () => number, onload: (urls: readonly string[]) => void) {
    this.#api = api;
    this.#now = now;
    this.#onload = onload;
  }

  /** Answers the row here and compares; the first time, and after a promotion, the model is loaded. */
  async compare(manifest: TabularManifest, row: Row, edge: Answer): Promise<void> {
    const prediction = edge.response.predictions[0];
    if (prediction === undefined || manifest.version !== edge.response.model_version) return;
    try {
      const { answer, outputs } = await this.#run(manifest, row);
      const comparison = compareAnswers(manifest.signature.target, prediction, outputs);
      if (this.wanted) this.both = { answer, comparison, edge };
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The answer to a row without the edge; null where the visitor does not want it, or it cannot be had. */
  async answer(manifest: TabularManifest, row: Row): Promise<Answer | null> {
    this.both = null;
    if (!this.wanted || !takesPackedRows(manifest.tensors)) return null;
    try {
      return (await this.#run(manifest, row)).answer;
    } catch (error) {
      this.#fail(error);
      return null;
    }
  }

  async close(): Promise<void> {
    const model = this.#model;
    this.#model = null;
    this.wanted = false;
    this.stage = 'off';
    this.both = null;
    this.trouble = null;
    await (await model?.opened.catch(() => null))?.release();
  }

  async #run(
    manifest: TabularManifest,
    row: Row,
  ): Promise<{ readonly answer: Answer; readonly outputs: Float32Array }> {
    const model = await this.#load(manifest);
    const encoder = createEncoder(manifest.signature);
    const features = new Float32Array(encoder.width);
    const findings: Findings = { faults: [], warnings: [] };
    const begun = this.#now();
    encoder.encodeRow(row, features, 0, '/rows/0', findings);
    const outputs = await model.run(features, 1);
    const response = {
      model_name: manifest.model,
      model_version: manifest.version,
      predictions: [predictionOf(manifest.signature.target, outputs)],
      warnings: findings.warnings,
    };
    this.stage = 'on';
    this.trouble = null;
    return { answer: { response, milliseconds: this.#now() - begun, place: 'here' }, outputs };
  }

  #fail(error: unknown): void {
    this.#model = null;
    this.stage = 'off';
    this.trouble = troubleOf(error);
  }

  async #load(manifest: TabularManifest): Promise<HereModel> {
    if (this.#model?.version === manifest.version) return this.#model.opened;
    const before = this.#model;
    this.stage = 'loading';
    const opened = this.#open(manifest);
    this.#model = { version: manifest.version, opened };
    await (await before?.opened)?.release();
    return opened;
  }

  async #open(manifest: TabularManifest): Promise<HereModel> {
    const { model, version } = manifest;
    const opened = await openHere(manifest, await this.#api.readModelBytes(model, version));
    const bytes = `${versionPath(model, version)}/model.onnx`;
    this.#onload([opened.runtime, bytes, MODELS_PATH, modelPath(model)]);
    return opened;
  }
}
