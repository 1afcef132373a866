// Builds the site when what it is made of has changed since the last build; says nothing unless that fails.
// wrangler runs it before every start and deploy, and on every edit.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { acquire } from './lock.ts';
import { QUIET_ENV, ROOT } from './wrangler.ts';

const SITE = join(ROOT, 'site');
const OUTPUT = join(SITE, '.svelte-kit');
const PAGE = join(OUTPUT, 'cloudflare', 'index.html');
/** Holds the hash of the inputs that the page there was made of. */
const RECORD = join(OUTPUT, 'inputs.sha256');

/** The lock file stands for every package the build uses. */
const INPUTS = [
  'site/**/*',
  'client/**/*.ts',
  'contract/**/*.ts',
  'docs/**/*.md',
  'package.json',
  'package-lock.json',
];
const MADE = new Set(['.svelte-kit', 'node_modules', '.DS_Store']);

if (!isFresh()) {
  mkdirSync(OUTPUT, { recursive: true });
  const release = await acquire(join(OUTPUT, 'build.lock'));
  process.once('exit', release);
  // Another process may have built it while this one waited.
  if (!isFresh()) process.exitCode = await build();
}

function isFresh(): boolean {
  return existsSync(PAGE) && existsSync(RECORD) && readFileSync(RECORD, 'utf8') === hashInputs();
}

/** The exit code; an edit during the build leaves the record of what it began with, so that the next run builds again. */
async function build(): Promise<number> {
  const hash = hashInputs();
  rmSync(RECORD, { force: true });
  const { code, output } = await runVite();
  if (code === 0) writeFileSync(RECORD, hash);
  else process.stderr.write(`${output}\nthe site could not be built: vite ended with ${code}\n`);
  return code;
}

function hashInputs(): string {
  const hash = createHash('sha256');
  const options = { cwd: ROOT, withFileTypes: true, exclude: isMade } as const;
  const files = globSync(INPUTS, options)
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    const bytes = readFileSync(file);
    hash.update(`${file.slice(ROOT.length)} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

function isMade(entry: { readonly name: string }): boolean {
  return MADE.has(entry.name);
}

function runVite(): Promise<{ code: number; output: string }> {
  const bin = createRequire(import.meta.url).resolve('vite/package.json');
  return new Promise((resolve, reject) => {
    // SvelteKit takes the folder it runs in for the site; a caller's NODE_ENV must not end up in the page.
    const child = spawn(process.execPath, [join(dirname(bin), 'bin/vite.js'), 'build'], {
      cwd: SITE,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...QUIET_ENV, NODE_ENV: 'production' },
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => child.kill());
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }),
    );
  });
}
