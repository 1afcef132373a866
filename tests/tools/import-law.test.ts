// The parts never import each other: they meet in the contract, in artifacts and over HTTP.

import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** What each part may import besides itself; `node` stands for node's own modules. */
const LAW: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  client: ['contract'],
  store: ['contract', 'node', 'aws4fetch', 'p-retry', 'wrangler'],
  engine: ['contract', 'node', 'esbuild', 'onnxruntime-web', 'protobufjs'],
  registry: [
    'contract',
    'engine',
    'store',
    // verify trains again.
    'trainer',
    'node',
    'commander',
    'cli-progress',
    'cli-table3',
    'picocolors',
  ],
  data: [
    'contract',
    'store',
    'node',
    'commander',
    'cli-progress',
    'cli-table3',
    'csv-parse',
    'picocolors',
    'p-retry',
    'ignore',
    'yaml',
  ],
  models: ['contract'],
  // Pure statistics, and so at home on both sides of the wire.
  monitor: ['contract'],
  trainer: [
    'contract',
    'data',
    'engine',
    'models',
    'monitor',
    'store',
    'node',
    'ml-cart',
    'onnxruntime-web',
    'protobufjs',
    'commander',
    'cli-progress',
    'cli-table3',
    'picocolors',
    'p-retry',
    '@observablehq/plot',
    'linkedom',
  ],
  worker: [
    'contract',
    'monitor',
    // The kernel alone, see below.
    'engine',
    'store',
    'cloudflare:workers',
    'csv-parse',
    'hono',
    'onnxruntime-web',
    'p-retry',
    // The version the API calls itself by.
    'package.json',
  ],
  site: [
    'contract',
    'client',
    'engine',
    'svelte',
    '@sveltejs/kit',
    '$app',
    '$service-worker',
    '$lib',
    '@sveltejs/adapter-cloudflare',
    '@sveltejs/vite-plugin-svelte',
    'vite',
    'node',
    'marked',
    'papaparse',
    '@observablehq/plot',
    'onnxruntime-web',
    // Its version, for the footer and the cache's name.
    'package.json',
  ],
};

/** Engines have one importer a part; their words stop there. */
const SOLE_IMPORTERS: Readonly<Record<string, RegExp>> = {
  'ml-cart': /^trainer\/fit\//,
  'onnxruntime-web':
    /^(trainer\/verify\.ts|engine\/onnx\/session\.ts|worker\/inference\/runtime\.ts|site\/src\/lib\/here\/runtime\.ts)$/,
  papaparse: /^site\/src\/lib\/csv\.ts$/,
  '@observablehq/plot': /^(site\/src\/lib\/components\/Plot\.svelte|trainer\/report\/chart\.ts)$/,
  linkedom: /^trainer\/report\/chart\.ts$/,
  protobufjs: /^(engine\/onnx|trainer\/convert)\//,
  aws4fetch: /^store\/s3\/s3-store\.ts$/,
  ignore: /^data\/dvc\/repository\.ts$/,
  yaml: /^data\/dvc\/yaml\.ts$/,
  'csv-parse': /^(data\/|worker\/protocols\/(v1|mlflow)\/)/,
};

interface Import {
  readonly file: string;
  readonly specifier: string;
  /** A part, a package, or `node`. */
  readonly target: string;
}

describe.each(Object.keys(LAW))('%s', (part) => {
  const imports = importsOf(part);

  test('is read by this test', () => {
    expect(globSync(`${part}/**/*.{ts,svelte}`, { cwd: ROOT }).length).toBeGreaterThan(0);
  });

  test('imports what the law allows and nothing else', () => {
    const allowed = [part, ...LAW[part]!];
    const strangers = imports.filter(({ target }) => !allowed.includes(target));
    expect(strangers).toEqual([]);
  });

  test('keeps each engine to its one importer', () => {
    const others = imports.filter(
      ({ file, target }) =>
        SOLE_IMPORTERS[target] !== undefined && !SOLE_IMPORTERS[target].test(file),
    );
    expect(others).toEqual([]);
  });
});

test('the kernel runs anywhere: it imports the contract, and is all that worker and site import of the engine', () => {
  const strangers = importsOf('engine/kernel').filter(
    ({ specifier }) => !/^(\.\/|#contract\/)/.test(specifier),
  );
  const others = ['worker', 'site']
    .flatMap(importsOf)
    .filter(({ target, specifier }) => target === 'engine' && !/engine\/kernel\//.test(specifier));
  expect([...strangers, ...others]).toEqual([]);
});

function importsOf(part: string): Import[] {
  return globSync(`${part}/**/*.{ts,mjs,js,svelte}`, {
    cwd: ROOT,
    exclude: (name) => name === 'node_modules' || name === '.svelte-kit' || name === 'raw',
  }).flatMap((name) => {
    const file = name.split(sep).join('/');
    return ts
      .preProcessFile(scriptOf(file, readFileSync(join(ROOT, file), 'utf8')))
      .importedFiles.map(({ fileName: specifier }) => ({
        file,
        specifier,
        target: targetOf(file, specifier),
      }));
  });
}

/** The script blocks of a component; a TypeScript file as it is. */
function scriptOf(file: string, text: string): string {
  if (!file.endsWith('.svelte')) return text;
  return [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)]
    .map(([, code]) => code)
    .join('\n');
}

function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('.')) {
    const path = relative(ROOT, resolve(ROOT, file, '..', specifier));
    return path.split(sep)[0]!;
  }
  if (specifier.startsWith('#')) return specifier.slice(1).split('/')[0]!;
  if (isBuiltin(specifier)) return 'node';
  const [scope, name] = specifier.split('/');
  return specifier.startsWith('@') ? `${scope}/${name}` : scope!;
}
