// Days as tables write them → ISO 8601. 31-03-2018, 31/03/2018, 31.03.2018 (day first), 03/31/2018 (month first),
// 2018-03-31, 2018/03/31 and 2018-03-31 14:05 are one day.

import { parseDay } from '#contract/features/day.ts';

const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
/** The time of the day, when there is one, is left aside. */
const YEAR_FIRST =
  /^(\d{4})([-/])(\d{2})\2(\d{2})(?:[T ]\d{2}:\d{2}[\d:.]*(?:Z|[+-]\d{2}:?\d{2})?)?$/;

export type DateOrder = 'day-first' | 'month-first';

/** The day as YYYY-MM-DD, or null when the text is none of the calendar. */
export function parseDate(text: string, order: DateOrder = 'day-first'): string | null {
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast !== null) {
    const [first, second] = [yearLast[1]!, yearLast[3]!];
    const [day, month] = order === 'day-first' ? [first, second] : [second, first];
    return isoDay(yearLast[4]!, month, day);
  }
  const yearFirst = YEAR_FIRST.exec(text);
  return yearFirst === null ? null : isoDay(yearFirst[1]!, yearFirst[3]!, yearFirst[4]!);
}

function isoDay(year: string, month: string, day: string): string | null {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return parseDay(iso) === null ? null : iso;
}
