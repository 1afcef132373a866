// The report as one page: opens from disk, asks nobody for anything, is right in the dark and on paper.

import type { TabularManifest } from '#contract/manifest.ts';
import type { Metrics } from '#contract/model/metrics.ts';
import { candidateRemark, candidateText } from '../spec/candidate-text.ts';
import { METRICS, spreadText } from '#contract/model/metric-words.ts';
import type { Figure } from './chart.ts';
import { html, raw, type Html } from './html.ts';
import { PAGE_STYLE } from './page-style.ts';
import type { Section } from './sections.ts';
import { count, metricTitle, metricUnit, plural, withUnit } from './words.ts';

export interface PageOptions {
  readonly manifest: TabularManifest;
  readonly sections: readonly Section[];
  /** Whether the table was at hand for the figures that need its rows. */
  readonly hasRows: boolean;
}

export function page({ manifest, sections, hasRows }: PageOptions): string {
  const { model, version, title, description } = manifest;
  /** What stands before a section's figures, by its id. */
  const words: Readonly<Record<string, readonly Html[]>> = {
    quality: [metricsTable(manifest), candidatesTable(manifest.metrics)],
    table: hasRows ? [] : [rowsNote(manifest)],
  };
  const filled = sections.filter(({ id, figures }) => figures.length > 0 || id === 'quality');
  return `<!doctype html>\n${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}: report on version ${version}</title>
        <style>
          ${raw(PAGE_STYLE)}
        </style>
      </head>
      <body>
        <header>
          <p class="soft">${model}, version ${version}</p>
          <h1>${title}</h1>
          <p>${description}</p>
          <nav aria-label="Sections">
            ${[...filled, ORIGIN].map(({ id, title: name }) => html`<a href="#${id}">${name}</a> `)}
          </nav>
        </header>
        <main>
          ${filled.map((section) => sectionHtml(section, words[section.id] ?? []))}
          ${origin(manifest)}
        </main>
      </body>
    </html>`.html
  }\n`;
}

const sectionHtml = ({ id, title, figures }: Section, before: readonly Html[]): Html => html`
  <section id="${id}">
    <h2>${title}</h2>
    ${before} ${figures.map(figureHtml)}
  </section>
`;

const figureHtml = ({ name, title, caption, svg }: Figure): Html => html`
  <figure id="${name}">
    <h3>${title}</h3>
    <div class="wide">${raw(svg.trim())}</div>
    <figcaption>${caption} <a href="${name}.svg">SVG</a></figcaption>
  </figure>
`;

function metricsTable({ metrics, signature: { target } }: TabularManifest): Html {
  const names = Object.keys(metrics.model).sort((a, b) => placeOf(a) - placeOf(b));
  if (names.length === 0) return html`<p>Nobody measured this version on rows it had not seen.</p>`;
  const unit = target.type === 'number' ? target.unit : null;
  const rows = names.map((name) => {
    const dummy = metrics.dummy[name];
    return html`<tr>
      <th scope="row">
        ${withUnit(metricTitle(name), metricUnit(name, unit))}
        <span class="soft">${METRICS[name]?.better ?? ''} is better</span>
      </th>
      <td><strong>${spreadText(metrics.model[name]!)}</strong></td>
      <td>${dummy === undefined ? '' : spreadText(dummy)}</td>
    </tr>`;
  });
  return html`
    <div class="wide">
      <table>
        <caption>
          On rows it had not seen: mean ± standard deviation over ${count(metrics.folds)} folds. The
          dummy answers every row alike.
        </caption>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Model</th>
            <th scope="col">Dummy</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  `;
}

/** Metrics in the order they have everywhere; those of others last. */
function placeOf(metric: string): number {
  const order = Object.keys(METRICS);
  return order.includes(metric) ? order.indexOf(metric) : order.length;
}

/** Nothing where there was no choice. */
function candidatesTable({ selection }: Metrics): Html {
  if (selection === undefined || selection.candidates.length < 2) return html``;
  const { metric, candidates, inner_folds } = selection;
  const rows = candidates.map(
    (candidate, place) =>
      html`<tr>
        <th scope="row">${candidateText(candidate)}</th>
        <td>${spreadText(candidate.score)}</td>
        <td>${candidateRemark(candidates, place)}</td>
      </tr>`,
  );
  return html`
    <details>
      <summary>${plural(candidates.length, 'candidate')} by ${metricTitle(metric)}</summary>
      <div class="wide">
        <table>
          <caption>
            In each fold a candidate was chosen by ${count(inner_folds)} inner folds; the figures
            above are those of that choice. Of candidates that are as good as the best, within one
            standard error, the smallest is taken.
          </caption>
          <thead>
            <tr>
              <th scope="col">Candidate</th>
              <th scope="col">${metricTitle(metric)}</th>
              <th scope="col"></th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
    </details>
  `;
}

const rowsNote = ({ signature: { target }, data }: TabularManifest): Html =>
  html`<p class="soft">
    Figures of columns by ${target.column} need the rows, which were not at hand (SHA-256
    ${data.sha256.slice(0, 12)}…).
  </p>`;

const ORIGIN = { id: 'origin', title: 'Where it is from' };

function origin({ data, training, parity, created_at }: TabularManifest): Html {
  const facts: readonly (readonly [string, string])[] = [
    ['Table', `${data.dataset}, ${plural(data.rows, 'row')}: ${data.source}`],
    ['SHA-256 of the table', data.sha256],
    ['Algorithm', training.algorithm],
    ['Parameters', JSON.stringify(training.parameters)],
    ['Seed', String(training.seed)],
    ['Code commit', training.code_commit ?? 'unknown'],
    [
      'Tools',
      Object.entries(training.tools)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    [
      'Parity',
      `${count(parity.label_differences)} of ${plural(parity.rows, 'row')} have another label in the ONNX file; the largest difference of a value is ${parity.max_difference}`,
    ],
    ['Trained', created_at],
  ];
  return html`
    <section id="${ORIGIN.id}">
      <h2>${ORIGIN.title}</h2>
      <dl>
        ${facts.map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
    </section>
  `;
}
