// What the product wants of itself, each as a ratio within one run or as a limit of the platform.

import { MODEL_BYTES } from '#contract/registry/gate.ts';
import { MODELS_HELD, TREES, type Point } from './growth.ts';
import {
  FASTAPI,
  FASTIFY,
  GHARIAL,
  HELLO,
  HELLO_READS,
  measurementOf,
  type Results,
} from './results.ts';
import type { Measurement } from './rounds.ts';
import { BINARY_1000, JSON_1000, ONE_ROW_16 } from './scenarios.ts';

export interface Target {
  readonly what: string;
  readonly how: string;
  readonly unit: '×' | 'µs' | 'ms' | 'M rows/s' | 'MiB' | 'MB';
  readonly wanted: readonly ['≤' | '≥', number];
  readonly measure: (results: Results) => number | null;
}

const ratio =
  (
    read: (measurement: Measurement) => number | undefined,
    scenario: string,
    [mine, theirs]: readonly [string, string] | readonly [string],
    otherScenario = scenario,
  ) =>
  (results: Results): number | null => {
    const above = measurementOf(results, mine, scenario);
    const below = measurementOf(results, theirs ?? mine, otherScenario);
    if (above === null || below === null) return null;
    const [a, b] = [read(above), read(below)];
    return a === undefined || b === undefined ? null : a / b;
  };

const cpu = (found: Measurement): number | undefined => found.cpu_per_request?.median;
const requests = (found: Measurement): number => found.requests_per_second.median;
const rows = (found: Measurement): number => found.rows_per_second.median;
const p99 = (found: Measurement): number => found.p99.median;

const coldStart = (
  results: Results,
  server: string,
  read: 'first_answer' | 'first_request' | 'startup_thread_cpu',
): number | null =>
  results.cold_starts.find((start) => start.server === server)?.[read]?.median ?? null;

const combined = (
  a: number | null,
  b: number | null,
  combine: (a: number, b: number) => number,
): number | null => (a === null || b === null ? null : combine(a, b));

function cpuMilliseconds(results: Results, scenario: string): number | null {
  const microseconds = measurementOf(results, GHARIAL, scenario)?.cpu_per_request?.median;
  return microseconds === undefined ? null : microseconds / 1_000;
}

/** Megabytes at the last point of a curve that `isWanted`. */
function heldBy(
  { growth }: Results,
  curve: string,
  isWanted: (point: Point) => boolean,
): number | null {
  const points = growth.find(({ name }) => name === curve)?.points.filter(isWanted) ?? [];
  const last = points.at(-1);
  return last === undefined ? null : last.held / 1e6;
}

const MIB = 1_048_576;

export const TARGETS: readonly Target[] = [
  {
    what: 'CPU per request beside hello world',
    how: 'one row, 16 connections',
    unit: '×',
    wanted: ['≤', 1.3],
    measure: ratio(cpu, ONE_ROW_16, [GHARIAL, HELLO]),
  },
  {
    what: 'CPU per request beside a hello world that reads the same JSON',
    how: 'one row, 16 connections',
    unit: '×',
    wanted: ['≤', 1.3],
    measure: ratio(cpu, ONE_ROW_16, [GHARIAL, HELLO_READS]),
  },
  {
    what: 'requests/s beside hello world',
    how: 'one row, 16 connections',
    unit: '×',
    wanted: ['≥', 0.8],
    measure: ratio(requests, ONE_ROW_16, [GHARIAL, HELLO]),
  },
  {
    what: 'requests/s beside FastAPI + scikit-learn',
    how: 'one row, 16 connections',
    unit: '×',
    wanted: ['≥', 5],
    measure: ratio(requests, ONE_ROW_16, [GHARIAL, FASTAPI]),
  },
  {
    what: 'p99 beside FastAPI + scikit-learn',
    how: 'one row, 16 connections',
    unit: '×',
    wanted: ['≤', 0.25],
    measure: ratio(p99, ONE_ROW_16, [GHARIAL, FASTAPI]),
  },
  {
    what: 'requests/s beside Fastify + onnxruntime-node',
    how: 'one row, 16 connections',
    unit: '×',
    wanted: ['≥', 0.8],
    measure: ratio(requests, ONE_ROW_16, [GHARIAL, FASTIFY]),
  },
  {
    what: 'rows/s beside Fastify + onnxruntime-node',
    how: '1,000 rows, binary',
    unit: '×',
    wanted: ['≥', 0.8],
    measure: ratio(rows, BINARY_1000, [GHARIAL, FASTIFY]),
  },
  {
    what: 'rows/s of binary tensors beside JSON',
    how: '1,000 rows',
    unit: '×',
    wanted: ['≥', 5],
    measure: ratio(rows, BINARY_1000, [GHARIAL], JSON_1000),
  },
  {
    what: 'rows/s inside ONNX Runtime',
    how: '1,000 rows; the same WebAssembly in node',
    unit: 'M rows/s',
    wanted: ['≥', 1.5],
    measure: ({ run_1000 }) => (run_1000 === null ? null : 1 / run_1000),
  },
  {
    what: 'share of a request of 1,000 JSON rows that is not ONNX Runtime',
    how: 'CPU of such a request beside the run alone',
    unit: '×',
    wanted: ['≤', 0.5],
    measure: (results) =>
      combined(
        results.run_1000,
        measurementOf(results, GHARIAL, JSON_1000)?.cpu_per_request?.median ?? null,
        (run, microseconds) => 1 - (run * 1_000) / microseconds,
      ),
  },
  {
    what: 'CPU of a request of one JSON row',
    how: 'the free plan allows 10 ms',
    unit: 'ms',
    wanted: ['≤', 10],
    measure: (results) => cpuMilliseconds(results, ONE_ROW_16),
  },
  {
    what: 'CPU of a request of 1,000 JSON rows',
    how: 'the free plan allows 10 ms',
    unit: 'ms',
    wanted: ['≤', 10],
    measure: (results) => cpuMilliseconds(results, JSON_1000),
  },
  {
    what: 'CPU of explaining a row',
    how: 'all features, all labels; the same code in node',
    unit: 'µs',
    wanted: ['≤', 50],
    measure: ({ explain_row }) => explain_row,
  },
  {
    what: 'first request of a fresh isolate',
    how: 'wall time, model still to be loaded',
    unit: 'ms',
    wanted: ['≤', 15],
    measure: (results) => coldStart(results, GHARIAL, 'first_request'),
  },
  {
    what: 'start-up CPU of the main thread, less hello world’s',
    how: 'the platform allows 1 s',
    unit: 'ms',
    wanted: ['≤', 500],
    measure: (results) =>
      combined(
        coldStart(results, GHARIAL, 'startup_thread_cpu'),
        coldStart(results, HELLO, 'startup_thread_cpu'),
        (mine, floor) => mine - floor,
      ),
  },
  {
    what: 'cold process to first answer beside FastAPI + scikit-learn',
    how: 'process start to correct answer',
    unit: '×',
    wanted: ['≤', 0.25],
    measure: (results) =>
      combined(
        coldStart(results, GHARIAL, 'first_answer'),
        coldStart(results, FASTAPI, 'first_answer'),
        (mine, theirs) => mine / theirs,
      ),
  },
  {
    what: 'memory of an isolate with ten models',
    how: '20 trees each; heap after a collection, and linear memory',
    unit: 'MB',
    wanted: ['≤', 128],
    measure: (results) => heldBy(results, MODELS_HELD, ({ at }) => at <= 10),
  },
  {
    what: 'memory of an isolate with the largest model that the gate admits',
    how: `of the measured ones under ${MODEL_BYTES / MIB} MiB`,
    unit: 'MB',
    wanted: ['≤', 128],
    measure: (results) => heldBy(results, TREES, ({ model_bytes }) => model_bytes <= MODEL_BYTES),
  },
  {
    what: 'upload',
    how: 'uncompressed; the platform allows 64 MiB',
    unit: 'MiB',
    wanted: ['≤', 64],
    measure: ({ upload_bytes }) => upload_bytes / MIB,
  },
];

export function isMet({ wanted: [sign, bound] }: Target, measured: number): boolean {
  return sign === '≤' ? measured <= bound : measured >= bound;
}
