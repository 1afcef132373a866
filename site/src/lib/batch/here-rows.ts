// A file's rows through the model in this browser, in a Web Worker: the page stays alive, and nothing of the file leaves.

import type { TabularManifest } from '#contract/manifest.ts';
import type { Columns } from './columns.ts';
import type { RowAnswer, RowAnswerer } from './row-answers.ts';

/** The first message opens the model; every other one is records. */
export type HereQuestion =
  | { readonly manifest: TabularManifest; readonly columns: Columns }
  | { readonly records: readonly (readonly string[])[] };

/** To every message of records one comes back. */
export type HereReply = { readonly answers: readonly RowAnswer[] } | { readonly fault: string };

/** Begins to load the model at once. Its calls throw what the runtime throws, and the signal's abort. */
export function hereRows(manifest: TabularManifest, columns: Columns): RowAnswerer {
  const worker = new Worker(new URL('./here-worker.ts', import.meta.url), { type: 'module' });
  const send = (question: HereQuestion): void => worker.postMessage(question);
  send({ manifest, columns });
  return {
    rows: 1_000,
    answer: (records, signal) =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<HereReply>) => {
          if ('answers' in data) resolve(data.answers);
          else reject(new Error(data.fault));
        };
        worker.onerror = (event) => reject(new Error(event.message));
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        send({ records });
      }),
    close: () => worker.terminate(),
  };
}
