// A version's tree.json, read and parsed beside the page: a forest of many labels is tens of megabytes, of which the page
// asks for one tree at a time.

import type { Tree } from '#contract/model/tree.ts';
import type { TreeFile } from './kind.ts';

export interface OpenTrees {
  readonly file: TreeFile;
  /** One of the trees, counted from 0. */
  tree(index: number): Promise<Tree>;
  close(): void;
}

/** What goes to the worker, and what comes back. */
export type TreeQuestion =
  | { readonly ask: 'open'; readonly model: string; readonly version: string }
  | { readonly ask: 'tree'; readonly index: number };

export type TreeReply = { readonly id: number } & (
  { readonly file: TreeFile } | { readonly tree: Tree } | { readonly fault: string }
);

/** Throws what hinders reading the file. */
export async function openTrees(model: string, version: string): Promise<OpenTrees> {
  const worker = new Worker(new URL('./trees-worker.ts', import.meta.url), { type: 'module' });
  let last = 0;

  const ask = (question: TreeQuestion): Promise<TreeReply> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      const listen = ({ data }: MessageEvent<TreeReply>): void => {
        if (data.id !== id) return;
        worker.removeEventListener('message', listen);
        if ('fault' in data) reject(new Error(data.fault));
        else resolve(data);
      };
      worker.addEventListener('message', listen);
      worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
      worker.postMessage({ id, ...question });
    });

  try {
    const opened = await ask({ ask: 'open', model, version });
    if (!('file' in opened)) throw new Error('the worker answered another question');
    return {
      file: opened.file,
      async tree(index) {
        const answer = await ask({ ask: 'tree', index });
        if (!('tree' in answer)) throw new Error('the worker answered another question');
        return answer.tree;
      },
      close: () => worker.terminate(),
    };
  } catch (error) {
    worker.terminate();
    throw error;
  }
}
