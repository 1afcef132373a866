// The same cases answered here and by scipy, Evidently and NannyML, where a Python has them.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createRandom, type Random } from '../../data/random.ts';
import { defaultDrift, type ColumnType } from '../../monitor/default-drift.ts';
import {
  chiSquare,
  jensenShannon,
  kolmogorovSmirnov,
  wasserstein,
} from '../../monitor/distances.ts';
import {
  estimateAccuracy,
  estimateAuroc,
  estimateF1,
  type LabelCounts,
} from '../../monitor/estimate-performance.ts';

const SCRIPT = join(import.meta.dirname, 'oracles.py');

interface BinCase {
  readonly positions: readonly number[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

export interface ColumnCase {
  readonly type: ColumnType;
  readonly reference: readonly (number | string)[];
  readonly current: readonly (number | string)[];
}

interface ProbabilityCase {
  readonly probabilities: readonly number[];
  readonly predicted: readonly number[];
}

interface Answers {
  readonly versions: Readonly<Record<string, string | null>>;
  readonly distances: readonly Readonly<Record<string, number>>[] | null;
  readonly decisions: readonly { readonly drifted: boolean; readonly score: number }[] | null;
  readonly estimates: readonly Readonly<Record<'accuracy' | 'f1' | 'auroc', number>>[] | null;
}

export interface Agreement {
  readonly versions: Readonly<Record<string, string | null>>;
  /** Largest difference of any distance or p-value; null where scipy is missing. */
  readonly distances: number | null;
  /** Equal decisions of all; null where Evidently is missing. */
  readonly decisions: { readonly equal: number; readonly all: number } | null;
  /** Largest difference of any estimate; null where NannyML is missing. */
  readonly estimates: number | null;
}

/** Asks one Python; what it lacks can be asked of another. Throws when it cannot run at all. */
export function askOracles(python: string, seed = 1): Agreement {
  const random = createRandom(seed);
  const bins = Array.from({ length: 100 }, () => binCase(random));
  const columns = Array.from({ length: 200 }, (_, place) => columnCase(random, place));
  const rows = Array.from({ length: 20 }, () => probabilityCase(random));
  const input = JSON.stringify({ distances: bins, decisions: columns, estimates: rows });
  const { stdout, stderr, status, error } = spawnSync(python, [SCRIPT], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${python} failed: ${error?.message ?? stderr.slice(-500)}`);
  if (stderr !== '') process.stderr.write(stderr);
  const { versions, distances, decisions, estimates } = parseAnswers(stdout);
  return {
    versions,
    distances: distances && largest(bins.map((one, at) => distancesApart(one, distances[at]!))),
    decisions: decisions && {
      equal: columns.filter(
        (one, at) =>
          defaultDrift(one.type, one.reference, one.current)?.drifted === decisions[at]!.drifted,
      ).length,
      all: columns.length,
    },
    estimates: estimates && largest(rows.map((one, at) => estimatesApart(one, estimates[at]!))),
  };
}

const parseAnswers = (text: string): Answers => JSON.parse(text) as Answers;

const largest = (numbers: readonly number[]): number => Math.max(...numbers);

function binCase(random: Random): BinCase {
  const bins = 2 + Math.floor(random.uniform() * 28);
  let position = 0;
  const count = (): number => Math.floor(random.uniform() ** 2 * 200);
  return {
    positions: Array.from({ length: bins }, () => (position += 0.1 + random.uniform())),
    reference: Array.from({ length: bins }, (_, bin) => count() + Number(bin === 0)),
    current: Array.from({ length: bins }, (_, bin) => count() + Number(bin === 1)),
  };
}

function distancesApart(
  { positions, reference, current }: BinCase,
  answers: Readonly<Record<string, number>>,
): number {
  const ours: Readonly<Record<string, number>> = {
    jensen_shannon: jensenShannon(reference, current),
    kolmogorov_smirnov: kolmogorovSmirnov(reference, current),
    wasserstein: wasserstein(positions, reference, current),
    chi_square: chiSquare(reference, current).p,
  };
  return largest(Object.entries(ours).map(([name, value]) => Math.abs(value - answers[name]!)));
}

/** All paths of the rule: few and many rows, numbers, codes, texts and pairs of values; half of them shifted somewhat. */
export function columnCase(random: Random, place: number): ColumnCase {
  const rows = place % 2 === 0 ? 200 + Math.floor(random.uniform() * 700) : 1200;
  const shift = random.uniform() < 0.4 ? 0 : random.uniform() * 0.4;
  const kind = place % 5;
  const value = (moved: number): number | string => {
    if (kind === 0) return random.deviate() + moved;
    if (kind === 1) return Math.round(random.deviate() * 4 + moved * 3);
    const values = kind === 2 ? 2 : 4;
    const code = Math.min(values - 1, Math.floor((random.uniform() ** 1.3 + moved / 4) * values));
    return kind === 4 ? code : `c${code}`;
  };
  return {
    type: kind === 2 || kind === 3 ? 'category' : 'number',
    reference: Array.from({ length: rows }, () => value(0)),
    current: Array.from({ length: 100 + Math.floor(random.uniform() * 900) }, () => value(shift)),
  };
}

function probabilityCase(random: Random): ProbabilityCase {
  const probabilities = Array.from({ length: 500 }, () => random.uniform());
  return { probabilities, predicted: probabilities.map((p) => Number(p >= 0.5)) };
}

/** Each row is a block of its own. */
function estimatesApart(
  { probabilities, predicted }: ProbabilityCase,
  answers: Readonly<Record<'accuracy' | 'f1' | 'auroc', number>>,
): number {
  const order = probabilities.map((_, row) => row);
  order.sort((a, b) => probabilities[a]! - probabilities[b]!);
  // First the second label's probabilities, then the first label's, which are one less them.
  const worth = [
    ...order.map((row) => probabilities[row]!),
    ...order.map((row) => 1 - probabilities[row]!),
  ];
  const half = order.length;
  const places = worth.map((_, at) => at);
  const isSecond = (at: number): boolean => predicted[order[at % half]!] === 1;
  const counts: LabelCounts = {
    probable: [places.map((at) => Number(at >= half)), places.map((at) => Number(at < half))],
    predicted: [
      places.map((at) => Number(at >= half && !isSecond(at))),
      places.map((at) => Number(at < half && isSecond(at))),
    ],
  };
  return largest([
    Math.abs(estimateAccuracy(worth, counts) - answers.accuracy),
    Math.abs(estimateF1(worth, counts, 1) - answers.f1),
    Math.abs(
      estimateAuroc(
        worth.slice(0, half),
        order.map(() => 1),
      ) - answers.auroc,
    ),
  ]);
}
