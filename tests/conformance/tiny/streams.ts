// /v1 with batches that stream: NDJSON and CSV in, the same out, a bad row named and nothing ended by it.

import { exchange, compressed, post, ROWS, SECRET, type Case, type Topic } from './case.ts';
import type { Expectation } from '../case.ts';
import { all, difference, header, saysNothingOf, status } from '../expect.ts';

const predict = post((model) => `/v1/models/${model}/predict`);
const ndjson = (text: string): ReturnType<typeof predict> =>
  predict(text, { 'content-type': 'application/x-ndjson' });
const csv = (text: string, type = 'text/csv'): ReturnType<typeof predict> =>
  predict(text, { 'content-type': type });

const LINES = ROWS.map((row) => JSON.stringify(row));
const RECORDS = ROWS.map(({ size, kind }) => `${size},${kind}`);
const HEAD = 'row,label,probability,p(small),p(large),error';
const CELLS = ['1,small,1,1,0,', '2,small,0.5,0.5,0.5,', '3,large,1,0,1,'];
const labels = [
  { row: 1, label: 'small' },
  { row: 2, label: 'small' },
  { row: 3, label: 'large' },
];
const refused = (row: number): object => ({ row, error: { status: 400, title: /./, detail: /./ } });

/** The lines of the answer, in order. */
const linesAre = (...expected: readonly unknown[]): Expectation<unknown> =>
  all(
    status(200),
    header('content-type', 'application/x-ndjson'),
    saysNothingOf(SECRET),
    ({ text }) => {
      const lines = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
      return difference(lines, expected, '');
    },
  );

const recordsAre = (...expected: readonly (string | RegExp)[]): Expectation<unknown> =>
  all(
    status(200),
    header('content-type', 'text/csv; charset=utf-8'),
    saysNothingOf(SECRET),
    ({ text }) => difference(text.trimEnd().split('\r\n'), [HEAD, ...expected], ''),
  );

const asLines: readonly Case[] = [
  exchange(
    'a line a row',
    ndjson(`${LINES.join('\n')}\n`),
    linesAre(...labels),
    header('x-model-version', '1'),
  ),
  exchange('the last line may lack its end', ndjson(LINES.join('\n')), linesAre(...labels)),
  exchange('lines may end in CRLF', ndjson(LINES.join('\r\n')), linesAre(...labels)),
  exchange('empty lines are no rows', ndjson(`\n\n${LINES.join('\n\n')}\n\n`), linesAre(...labels)),
  exchange(
    'a byte order mark is dropped',
    ndjson(`\ufeff${LINES.join('\n')}`),
    linesAre(...labels),
  ),
  exchange(
    'a line that is no JSON is named',
    ndjson(`${LINES[0]}\nnonsense\n${LINES[2]}`),
    linesAre(labels[0], refused(2), labels[2]),
  ),
  exchange(
    'a line that lacks a feature is named',
    ndjson(`${LINES[0]}\n{"size":1}\n${LINES[2]}`),
    linesAre(labels[0], refused(2), labels[2]),
  ),
  exchange(
    'a value that is wrong is named and not repeated',
    ndjson(`{"size":"${SECRET}","kind":"a"}\n${LINES[1]}`),
    linesAre(refused(1), labels[1]),
  ),
  exchange(
    'a line that is a list, a number or null is named',
    ndjson(`[1]\n7\nnull\n`),
    linesAre(refused(1), refused(2), refused(3)),
  ),
  exchange(
    'a line nested without end is named',
    ndjson(`${'['.repeat(50_000)}\n${LINES[1]}`),
    linesAre(refused(1), labels[1]),
  ),
  exchange(
    'a stream packed with gzip is read',
    compressed('gzip', ndjson(LINES.join('\n'))),
    linesAre(...labels),
  ),
  exchange(
    'a stream without a Content-Length is read',
    (names) => ({ ...ndjson(LINES.join('\n'))(names), chunked: true }),
    linesAre(...labels),
  ),
  exchange(
    'a packed stream that ends early is the client’s fault',
    async (names) => {
      const sent = await compressed('gzip', ndjson(LINES.join('\n').repeat(100)))(names);
      return { ...sent, body: sent.body!.slice(0, 40) };
    },
    status(200),
    ({ text }) =>
      /"status":4/.test(text) && !/"status":5/.test(text)
        ? null
        : `the stream ends in ${text.slice(-200)}`,
  ),
  exchange(
    'a stream that is not gzip at all is the client’s fault',
    (names) => ({
      ...ndjson(LINES.join('\n'))(names),
      headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
    }),
    status(200),
    ({ text }) => (/"status":4/.test(text) ? null : `the stream is ${text}`),
  ),
];

const asCsv: readonly Case[] = [
  exchange(
    'a header and a record a row',
    csv(`size,kind\n${RECORDS.join('\n')}\n`),
    recordsAre(...CELLS),
  ),
  exchange(
    'CRLF, a byte order mark and quotes',
    csv(
      `\ufeff"size","kind"\r\n${RECORDS.map((cells) => cells.replace(/(\w+)$/, '"$1"')).join('\r\n')}\r\n`,
    ),
    recordsAre(...CELLS),
  ),
  exchange(
    'columns by the dataset’s names, in another order, with others',
    csv(
      `note,Kind,Size (m)\n${ROWS.map(({ size, kind }) => `"x, ""y""\nz",${kind},${size}`).join('\n')}`,
    ),
    recordsAre(...CELLS),
  ),
  exchange(
    'a charset of UTF-8 is no difference',
    csv(`size,kind\n${RECORDS.join('\n')}`, 'text/csv; charset=utf-8'),
    recordsAre(...CELLS),
  ),
  exchange(
    'an empty cell is a value that is not known',
    csv('size,kind\n1,\n'),
    recordsAre('1,small,0.5,0.5,0.5,'),
  ),
  exchange(
    'a record with another number of cells is named',
    csv('size,kind\n1\n1,b\n'),
    recordsAre(/^1,,,,,.*cells/, '2,large,1,0,1,'),
  ),
  exchange(
    'a text for a number is named and not repeated',
    csv(`size,kind\n${SECRET},a\n1,b\n`),
    recordsAre(/^1,,,,,.*size/, '2,large,1,0,1,'),
  ),
  exchange(
    'an empty number is named',
    csv('size,kind\n,a\n1,b\n'),
    recordsAre(/^1,,,,,.*size/, '2,large,1,0,1,'),
  ),
  exchange(
    'a header that lacks a feature ends it',
    csv('kind\nb\n'),
    recordsAre(/^1,,,,,.*lacks the column size/),
  ),
  exchange(
    'a quote that is never closed is named',
    csv('size,kind\n1,b\n1,"b\n'),
    status(200),
    ({ text }) =>
      /\n1,large/.test(text) && /\n2,,,,,.*CSV/.test(text) ? null : `the answer is ${text}`,
  ),
];

export const streams: Topic = { topic: 'streamed batches', cases: [...asLines, ...asCsv] };
