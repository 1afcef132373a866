// `npm start`: data if there is none, a model if none is published, the site if it is stale, then site and API on one port.

import { Command, InvalidArgumentError } from 'commander';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import color from 'picocolors';
import { runScript } from './run-script.ts';
import { isPortFree, waitUntilReady } from './wait-until-ready.ts';
import { onEnd } from './on-end.ts';
import { endChild, ROOT, spawnWrangler } from './wrangler.ts';

const READY_MS = 120_000;
const LOG = join(ROOT, '.wrangler', 'start.log');

const options = new Command('npm start --')
  .description('Trains a first model if none is published, and serves site and API.')
  .option('--port <number>', 'port to listen on', parsePort, 8787)
  .option('--host <address>', 'address to listen on; 0.0.0.0 opens it to the network', 'localhost')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<{ port: number; host: string }>();

if (!(await isPortFree(options.port)))
  fail(`port ${options.port} is taken: npm start -- --port ${options.port + 1}`);

for (const [script, ...args] of [
  ['data/cli.ts'],
  ['trainer/cli.ts', '--unless-published'],
  ['tools/build-site.ts'],
]) {
  const code = await runScript(script!, args);
  if (code !== 0) process.exit(code);
}

const server = spawnWrangler(
  [
    'dev',
    '--port',
    String(options.port),
    '--ip',
    options.host,
    '--inspector-port',
    '0',
    '--show-interactive-dev-session=false',
  ],
  ['ignore', 'pipe', 'pipe'],
);
mkdirSync(join(ROOT, '.wrangler'), { recursive: true });
const log = createWriteStream(LOG);
server.stdout!.pipe(log);
server.stderr!.pipe(log);

let stopping = false;
onEnd(() => {
  stopping = true;
  void endChild(server).then(() => process.exit(0));
});
server.once('exit', (code) => {
  if (!stopping) fail(`the server ended with code ${code ?? 1}:\n${lastLines(15)}`);
});

const url = `http://${options.host === '0.0.0.0' ? 'localhost' : options.host}:${options.port}`;
const ready = await waitUntilReady(`${url}/v2/health/ready`, READY_MS, () => stopping);
if (!ready && !stopping) {
  stopping = true;
  await endChild(server);
  fail(`the server is not ready after ${READY_MS / 1000} s:\n${lastLines(15)}`);
}
if (ready) await announce(url);

/** Says where everything is, with a request to paste that is one of the model's own examples. */
async function announce(url: string): Promise<void> {
  const { models } = (await (await fetch(`${url}/v1/models`)).json()) as {
    models: { name: string; champion: string | null }[];
  };
  const { name } = models.find((model) => model.champion !== null)!;
  const { manifest } = (await (await fetch(`${url}/v1/models/${name}`)).json()) as {
    manifest: { version: string; examples: { row: Record<string, unknown> }[] };
  };
  const body = JSON.stringify({ rows: [manifest.examples[0]?.row ?? {}] }).replaceAll(
    "'",
    '\\u0027',
  );
  console.log(`
${color.bold(color.green('Gharial is serving'))} ${name} ${color.dim(`version ${manifest.version}`)}

  page  ${color.cyan(url)}
  API   ${color.cyan(`${url}/v1/models`)}

  curl ${url}/v1/models/${name}/predict -H 'content-type: application/json' \\
    -d '${body}'

${color.dim('Ctrl-C ends it. What the server logs is in .wrangler/start.log')}`);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('a port is a number from 1 to 65535.');
  return port;
}

function lastLines(count: number): string {
  return readFileSync(LOG, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}

function fail(message: string): never {
  console.error(`${color.red('npm start:')} ${message}`);
  process.exit(1);
}
