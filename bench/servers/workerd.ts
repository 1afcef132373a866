// A bare workerd on loopback: the product's bundle with a folder as its bucket, or the hello-world floor. No proxy before it.

import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { ROOT } from '../../tools/wrangler.ts';
import type { BuiltWorker } from '../build-worker.ts';
import { spawnServer, type Start } from './server.ts';

/** The binary that this checkout's wrangler runs. */
const require = createRequire(createRequire(import.meta.url).resolve('wrangler/package.json'));
const { default: WORKERD } = require('workerd') as { default: string };

const WORKERS = join(ROOT, 'bench', 'workers');

export interface GharialOptions {
  readonly worker: BuiltWorker;
  /** Of a registry: what the bucket holds. */
  readonly registry: string;
  /** Where the configuration is written. */
  readonly folder: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Where workerd's inspector listens; by default nowhere. */
  readonly inspectorPort?: number;
}

export async function gharial(name: string, options: GharialOptions): Promise<Start> {
  const { worker, registry, folder, variables = {}, inspectorPort } = options;
  await mkdir(folder, { recursive: true });
  for (const file of [worker.script, worker.wasm])
    await cp(join(worker.folder, file), join(folder, file));
  await cp(join(WORKERS, 'bucket.js'), join(folder, 'bucket.js'));
  const keys = JSON.stringify(await keysOf(registry));
  const texts = Object.entries(variables).map(([key, value]) => text(key, value));
  const modules = [module(worker.script), wasmModule(worker.wasm)];
  const config = capnp(worker.compatibilityDate, {
    services: [
      // First, since workerd drops WebAssembly's baseline code of the whole process whenever it makes an isolate
      // (docs/decisions/051): R2 is no Worker, and makes none after the product's has started.
      {
        name: 'bucket',
        modules: [module('bucket.js')],
        bindings: ['(name = "FOLDER", service = "folder")', text('KEYS', keys)],
      },
      { name: 'main', modules, bindings: ['(name = "MODELS", r2Bucket = "bucket")', ...texts] },
    ],
    disks: [{ name: 'folder', path: registry }],
  });
  return startOf(name, { folder, config, inspectorPort });
}

export interface HelloOptions {
  /** `hello.js` or `hello-reads.js`. */
  readonly script: string;
  readonly folder: string;
  /** What it answers, whatever is asked. */
  readonly answer: string;
  readonly compatibilityDate: string;
  readonly inspectorPort?: number;
}

export async function hello(name: string, options: HelloOptions): Promise<Start> {
  const { script, folder, answer, compatibilityDate, inspectorPort } = options;
  await mkdir(folder, { recursive: true });
  await cp(join(WORKERS, script), join(folder, script));
  const bindings = [text('ANSWER', answer)];
  const config = capnp(compatibilityDate, {
    services: [{ name: 'main', modules: [module(script)], bindings }],
    disks: [],
  });
  return startOf(name, { folder, config, inspectorPort });
}

interface Configured {
  readonly folder: string;
  readonly config: string;
  readonly inspectorPort: number | undefined;
}

async function startOf(
  name: string,
  { folder, config, inspectorPort }: Configured,
): Promise<Start> {
  const path = join(folder, 'config.capnp');
  await writeFile(path, config);
  const args = (port: number): readonly string[] => [
    'serve',
    path,
    `--socket-addr=http=127.0.0.1:${port}`,
    ...(inspectorPort === undefined ? [] : [`--inspector-addr=127.0.0.1:${inspectorPort}`]),
  ];
  return () => spawnServer(name, WORKERD, args);
}

async function keysOf(registry: string): Promise<readonly string[]> {
  const entries = await readdir(registry, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(registry, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((key) => !key.startsWith('.'))
    .sort();
}

interface Setup {
  readonly services: readonly {
    readonly name: string;
    readonly modules: readonly string[];
    readonly bindings: readonly string[];
  }[];
  readonly disks: readonly { readonly name: string; readonly path: string }[];
}

/** JSON's strings are Cap'n Proto's, as far as these go. */
const quote = (value: string): string => JSON.stringify(value);
const text = (name: string, value: string): string =>
  `(name = ${quote(name)}, text = ${quote(value)})`;
const module = (file: string): string => `(name = ${quote(file)}, esModule = embed ${quote(file)})`;
const wasmModule = (file: string): string =>
  `(name = ${quote(`./${file}`)}, wasm = embed ${quote(file)})`;

function capnp(compatibilityDate: string, { services, disks }: Setup): string {
  const workers = services.map(
    ({ name, modules, bindings }) => `(name = ${quote(name)}, worker = (
      modules = [${modules.join(', ')}],
      compatibilityDate = ${quote(compatibilityDate)},
      bindings = [${bindings.join(', ')}],
    ))`,
  );
  const folders = disks.map(
    ({ name, path }) => `(name = ${quote(name)}, disk = (path = ${quote(path)}))`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [${[...workers, ...folders].join(', ')}],
  sockets = [(name = "http", http = (), service = "main")],
);
`;
}
