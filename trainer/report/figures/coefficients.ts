// What a linear model adds up: of each number the step of one standard deviation, of each category itself, away from what
// they add on average.

import type { Baseline } from '#contract/model/baseline.ts';
import type { Linear, Term } from '#contract/model/linear.ts';
import type { Target } from '#contract/signature.ts';
import { chart, TEXT_SIZE, type Figure } from '../chart.ts';
import type { Place } from '../places.ts';
import { shorten, textWidth } from '../text-width.ts';
import { labelOf, plural, quantity, signed, withUnit } from '../words.ts';
import { heat, type Cell } from './heat.ts';

/** Those that add most. */
const SHOWN = 24;
const LABEL_WIDTH = 330;

interface Effect {
  readonly label: string;
  /** By output. */
  readonly adds: readonly number[];
}

export interface CoefficientsOptions {
  readonly places: readonly Place[];
  readonly target: Target;
  /** Says what a standard deviation is. */
  readonly baseline: Baseline | null;
}

export function coefficients(
  linear: Linear,
  { places, target, baseline }: CoefficientsOptions,
): Figure | null {
  const effects = linear.terms.flatMap((term, at) =>
    effectsOf(term, places[at]!, sdOf(baseline, places[at]!)),
  );
  const sized = effects
    .map((effect) => ({ effect, size: Math.max(...effect.adds.map(Math.abs)) }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size);
  if (sized.length === 0) return null;
  const shown = sized.slice(0, SHOWN).map(({ effect }) => effect);
  const cut = sized.length > SHOWN ? ` Shown are the ${SHOWN} strongest of ${sized.length}.` : '';
  if (target.type === 'category' && target.labels.length > 2)
    return labelHeat(shown, { labels: target.labels, cut });
  return signedBars(
    shown.map(({ label, adds }) => ({ label, adds: twoSided(adds) })),
    { target, cut },
  );
}

/** Of two labels only the difference counts: what speaks for the second. */
const twoSided = (adds: readonly number[]): number =>
  adds.length === 2 ? adds[1]! - adds[0]! : adds[0]!;

function effectsOf(term: Term, place: Place, sd: number): readonly Effect[] {
  if (term.type === 'number') {
    const isYesNo = place.type === 'names' && place.names.length === 2;
    const step = isYesNo ? 1 : sd;
    const unit = place.type === 'number' ? place.unit : null;
    return [
      {
        label: `${place.label}${isYesNo ? `: ${place.names[1]!}` : ` (+${quantity(step, unit)})`}`,
        adds: centred(term.weights.map((weight) => weight * step)),
      },
    ];
  }
  if (place.type !== 'names') return [];
  return term.weights.map((weights, name) => ({
    label: `${place.label}: ${place.names[name] ?? name}`,
    adds: centred(weights.map((weight, output) => weight - term.expected[output]!)),
  }));
}

/** A softmax answers the same when all its margins rise alike: what is left is what tells labels apart. */
function centred(adds: readonly number[]): readonly number[] {
  if (adds.length === 1) return adds;
  const middle = adds.reduce((sum, each) => sum + each, 0) / adds.length;
  return adds.map((each) => each - middle);
}

/** One, for what has none. */
function sdOf(baseline: Baseline | null, { name }: Place): number {
  const histogram = baseline?.features[name];
  return histogram?.type === 'number' && histogram.sd > 0 ? histogram.sd : 1;
}

function labelHeat(
  effects: readonly Effect[],
  { labels, cut }: { labels: readonly string[]; cut: string },
): Figure {
  const most = Math.max(...effects.flatMap(({ adds }) => adds.map(Math.abs)));
  const columns = labels.slice(0, 30);
  const cells = effects.flatMap(({ label, adds }) =>
    columns.map((column, output): Cell => {
      const value = adds[output]!;
      return {
        row: label,
        column,
        share: Math.abs(value) / most,
        text:
          Math.abs(value) / most < 0.12
            ? ''
            : `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(Math.abs(value) < 10 ? 1 : 0)}`,
        tip: `${label}: ${signed(value)} for ${column}`,
        color: value < 0 ? 'var(--heat-other)' : 'var(--heat-third)',
      };
    }),
  );
  const strongest = [...cells].sort((a, b) => b.share - a.share)[0]!;
  return heat({
    name: 'coefficients',
    title: 'What speaks for which label',
    caption: `What each value adds to each label’s margin, beside the mean of all labels: blue with + speaks for it, orange with − against. Numbers count by one standard deviation more. The strongest: ${strongest.tip}.${cut}`,
    rows: effects.map(({ label }) => label),
    columns,
    cells,
    rowLabel: 'value',
    columnLabel:
      labels.length > columns.length
        ? `the first ${columns.length} of ${labels.length} labels`
        : 'label',
  });
}

interface SignedBar {
  readonly label: string;
  readonly adds: number;
}

function signedBars(
  effects: readonly SignedBar[],
  { target, cut }: { target: Target; cut: string },
): Figure {
  const sorted = [...effects].sort((a, b) => b.adds - a.adds);
  const unit = target.type === 'number' ? target.unit : null;
  const short = (label: string): string => shorten(label, LABEL_WIDTH, TEXT_SIZE);
  const marginLeft =
    Math.ceil(Math.max(...sorted.map(({ label }) => textWidth(short(label), TEXT_SIZE)))) + 14;
  const textRoom =
    Math.ceil(Math.max(...sorted.map(({ adds }) => textWidth(signed(adds), TEXT_SIZE)))) + 16;
  const what =
    target.type === 'number' ? labelOf(target.column, unit) : `margin of ${target.labels[1]!}`;
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  return chart({
    name: 'coefficients',
    title: 'What the linear model adds up',
    caption: `What each value adds to the ${what}, beside what its column adds on average; numbers count by one standard deviation more, yes against no. ${plural(sorted.length, 'value')}: ${first.label} adds most (${signed(first.adds)}), ${last.label} least (${signed(last.adds)}).${cut}`,
    height: sorted.length * 24 + 60,
    draw: (plot) => ({
      marginLeft,
      marginRight: textRoom,
      marginTop: 8,
      marginBottom: 46,
      x: {
        label: withUnit(`adds to the ${what}`, unit),
        labelAnchor: 'center',
        labelArrow: 'none',
        grid: true,
        ticks: 6,
        tickFormat: (value: number) => quantity(value),
      },
      y: {
        label: null,
        domain: sorted.map(({ label }) => label),
        tickSize: 0,
        tickFormat: short,
        padding: 0.25,
      },
      marks: [
        plot.barX(sorted, {
          x: 'adds',
          y: 'label',
          fill: ({ adds }: SignedBar) => (adds < 0 ? 'var(--other)' : 'var(--third)'),
        }),
        plot.text(sorted, {
          y: 'label',
          text: ({ adds }: SignedBar) => signed(adds),
          frameAnchor: 'right',
          textAnchor: 'end',
          dx: textRoom - 6,
          fill: 'var(--ink-soft)',
        }),
        plot.ruleX([0], { stroke: 'var(--line-strong)' }),
      ],
      color: { type: 'identity' },
    }),
  });
}
