// The state of whoever moves what is live: the token, the gate's answer to the chosen version, and what came of it.

import type { GateAnswer } from '#contract/registry/alias-answers.ts';
import { ApiError } from '../api.ts';
import { modelPages } from '../model-words.svelte.ts';
import { troubleOf, type Trouble } from '../trouble.ts';
import type { OperatorApi } from './operator-api.ts';

/** In this tab alone, until it is closed; never in an address. */
export interface TokenStore {
  read(): string;
  keep(token: string): void;
}

export type Moved = { readonly kind: 'promoted' | 'rolled back'; readonly version: string };

export class Operator {
  token = $state('');
  gate = $state.raw<GateAnswer | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  done = $state.raw<Moved | null>(null);
  isBusy = $state(false);

  readonly model: string;
  readonly #api: OperatorApi;
  readonly #tokens: TokenStore;
  readonly #onmoved: () => void;
  #asking = new AbortController();

  /** `onmoved` is called whenever what is live is, or may be, another version than the page shows. */
  constructor(model: string, api: OperatorApi, tokens: TokenStore, onmoved: () => void) {
    this.model = model;
    this.#api = api;
    this.#tokens = tokens;
    this.#onmoved = onmoved;
    this.token = tokens.read();
  }

  enter(token: string): void {
    this.token = token.trim();
    this.#tokens.keep(this.token);
    this.trouble = null;
  }

  leave(): void {
    this.enter('');
    this.gate = null;
    this.done = null;
  }

  /** Asks the gate about a version; none for ''. The last question wins. */
  async ask(version: string): Promise<void> {
    this.#asking.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.gate = null;
    this.done = null;
    this.trouble = null;
    if (version === '') return;
    try {
      const gate = await this.#api.askGate(this.model, version, this.token, asking.signal);
      if (!asking.signal.aborted) this.gate = gate;
    } catch (error) {
      if (!asking.signal.aborted) this.#fail(error);
    }
  }

  /** Promotes the version the gate was asked about; a closed gate is overruled by the reason. */
  async promote(reason: string): Promise<void> {
    const { gate } = this;
    if (gate === null) return;
    const { version, from, verdict } = gate;
    const override = verdict?.passed === false ? { override: reason } : {};
    await this.#move('promoted', () =>
      this.#api.promote(this.model, { version, from, reason, ...override }, this.token),
    );
  }

  /** `from` is the champion that the page shows. */
  async rollback(reason: string, from: string): Promise<void> {
    await this.#move('rolled back', () =>
      this.#api.rollback(this.model, { reason, from }, this.token),
    );
  }

  async #move(kind: Moved['kind'], move: () => Promise<string>): Promise<void> {
    this.isBusy = true;
    this.trouble = null;
    this.done = null;
    try {
      this.done = { kind, version: await move() };
      this.gate = null;
      this.#onmoved();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.isBusy = false;
    }
  }

  #fail(error: unknown): void {
    const status = error instanceof ApiError ? error.problem.status : 0;
    // A token that opens nothing is not kept, and who was overtaken sees how it is now.
    if (status === 401) this.leave();
    if (status === 409) {
      this.gate = null;
      this.#onmoved();
    }
    this.trouble = operatorTrouble(error);
  }
}

/** By the type of the problem: what it means to whoever moves something. */
const MEANINGS: Readonly<Record<string, 'wrongToken' | 'noToken' | 'overtaken'>> = {
  '/problems/unauthorized': 'wrongToken',
  '/problems/unknown-route': 'noToken',
  '/problems/conflict': 'overtaken',
};

function operatorTrouble(error: unknown): Trouble {
  if (!(error instanceof ApiError)) return troubleOf(error);
  const { type, detail } = error.problem;
  const meaning = MEANINGS[type];
  if (meaning === undefined) return troubleOf(error);
  return {
    kind: 'refused',
    say: () => {
      const { operate } = modelPages.words;
      return {
        title: operate[meaning],
        detail: meaning === 'overtaken' ? detail : operate[`${meaning}Text`],
      };
    },
  };
}
