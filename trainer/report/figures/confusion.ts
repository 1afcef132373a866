// Which labels are taken for which, counted over all held-out rows.

import { chart, type Figure } from '../chart.ts';
import { listed, percent, plural, count } from '../words.ts';
import { bars } from './bars.ts';
import { heat, type Cell } from './heat.ts';

/** Labels whose names and numbers can be read in a grid. */
const NAMED = 30;
const PAIRS = 20;
const SIZE = 700;

type Matrix = readonly (readonly number[])[];

interface Pair {
  readonly truth: string;
  readonly taken: string;
  readonly rows: number;
}

/** Rows of `matrix` by true label, columns by the label that was answered. Of many labels also the pairs that are confused most. */
export function confusion(labels: readonly string[], matrix: Matrix): readonly Figure[] {
  const pairs = pairsOf(labels, matrix);
  const caption = captionOf(labels, matrix, pairs);
  if (labels.length <= NAMED) return [named(labels, matrix, caption)];
  const most = pairs.slice(0, PAIRS);
  if (most.length === 0) return [dotted(labels, matrix, caption)];
  return [
    dotted(labels, matrix, caption),
    bars({
      name: 'confused-pairs',
      title: 'Labels that are confused most',
      caption: `The ${plural(most.length, 'pair')} of true label and answer with most mistakes, of ${plural(pairs.length, 'pair')} that are ever confused.`,
      bars: most.map(({ truth, taken, rows }) => ({ name: `${truth} → ${taken}`, rows })),
      color: 'var(--other)',
      // Two names.
      labelWidth: 700,
    }),
  ];
}

function named(labels: readonly string[], matrix: Matrix, caption: string): Figure {
  const cells = matrix.flatMap((row, truth) => {
    const total = row.reduce((sum, rows) => sum + rows, 0);
    return row.flatMap((rows, taken): Cell[] => {
      if (rows === 0) return [];
      const share = rows / total;
      const isRight = truth === taken;
      return [
        {
          row: labels[truth]!,
          column: labels[taken]!,
          // A single mistake among many rows can still be seen.
          share: isRight ? share : Math.max(share, 0.45),
          text: count(rows),
          tip: `${labels[truth]!} taken for ${labels[taken]!}: ${plural(rows, 'row')}, ${percent(share)} of it`,
          color: isRight ? 'var(--heat)' : 'var(--heat-other)',
        },
      ];
    });
  });
  return heat({
    name: 'confusion-matrix',
    title: 'Confusion matrix',
    caption,
    rows: labels,
    columns: labels,
    cells,
    rowLabel: 'true label',
    columnLabel: 'answer',
  });
}

/** A square a pair, without names: the diagonal is what is right. */
function dotted(labels: readonly string[], matrix: Matrix, caption: string): Figure {
  const squares = matrix.flatMap((row, truth) => {
    const total = row.reduce((sum, rows) => sum + rows, 0);
    return row.flatMap((rows, taken) =>
      rows === 0
        ? []
        : [
            {
              truth,
              taken,
              share: rows / total,
              tip: `${labels[truth]!} taken for ${labels[taken]!}: ${plural(rows, 'row')}`,
            },
          ],
    );
  });
  const ends = {
    domain: [-0.5, labels.length - 0.5],
    ticks: 8,
    tickFormat: (place: number) => String(place + 1),
  };
  return chart({
    name: 'confusion-matrix',
    title: 'Confusion matrix',
    caption: `${caption} Labels are numbered in the model’s order.`,
    width: SIZE,
    height: SIZE,
    draw: (plot) => ({
      margin: 56,
      marginRight: 20,
      marginTop: 20,
      x: { ...ends, label: 'answer', labelAnchor: 'center', labelArrow: 'none' },
      y: { ...ends, label: 'true label', labelAnchor: 'center', labelArrow: 'none', reverse: true },
      marks: [
        plot.frame({ stroke: 'var(--line-strong)' }),
        plot.rect(squares, {
          x1: ({ taken }: (typeof squares)[number]) => taken - 0.5,
          x2: ({ taken }: (typeof squares)[number]) => taken + 0.5,
          y1: ({ truth }: (typeof squares)[number]) => truth - 0.5,
          y2: ({ truth }: (typeof squares)[number]) => truth + 0.5,
          fill: ({ truth, taken }: (typeof squares)[number]) =>
            truth === taken ? 'var(--bar)' : 'var(--other)',
          fillOpacity: ({ share }: (typeof squares)[number]) => Math.max(share, 0.35),
          title: 'tip',
        }),
      ],
      color: { type: 'identity' },
      opacity: { type: 'identity' },
    }),
  });
}

/** Wrong pairs, most rows first; equals in the model's order. */
export function pairsOf(labels: readonly string[], matrix: Matrix): readonly Pair[] {
  return matrix
    .flatMap((row, truth) =>
      row.flatMap((rows, taken) =>
        rows === 0 || truth === taken
          ? []
          : [{ truth: labels[truth]!, taken: labels[taken]!, rows }],
      ),
    )
    .sort((a, b) => b.rows - a.rows);
}

function captionOf(labels: readonly string[], matrix: Matrix, pairs: readonly Pair[]): string {
  const total = matrix.flat().reduce((sum, rows) => sum + rows, 0);
  const right = labels.reduce((sum, _, label) => sum + matrix[label]![label]!, 0);
  const first = pairs
    .slice(0, 3)
    .map(({ truth, taken, rows }) => `${truth} for ${taken} (${plural(rows, 'row')})`);
  return [
    `${count(right)} of ${plural(total, 'held-out row')} are right (${percent(right / total)}), on the diagonal.`,
    first.length === 0 ? 'None is wrong.' : `Most often taken wrongly: ${listed(first)}.`,
  ].join(' ');
}
