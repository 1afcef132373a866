// The state of one model's form and its answer: draft → row → API → answer, where the last question wins.

import { tabularModel, type TabularModel } from '#contract/registry/models.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import { ApiError, UnreachableError, type Answer, type Api } from './api.ts';
import { draftOf, draftOfHash, hashOf, rowOf, type Draft, type Row } from './draft.ts';
import { notesOf, type Notes } from './notes.ts';
import { tensorsOnly, troubleOf, type Trouble } from './trouble.ts';

/** What answers where there is no network; null when nobody asked it to. */
export interface Substitute {
  answer(manifest: TabularManifest, row: Row): Promise<Answer | null>;
}

/** A pause in typing or sliding that is taken for the end of it, in milliseconds. */
const PAUSE = 150;

export class Predictor {
  model: TabularModel;
  draft: Draft;
  /** The last row asked for; null while the form holds none. */
  row = $state.raw<Row | null>(null);
  /** The last answer, kept while the next one is awaited. */
  answer = $state.raw<Answer | null>(null);
  notes = $state.raw<Notes>({});
  trouble = $state.raw<Trouble | null>(null);
  /** Whether `answer` answers what the form says now. */
  current = $state(false);

  readonly #api: Api;
  readonly #substitute: Substitute;
  readonly #onchange: (draft: Draft) => void;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | undefined;

  /** `onchange` is called when a person changed the form and paused. */
  constructor(
    api: Api,
    substitute: Substitute,
    model: TabularModel,
    onchange: (draft: Draft) => void,
  ) {
    this.#api = api;
    this.#substitute = substitute;
    this.#onchange = onchange;
    this.model = $state.raw(model);
    this.draft = $state.raw(firstDraft(model));
  }

  /** Changes one field, as a person does. */
  set(name: string, text: string): void {
    this.use({ ...this.draft, [name]: text });
  }

  /** Changes the whole form, as a person does. */
  use(draft: Draft): void {
    this.stop();
    this.draft = draft;
    this.current = false;
    this.#pause = setTimeout(() => {
      this.#onchange(draft);
      void this.ask();
    }, PAUSE);
  }

  /** Fills the form from a link and asks at once; what the link does not name stays, a bare link is the first example. */
  restore(hash: string): void {
    const otherwise = hash === '' ? firstDraft(this.model) : this.draft;
    this.draft = draftOfHash(this.model.manifest.signature, hash, otherwise);
    void this.ask();
  }

  /** Asks for the draft as it is. */
  async ask(): Promise<void> {
    this.stop();
    const { row, faults } = rowOf(this.model.manifest.signature, this.draft);
    this.row = row;
    this.notes = notesOf('fault', faults);
    this.trouble = null;
    this.current = false;
    if (row === null) return;
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const answer = await this.#answerTo(row, asking.signal);
      if (asking.signal.aborted) return;
      this.answer = answer;
      this.notes = notesOf('warning', answer.response.warnings ?? []);
      this.current = true;
      const { version } = this.model.manifest;
      if (answer.response.model_version !== version) await this.#renew(asking.signal);
    } catch (error) {
      if (asking.signal.aborted) return;
      this.notes = notesOf('fault', error instanceof ApiError ? (error.problem.errors ?? []) : []);
      this.trouble = troubleOf(error);
    }
  }

  /** The edge's answer, or without a network the substitute's. */
  async #answerTo(row: Row, signal: AbortSignal): Promise<Answer> {
    try {
      return await this.#api.predict(this.model.name, row, signal);
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      const answer = await this.#substitute.answer(this.model.manifest, row);
      if (answer === null) throw error;
      return answer;
    }
  }

  /** Nobody waits for an answer any more. */
  stop(): void {
    clearTimeout(this.#pause);
    this.#asking?.abort();
  }

  /** Another version went live while the page was open: its form, with what was filled in. */
  async #renew(signal: AbortSignal): Promise<void> {
    const renewed = await this.#api.readModel(this.model.name, signal);
    if (signal.aborted) return;
    const model = tabularModel(renewed);
    if (model === null) {
      this.trouble = tensorsOnly(renewed);
      return;
    }
    this.draft = draftOfHash(model.manifest.signature, hashOf(this.draft), firstDraft(model));
    this.model = model;
  }
}

function firstDraft({ manifest }: TabularModel): Draft {
  return draftOf(manifest.signature, manifest.examples[0]?.row ?? {});
}
