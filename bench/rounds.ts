// Every server and every scenario in turn, round after round, so that whatever else the machine does meets all of them alike.

import { sendLoad } from './load.ts';
import type { Dialect, Scenario } from './scenarios.ts';
import type { Server } from './servers/server.ts';
import { quantile, spreadOf, type Spread } from './statistics.ts';
import { usageOf } from './usage.ts';

export interface Contestant {
  readonly server: Server;
  readonly dialect: Dialect;
  /** Servers that read no binary tensors are left out of those. */
  readonly isBinary: boolean;
}

export interface Rounds {
  readonly rounds: number;
  /** Of each measurement; the same again before the first, to warm up. */
  readonly milliseconds: number;
  readonly onRound?: () => void;
}

/** Latencies and CPU in microseconds, medians over the rounds with the lowest and highest beside. */
export interface Measurement {
  readonly server: string;
  readonly scenario: string;
  readonly requests_per_second: Spread;
  readonly rows_per_second: Spread;
  /** CPU of the serving process per request; null where the kernel does not say. */
  readonly cpu_per_request: Spread | null;
  readonly p50: Spread;
  readonly p99: Spread;
  readonly resident_bytes: number | null;
}

interface Sample {
  readonly requestsPerSecond: number;
  readonly cpu: number | null;
  readonly p50: number;
  readonly p99: number;
}

export async function measureRounds(
  contestants: readonly Contestant[],
  scenarios: readonly Scenario[],
  { rounds, milliseconds, onRound }: Rounds,
): Promise<readonly Measurement[]> {
  const pairs = scenarios.flatMap((scenario) =>
    contestants
      .filter(({ dialect }) => scenario.requests[dialect] !== undefined)
      .filter(({ isBinary }) => isBinary || !scenario.name.includes('binary'))
      .map((contestant) => ({ contestant, scenario, samples: [] as Sample[] })),
  );
  for (let round = -1; round < rounds; round++) {
    for (const { contestant, scenario, samples } of pairs) {
      const sample = await measureOnce(contestant, scenario, milliseconds);
      if (round >= 0) samples.push(sample);
    }
    onRound?.();
  }
  return pairs.map(({ contestant: { server }, scenario, samples }) => {
    const spread = (read: (sample: Sample) => number): Spread => spreadOf(samples.map(read));
    return {
      server: server.name,
      scenario: scenario.name,
      requests_per_second: spread((sample) => sample.requestsPerSecond),
      rows_per_second: spread((sample) => sample.requestsPerSecond * scenario.rows),
      cpu_per_request: samples[0]!.cpu === null ? null : spread((sample) => sample.cpu!),
      p50: spread((sample) => sample.p50),
      p99: spread((sample) => sample.p99),
      resident_bytes: usageOf(server.pid)?.resident ?? null,
    };
  });
}

async function measureOnce(
  { server, dialect }: Contestant,
  { connections, requests }: Scenario,
  milliseconds: number,
): Promise<Sample> {
  const request = requests[dialect]!;
  const before = usageOf(server.pid);
  const load = await sendLoad({ port: server.port, request, connections, milliseconds });
  const after = usageOf(server.pid);
  return {
    requestsPerSecond: (load.requests / load.milliseconds) * 1_000,
    cpu: before === null || after === null ? null : (after.cpu - before.cpu) / load.requests,
    p50: quantile(load.latencies, 0.5),
    p99: quantile(load.latencies, 0.99),
  };
}
