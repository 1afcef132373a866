import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quantile, spreadOf } from '../../bench/statistics.ts';
import { ROOT } from '../../tools/wrangler.ts';

test('a prediction costs no more than some hello worlds', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const out = join(folder, 'bench.json');
  try {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['bench/cli.ts', '--short', '--out', out],
      { cwd: ROOT, encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { measurements } = JSON.parse(readFileSync(out, 'utf8')) as {
      measurements: { server: string; requests_per_second: { median: number } }[];
    };
    expect(measurements).toHaveLength(3);
    for (const { requests_per_second } of measurements)
      expect(requests_per_second.median).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.each([['--rounds', '0'], ['--rounds', 'x'], ['--nonsense']])(
  '%s %s is a fault of usage',
  (...args) => {
    const run = spawnSync(process.execPath, ['bench/cli.ts', ...args], { cwd: ROOT });
    expect(run.status).toBe(2);
    expect(String(run.stderr).trim().split('\n')).toHaveLength(1);
  },
);

test('a spread is the middle, the least and the greatest', () => {
  expect(spreadOf([5, 1, 3])).toEqual({ median: 3, low: 1, high: 5 });
  expect(spreadOf([2])).toEqual({ median: 2, low: 2, high: 2 });
  expect(quantile([1, 2, 3, 4], 0.99)).toBe(4);
});
