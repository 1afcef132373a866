// What held-out rows lose when one feature is shuffled: which features the model lives on.

import type { Spread } from '#contract/model/metrics.ts';
import { chart, TEXT_SIZE, type Figure } from '../chart.ts';
import type { Place } from '../places.ts';
import { shorten, textWidth } from '../text-width.ts';
import { listed, plural, quantity, withMinus, withUnit } from '../words.ts';

const SHOWN = 30;
const LABEL_WIDTH = 330;

export interface ImportanceOptions {
  readonly places: readonly Place[];
  /** `log-loss` or `RMSE`, and its unit. */
  readonly loss: string;
  readonly unit: string | null;
}

/** Null where nothing was measured. */
export function importance(
  importances: Readonly<Record<string, Spread>>,
  { places, loss, unit }: ImportanceOptions,
): Figure | null {
  const all = Object.entries(importances)
    .map(([name, { mean, sd }]) => ({
      label: places.find((place) => place.name === name)?.label ?? name,
      mean,
      sd,
    }))
    .sort((a, b) => b.mean - a.mean);
  const shown = all.slice(0, SHOWN);
  const [first] = shown;
  if (first === undefined) return null;
  const short = (label: string): string => shorten(label, LABEL_WIDTH, TEXT_SIZE);
  const idle = all.filter(({ mean, sd }) => mean <= sd).map(({ label }) => label);
  const marginLeft =
    Math.ceil(Math.max(...shown.map(({ label }) => textWidth(short(label), TEXT_SIZE)))) + 14;
  const digits = digitsFor(Math.abs(first.mean));
  const text = ({ mean, sd }: (typeof shown)[number]): string =>
    `${fixed(mean, digits)} ± ${fixed(sd, digits)}`;
  const marginRight =
    Math.ceil(Math.max(...shown.map((each) => textWidth(text(each), TEXT_SIZE)))) + 16;
  const caption = [
    `How much worse the ${loss} of held-out rows gets when one feature’s values are shuffled; bars are means over the folds, lines one standard deviation either way.`,
    `The model lives on ${first.label} most.`,
    idle.length === 0
      ? ''
      : `It would hardly miss ${idle.length > 4 ? plural(idle.length, 'feature') : listed(idle)}.`,
    all.length > SHOWN ? `Shown are the first ${SHOWN} of ${all.length}.` : '',
  ];
  return chart({
    name: 'importance',
    title: 'Permutation importance',
    caption: caption.filter(Boolean).join(' '),
    height: shown.length * 26 + 60,
    draw: (plot) => ({
      marginLeft,
      marginRight,
      marginTop: 8,
      marginBottom: 46,
      x: {
        label: withUnit(`${loss} lost when shuffled`, unit),
        labelAnchor: 'center',
        labelArrow: 'none',
        grid: true,
        ticks: 6,
        tickFormat: (value: number) => quantity(value),
      },
      y: {
        label: null,
        domain: shown.map(({ label }) => label),
        tickSize: 0,
        tickFormat: short,
        padding: 0.25,
      },
      marks: [
        plot.barX(shown, { x: 'mean', y: 'label', fill: 'var(--bar)' }),
        plot.ruleY(shown, {
          y: 'label',
          x1: ({ mean, sd }: (typeof shown)[number]) => mean - sd,
          x2: ({ mean, sd }: (typeof shown)[number]) => mean + sd,
          stroke: 'var(--ink)',
          strokeWidth: 2,
        }),
        plot.text(shown, {
          y: 'label',
          text,
          frameAnchor: 'right',
          textAnchor: 'end',
          dx: marginRight - 6,
          fill: 'var(--ink-soft)',
        }),
        plot.ruleX([0], { stroke: 'var(--line-strong)' }),
      ],
    }),
  });
}

/** Digits behind the point that leave the largest of them four in all. */
const digitsFor = (largest: number): number =>
  Math.max(0, Math.min(6, 3 - Math.floor(Math.log10(Math.max(largest, Number.MIN_VALUE)))));

/** Adding 0 turns -0 into 0. */
const fixed = (value: number, digits: number): string =>
  withMinus(
    (Number(value.toFixed(digits)) + 0).toLocaleString('en', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }),
  );
