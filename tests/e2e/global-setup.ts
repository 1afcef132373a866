// Two servers for all test files: one with two versions of the shipped model, the newer one champion; one with models that
// are made for what the shipped one does not show, and with an admin token.

import { createHash } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { ADMIN_TOKEN } from './operator.ts';
import { serve, type Product } from './serve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the shared server. */
    url: string;
    /** Address of the server with the made models. */
    madeUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const ADMIN_TOKEN_SHA256 = createHash('sha256').update(ADMIN_TOKEN).digest('hex');
  const product = await serve();
  // The site is built by then: not twice at a time.
  const made = await serve({ ADMIN_TOKEN_SHA256 }).catch(async (error: unknown) => {
    await product.stop();
    throw error;
  });
  const stop = async (): Promise<void> => {
    await Promise.all([product.stop(), made.stop()]);
  };
  try {
    await Promise.all([trainTwice(product), made.publishMade()]);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide('url', product.url);
  project.provide('madeUrl', made.url);
  return stop;
}

async function trainTwice(product: Product): Promise<void> {
  await product.train('--synthetic', '--seed', '2');
  await product.train('--synthetic', '--seed', '1');
}
