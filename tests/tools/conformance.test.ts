// The conformance command against servers that are not ours.

import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEchoServer, type EchoServer } from '../client/echo-server.ts';
import { runCli } from './run-cli.ts';

const SCRIPT = join('tools', 'conformance.ts');

let server: EchoServer;
beforeAll(async () => {
  server = await startEchoServer();
});
afterAll(() => server.stop());

interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly outcomes: readonly { name: string; result: string; reason: string }[];
}

test('a server that does little fails, case by case, and is not asked for what it does not announce', async () => {
  const run = await runCli(SCRIPT, [server.url, '--json']);
  expect(run.code).toBe(1);
  const report = JSON.parse(run.out) as Report;
  const resultOf = (name: string): string | undefined =>
    report.outcomes.find((outcome) => outcome.name === name)?.result;
  expect(
    resultOf('live says both live and ready, as one client reads the one and one the other'),
  ).toBe('failed');
  expect(resultOf('all inputs in bytes, without a Content-Type')).toBe('passed');
  expect(resultOf('the best class of each row')).toBe('skipped');
  expect(resultOf('the list of models names this one')).toBe('skipped');
  expect(report.passed + report.failed + report.skipped).toBe(report.outcomes.length);
  const silent = report.outcomes.filter(
    ({ result, reason }) => result !== 'passed' && reason === '',
  );
  expect(silent).toEqual([]);
});

test('the table names what failed and why cases were skipped', async () => {
  const { out, code } = await runCli(SCRIPT, [server.url, '--model', 'echo']);
  expect(code).toBe(1);
  expect(out).toMatch(/echo at http.*, model echo/);
  expect(out).toMatch(/failed {2}server: live says both/);
  expect(out).toMatch(/skipped \d+: classification is not announced/);
  expect(out).toMatch(/\d+ passed, \d+ failed, \d+ skipped\s*$/);
});

test.each([
  [['http://127.0.0.1:9'], 1, /^error: http:\/\/127.0.0.1:9: /],
  [[], 2, /missing required argument/],
  [['http://127.0.0.1:9', '--fast'], 2, /unknown option/],
])('%j ends with %d and one line', async (args, code, says) => {
  const run = await runCli(SCRIPT, args);
  expect(run.code).toBe(code);
  expect(run.err).toMatch(says);
  expect(run.err).not.toMatch(/\bat .*:\d+:\d+/);
});
