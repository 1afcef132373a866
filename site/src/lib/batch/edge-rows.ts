// A file's rows to the API and its answers back, some thousand at a time: browsers cannot stream a request's body over
// HTTP/1.1. One version answers them all, whatever is promoted meanwhile.

import type { TabularManifest } from '#contract/manifest.ts';
import type { Api } from '../api.ts';
import { csvOf, parseCsv } from '../csv.ts';
import { sentCells, type Columns } from './columns.ts';
import type { RowAnswer, RowAnswerer } from './row-answers.ts';

/** Its calls throw what the API throws. */
export function edgeRows(api: Api, manifest: TabularManifest, columns: Columns): RowAnswerer {
  const sent = sentCells(manifest.signature, columns);
  return {
    rows: 2_000,
    async answer(records, signal) {
      const body = csvOf([sent.header, ...records.map(sent.of)], { forSpreadsheets: false });
      return parseAnswers(await api.predictCsv(manifest.model, manifest.version, body, signal));
    },
    close: () => undefined,
  };
}

/** Parses the API's CSV: row, label, probability, …, error; or row, value, error. */
export function parseAnswers(text: string): readonly RowAnswer[] {
  const [header = [], ...records] = parseCsv(text);
  const place = (name: string): number => header.indexOf(name);
  const [label, value, probability, error] = ['label', 'value', 'probability', 'error'].map(place);
  return records.map((cells) => {
    const share = cells[probability!];
    return {
      answer: cells[label! >= 0 ? label! : value!] ?? '',
      probability: share === undefined || share === '' ? null : Number(share),
      error: cells[error!] ?? '',
    };
  });
}
