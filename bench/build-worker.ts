// The Worker as it is uploaded: bundled by wrangler from wrangler.toml, less the site, which never wakes it.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../tools/wrangler.ts';
import { runNode } from './run-node.ts';

export interface BuiltWorker {
  readonly folder: string;
  readonly compatibilityDate: string;
  /** Modules as the bundle names them: one of JavaScript, `index.js`, and one of WebAssembly. */
  readonly script: string;
  readonly wasm: string;
  /** Bytes that are uploaded, plain and packed. */
  readonly uploadBytes: number;
  readonly uploadGzipBytes: number;
}

const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js');

/** Bundles the Worker into `folder`. Throws with wrangler's own words when it does not build. */
export async function buildWorker(folder: string): Promise<BuiltWorker> {
  // Loaded here because wrangler takes seconds to load, which a fault of usage should not.
  const { unstable_readConfig } = await import('wrangler');
  const product = unstable_readConfig({ config: join(ROOT, 'wrangler.toml') });
  const compatibilityDate = product.compatibility_date;
  if (compatibilityDate === undefined) throw new Error('wrangler.toml has no compatibility_date');
  await mkdir(folder, { recursive: true });
  const config = join(folder, 'wrangler.json');
  const settings = {
    name: product.name,
    main: relative(folder, join(ROOT, 'worker', 'index.ts')),
    compatibility_date: compatibilityDate,
    define: product.define,
    alias: product.alias,
    compatibility_flags: product.compatibility_flags,
    rules: product.rules,
    minify: product.minify,
    keep_names: product.keep_names,
    r2_buckets: product.r2_buckets,
  };
  await writeFile(config, JSON.stringify(settings));
  const out = join(folder, 'out');
  await runNode([WRANGLER, 'deploy', '--dry-run', '--config', config, '--outdir', out]);
  const files = readdirSync(out);
  const wasm = files.find((file) => file.endsWith('.wasm'));
  if (wasm === undefined) throw new Error(`no WebAssembly in ${out}`);
  const parts = ['index.js', wasm].map((file) => join(out, file));
  return {
    folder: out,
    compatibilityDate,
    script: 'index.js',
    wasm,
    uploadBytes: parts.reduce((sum, file) => sum + statSync(file).size, 0),
    uploadGzipBytes: parts.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0),
  };
}
