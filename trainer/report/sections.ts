// Every figure of a report, in the order a reader needs them. A table of contents: each figure is the file it is imported from.

import type { Baseline } from '#contract/model/baseline.ts';
import type { Figure } from './chart.ts';
import { errorShares, residuals, trueByAnswer } from './figures/answers.ts';
import { balance } from './figures/balance.ts';
import { byTarget } from './figures/by-target.ts';
import { coefficients } from './figures/coefficients.ts';
import { confusion } from './figures/confusion.ts';
import { nameHistogram, numberHistogram } from './figures/histogram.ts';
import { importance } from './figures/importance.ts';
import { learning } from './figures/learning.ts';
import { reliability } from './figures/reliability.ts';
import { treeFigure } from './figures/tree.ts';
import { placesOf, type Place } from './places.ts';
import type { Table } from '../table/table.ts';
import type { ReportSource } from './source.ts';

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly figures: readonly Figure[];
}

/** Columns that are drawn: those that matter most to the model. */
const COLUMNS = 30;

export function sectionsOf(source: ReportSource): readonly Section[] {
  const places = placesOf(source.manifest.signature);
  return [
    { id: 'quality', title: 'How good it is', figures: quality(source) },
    { id: 'model', title: 'What it goes by', figures: model(source, places) },
    { id: 'table', title: 'What it learned from', figures: table(source, places) },
  ];
}

function quality({ manifest: { metrics, signature }, holdout }: ReportSource): readonly Figure[] {
  const { confusion_matrix, reliability: bins, answer_bins, learning_curve } = metrics;
  const { target } = signature;
  const unit = target.type === 'number' ? target.unit : null;
  const dummy =
    learning_curve === undefined ? null : (metrics.dummy[learning_curve.metric] ?? null);
  const answers = target.type === 'number' ? (answer_bins ?? []) : [];
  return there([
    ...(target.type === 'category' && confusion_matrix !== undefined
      ? confusion(target.labels, confusion_matrix)
      : []),
    bins === undefined ? null : reliability(bins),
    ...(target.type === 'number' && answers.length > 0
      ? [trueByAnswer(target, answers), residuals(target, answers)]
      : []),
    target.type === 'number' && holdout !== null ? errorShares(target, holdout) : null,
    learning_curve === undefined ? null : learning(learning_curve, { dummy, unit }),
  ]);
}

function model(
  { manifest, ensemble, baseline }: ReportSource,
  places: readonly Place[],
): readonly Figure[] {
  const { target } = manifest.signature;
  const [loss, unit] =
    target.type === 'category' ? (['log-loss', 'nats'] as const) : (['RMSE', target.unit] as const);
  return there([
    importance(manifest.metrics.permutation_importance, { places, loss, unit }),
    ensemble?.linear === undefined
      ? null
      : coefficients(ensemble.linear, { places, target, baseline }),
    ensemble === null ? null : treeFigure(ensemble, { target, places }),
  ]);
}

function table(
  { manifest, baseline, table }: ReportSource,
  places: readonly Place[],
): readonly Figure[] {
  const { target } = manifest.signature;
  if (baseline === null) return [];
  const columns = mostImportant(places, manifest.metrics.permutation_importance);
  return there([
    baseline.target === null
      ? null
      : balance(
          target,
          baseline.target,
          table?.target.type === 'number' ? table.target.values : null,
        ),
    ...columns.flatMap((index) => {
      const place = places[index]!;
      const name = fileName(place.name);
      return [
        distribution(place, baseline, {
          name: `feature-${name}`,
          values: table === null ? null : columnOf(table, index),
        }),
        table === null
          ? null
          : byTarget(table, target, { place, index, name: `feature-${name}-by-target` }),
      ];
    }),
  ]);
}

interface Distribution {
  /** Of the file. */
  readonly name: string;
  readonly values: Float32Array | null;
}

function distribution(
  place: Place,
  { features }: Baseline,
  { name, values }: Distribution,
): Figure | null {
  const histogram = features[place.name];
  if (histogram === undefined) return null;
  if (place.type === 'names') return nameHistogram(place, histogram, name);
  if (histogram.type !== 'number') return null;
  return numberHistogram(histogram, {
    name,
    label: place.label,
    unit: place.unit,
    range: place,
    values,
  });
}

/** Places in the order of what they are worth, the first of equals first. */
function mostImportant(
  places: readonly Place[],
  importances: Readonly<Record<string, { readonly mean: number }>>,
): readonly number[] {
  const worth = ({ name }: Place): number => importances[name]?.mean ?? 0;
  return places
    .map((_, index) => index)
    .sort((a, b) => worth(places[b]!) - worth(places[a]!) || a - b)
    .slice(0, COLUMNS);
}

const columnOf = ({ count, width, values }: Table, index: number): Float32Array =>
  Float32Array.from({ length: count }, (_, row) => values[row * width + index]!);

const fileName = (name: string): string => name.replaceAll('_', '-');

const there = (figures: readonly (Figure | null)[]): readonly Figure[] =>
  figures.filter((figure) => figure !== null);
