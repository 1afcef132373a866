// `npm run dev`: the Worker by wrangler and the site by Vite, each reloading on an edit; Vite hands API requests on.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { onEnd } from './on-end.ts';
import { endChild, ROOT, spawnWrangler } from './wrangler.ts';

const WORKER_PORT = '8787';

const vite = join(
  dirname(createRequire(import.meta.url).resolve('vite/package.json')),
  'bin/vite.js',
);
const children = [
  spawnWrangler(['dev', '--port', WORKER_PORT, '--show-interactive-dev-session=false'], 'inherit'),
  spawn(process.execPath, [vite, 'dev'], {
    cwd: join(ROOT, 'site'),
    stdio: 'inherit',
    env: { ...process.env, GHARIAL_API: `http://localhost:${WORKER_PORT}` },
  }),
];

const end = async (code: number): Promise<never> => {
  await Promise.all(children.map((child) => endChild(child)));
  process.exit(code);
};
for (const child of children) child.once('exit', (code) => void end(code ?? 1));
onEnd(() => void end(0));
