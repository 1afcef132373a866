// The other side of open-trees.ts: holds a parsed tree.json, and hands out one tree at a time.

import { parseTreeEnsemble, type TreeEnsemble } from '#contract/model/tree.ts';
import { api } from '../browser-api.ts';
import type { TreeQuestion, TreeReply } from './open-trees.ts';

let opened: TreeEnsemble | null = null;

addEventListener('message', ({ data }: MessageEvent<{ readonly id: number } & TreeQuestion>) => {
  void answer(data).catch((error: unknown) =>
    reply({ id: data.id, fault: error instanceof Error ? error.message : String(error) }),
  );
});

async function answer(question: { readonly id: number } & TreeQuestion): Promise<void> {
  const { id } = question;
  if (question.ask === 'open') {
    const { model, version } = question;
    const { signal } = new AbortController();
    opened = parseTreeEnsemble(await api.readFile(model, version, 'tree.json', signal));
    const { trees, outputs, base_values, linear, post_transform } = opened;
    return reply({
      id,
      file: {
        trees: trees.length,
        outputs,
        base_values,
        ...(linear !== undefined && { linear }),
        ...(post_transform !== undefined && { post_transform }),
      },
    });
  }
  const tree = opened?.trees[question.index];
  if (tree === undefined) throw new Error(`no such tree: ${question.index + 1}`);
  reply({ id, tree });
}

const reply = (message: TreeReply): void => postMessage(message);
