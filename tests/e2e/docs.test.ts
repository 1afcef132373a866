// What the docs tell people to paste, sent to the running product: the examples in the docs are the fixtures of this test.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../tools/wrangler.ts';
import { serve, type Product } from './serve.ts';

interface Curl {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

let product: Product;

beforeAll(async () => {
  product = await serve();
  await product.train();
});

afterAll(() => product?.stop());

describe('docs/api.md', () => {
  const curls = curlsOf(readFileSync(join(ROOT, 'docs/api.md'), 'utf8'));

  test('shows each door', () => {
    const paths = curls.map(({ path }) => path).join(' ');
    for (const door of ['/v1/', '/v2/', '/invocations']) expect(paths).toContain(door);
  });

  test.each(curls)(
    '$path is answered, for the Cuban crocodile',
    async ({ path, headers, body }) => {
      const response = await fetch(`${product.url}${path}`, { method: 'POST', headers, body });
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('"Cuban Crocodile"');
    },
  );
});

/** The curl lines of a document's shell blocks that carry a body of their own. */
function curlsOf(text: string): Curl[] {
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block!);
  return blocks
    .filter((block) => block.startsWith('curl') && block.includes("-d '"))
    .map((block) => ({
      path: new URL(/http:\/\/\S+/.exec(block)![0]).pathname,
      headers: Object.fromEntries(
        [...block.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, header, value]) => [header!, value!]),
      ),
      body: /-d '([\s\S]*?)'/.exec(block)![1]!,
    }));
}
