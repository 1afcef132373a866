// A run's results as tables: the same rows on the screen and in docs/benchmarks.md.

import { figure, megabytes, range } from './format.ts';
import type { Results } from './results.ts';
import { isMet, TARGETS } from './targets.ts';

export interface ReportTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function reportTables(results: Results): readonly ReportTable[] {
  return [targetTable(results), loadTable(results), coldTable(results)].filter(
    ({ rows }) => rows.length > 0,
  );
}

function targetTable(results: Results): ReportTable {
  const rows = TARGETS.flatMap((target) => {
    const measured = target.measure(results);
    if (measured === null) return [];
    const { what, how, unit, wanted } = target;
    const verdict = isMet(target, measured) ? 'met' : '**missed**';
    return [[what, `${wanted.join(' ')} ${unit}`, `${figure(measured)} ${unit}`, verdict, how]];
  });
  return { title: 'Targets', head: ['what', 'target', 'measured', '', 'how'], rows };
}

function loadTable({ measurements }: Results): ReportTable {
  return {
    title: 'Under load',
    head: ['request', 'server', 'requests/s', 'CPU µs/request', 'p50 ms', 'p99 ms', 'memory'],
    rows: measurements.map((found) => [
      found.scenario,
      found.server,
      range(found.requests_per_second),
      found.cpu_per_request === null ? '' : range(found.cpu_per_request),
      figure(found.p50.median / 1_000),
      figure(found.p99.median / 1_000),
      found.resident_bytes === null ? '' : megabytes(found.resident_bytes),
    ]),
  };
}

function coldTable({ cold_starts }: Results): ReportTable {
  return {
    title: 'From nothing',
    head: [
      'server',
      'process start to first answer, ms',
      'CPU until it rests, busiest thread, ms',
      'CPU until it rests, all, ms',
      'first request once it rests, ms',
    ],
    rows: cold_starts.map((start) => [
      start.server,
      range(start.first_answer),
      start.startup_thread_cpu === null ? '' : range(start.startup_thread_cpu),
      start.startup_cpu === null ? '' : range(start.startup_cpu),
      range(start.first_request),
    ]),
  };
}
