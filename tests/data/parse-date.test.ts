// A day is one day however it is written, and what is no day is none.

import { expect, test } from 'vitest';
import { parseDate } from '#data/read/parse-date.ts';

test.each([
  ['31-03-2018', '2018-03-31'],
  ['31/03/2018', '2018-03-31'],
  ['31.03.2018', '2018-03-31'],
  ['2018-03-31', '2018-03-31'],
  ['1/2/2018', '2018-02-01'],
  ['29-02-2024', '2024-02-29'],
  ['29-02-2000', '2000-02-29'],
  ['01-01-0001', '0001-01-01'],
  ['29-02-2023', null],
  ['29-02-1900', null],
  ['31-04-2018', null],
  ['00-01-2018', null],
  ['01-00-2018', null],
  ['01-13-2018', null],
  ['03/31/2018', null],
  ['2018-31-03', null],
  ['2018/03/31', '2018-03-31'],
  ['31-03/2018', null],
  ['31-03-18', null],
  ['31032018', null],
  ['2018-03-31T00:00:00Z', '2018-03-31'],
  ['٣١-٠٣-٢٠١٨', null],
  ['', null],
])('%s is %s', (text, day) => {
  expect(parseDate(text)).toBe(day);
});

test('every day of four years is read back from each way of writing it', () => {
  for (let time = Date.UTC(2023, 0, 1); time < Date.UTC(2027, 0, 1); time += 86_400_000) {
    const iso = new Date(time).toISOString().slice(0, 10);
    const [year, month, day] = iso.split('-');
    for (const separator of ['-', '/', '.'])
      expect(parseDate([day, month, year].join(separator))).toBe(iso);
    expect(parseDate(iso)).toBe(iso);
  }
});
