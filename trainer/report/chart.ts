// A figure by Observable Plot, drawn without a browser: an SVG file that stands alone, is right in the light and in the dark,
// and says in words what is to be seen.

import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { coloursFor, SANS } from './theme.ts';

/** Of every text in a figure, in pixels, unless it says otherwise. */
export const TEXT_SIZE = 13;

export const WIDTH = 760;

export interface Figure {
  /** Of the file, without `.svg`. */
  readonly name: string;
  readonly title: string;
  /** What is to be seen, in words, from the same numbers. */
  readonly caption: string;
  readonly svg: string;
}

export interface ChartOptions {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly width?: number;
  readonly height: number;
  /** Everything else of the chart. */
  readonly draw: (plot: typeof Plot) => Plot.PlotOptions;
}

const STYLE = [
  coloursFor('svg'),
  `svg{font-family:${SANS};color:var(--ink)}`,
  'text{white-space:pre}',
].join('');

/** A class that no rule is for: Plot's own style element is replaced by ours. */
const CLASS = 'figure';

export function chart({ name, title, caption, width = WIDTH, ...options }: ChartOptions): Figure {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = Plot.plot({
    width,
    height: options.height,
    className: CLASS,
    ...options.draw(Plot),
    document,
  });
  const element = (tag: string, attributes: Readonly<Record<string, string>>, text = '') => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };
  drawn.querySelector('style')?.remove();
  // What Plot calls a group is no label for a person: the figure has its own words.
  for (const group of drawn.querySelectorAll('g[aria-label]')) {
    group.setAttribute('class', group.getAttribute('aria-label')!.replaceAll(' ', '-'));
    group.removeAttribute('aria-label');
  }
  drawn.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  drawn.setAttribute('font-size', String(TEXT_SIZE));
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-labelledby', `${name}-title ${name}-desc`);
  drawn.prepend(
    element('title', { id: `${name}-title` }, title),
    element('desc', { id: `${name}-desc` }, caption),
    element('style', {}, STYLE),
    element('rect', { width: '100%', height: '100%', fill: 'var(--surface)' }),
  );
  return { name, title, caption, svg: `${rounded(drawn.outerHTML)}\n` };
}

/** Hundredths of a pixel are enough, and the same on every machine. */
const rounded = (svg: string): string =>
  svg.replaceAll(/<[a-z][^<>]*>/g, (tag) =>
    tag.replaceAll(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) =>
      String(Number(Number(number).toFixed(2))),
    ),
  );
