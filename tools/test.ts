// `npm test`: types, lint and format, then every test in node, in workerd and in a real Chromium.

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import color from 'picocolors';
import { ensureChromium } from './ensure-chromium.ts';
import { QUIET_ENV, ROOT } from './wrangler.ts';

const REPORT = join(ROOT, '.scratch', 'test-report.json');

const CHECKS: readonly (readonly [name: string, bin: string, ...args: string[]])[] = [
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['lint', 'eslint', '.'],
  ['types', 'typescript:tsc', '-p', '.'],
  ['types of the worker', 'typescript:tsc', '-p', 'worker'],
  ['types of its tests', 'typescript:tsc', '-p', 'tests/worker'],
];

const SITE_CHECKS: typeof CHECKS = [
  [
    'types of the site',
    'svelte-check',
    '--tsconfig',
    'site/tsconfig.json',
    '--fail-on-warnings',
    '--output',
    'human',
  ],
];

const args = process.argv.slice(2);
const whole = args.length === 0;

let failedChecks = 0;
if (whole) {
  await ensureChromium();
  // The build writes the site's generated types, which its check and the linter need.
  failedChecks += await check('site build', [join(ROOT, 'tools/build-site.ts')]);
  for (const [name, bin, ...rest] of [...CHECKS, ...SITE_CHECKS])
    failedChecks += await check(name, [binPath(bin), ...rest]);
}

mkdirSync(dirname(REPORT), { recursive: true });
rmSync(REPORT, { force: true });
const code = await run([
  binPath('vitest'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${REPORT}`,
  ...args,
]);
const { numPassedTests: passed, numFailedTests: failed } = readReport();
const total = whole ? CHECKS.length + SITE_CHECKS.length + 1 : 0;
const failures = failed + failedChecks + (code !== 0 && failed === 0 ? 1 : 0);
console.log(`\n${passed + total - failedChecks} passed, ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);

async function check(name: string, command: readonly string[]): Promise<number> {
  const started = Date.now();
  const failed = (await run(command)) !== 0;
  const mark = failed ? color.red('✗') : color.green('✓');
  console.log(`${mark} ${name} ${color.dim(`${((Date.now() - started) / 1000).toFixed(1)} s`)}`);
  return failed ? 1 : 0;
}

function run(command: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...QUIET_ENV },
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** The script behind `package` or `package:bin`, so that no shell and no .cmd file is needed. */
function binPath(name: string): string {
  const [pkg = name, bin = pkg] = name.split(':');
  const file = join(ROOT, 'node_modules', pkg, 'package.json');
  const manifest = createRequire(import.meta.url)(file) as { bin: string | Record<string, string> };
  const path = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin];
  if (path === undefined) throw new Error(`no such command: ${name}`);
  return join(dirname(file), path);
}

/** Vitest's own count; a run that broke before it could count has no passes. */
function readReport(): { numPassedTests: number; numFailedTests: number } {
  try {
    return JSON.parse(readFileSync(REPORT, 'utf8')) as ReturnType<typeof readReport>;
  } catch {
    return { numPassedTests: 0, numFailedTests: 0 };
  }
}
