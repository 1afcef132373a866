// One server for every test file that needs no other: two versions of the shipped model, the newer one champion.

import type { TestProject } from 'vitest/node';
import { serve } from './serve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the shared server. */
    url: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const product = await serve();
  try {
    await product.train('--synthetic', '--seed', '2');
    await product.train('--synthetic', '--seed', '1');
  } catch (error) {
    await product.stop();
    throw error;
  }
  project.provide('url', product.url);
  return () => product.stop();
}
