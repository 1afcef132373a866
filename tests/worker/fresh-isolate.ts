// A Worker in a fresh isolate, as far as its memory goes, under a clock of the test's.

import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { createApp } from '../../worker/app.ts';
import type { Env } from '../../worker/env.ts';
import { ORIGIN } from './ask.ts';
import { bucket } from './tiny-model.ts';

const rows = [{ size: 1, kind: 'b' }];

export interface Isolate {
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** The version that answers a prediction, or the status when none does. */
  version(model: string): Promise<string | number>;
  advance(milliseconds: number): void;
  /** From now on the clock goes on by so much whenever it is looked at. */
  drift(milliseconds: number): void;
}

export function freshIsolate(models: R2Bucket = bucket, settings: Partial<Env> = {}): Isolate {
  let now = 1_000_000;
  let step = 0;
  const app = createApp(
    { ...(env as Env), MODELS: models, ...settings },
    { now: () => (now += step), blobs: null },
  );
  const ask = async (path: string, init?: RequestInit): Promise<Response> => {
    const context = createExecutionContext();
    const response = await app.fetch(new Request(`${ORIGIN}${path}`, init), context);
    await waitOnExecutionContext(context);
    return response;
  };
  return {
    ask,
    advance(milliseconds) {
      now += milliseconds;
    },
    drift(milliseconds) {
      step = milliseconds;
    },
    async version(model) {
      const response = await ask(`/v1/models/${model}/predict`, {
        method: 'POST',
        body: JSON.stringify({ rows }),
      });
      if (response.status !== 200) return response.status;
      return (await response.json<{ model_version: string }>()).model_version;
    },
  };
}
