// Days as tables write them → ISO 8601. 31-03-2018, 31/03/2018, 31.03.2018 (day first) and 2018-03-31 are one day.

const DAY_FIRST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
const YEAR_FIRST = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The day as YYYY-MM-DD, or null when the text is none of the calendar. */
export function parseDate(text: string): string | null {
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst !== null) return isoDay(dayFirst[4]!, dayFirst[3]!, dayFirst[1]!);
  const yearFirst = YEAR_FIRST.exec(text);
  return yearFirst === null ? null : isoDay(yearFirst[1]!, yearFirst[2]!, yearFirst[3]!);
}

function isoDay(year: string, month: string, day: string): string | null {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  // Date.parse carries 30 February over into March: only a day of the calendar comes back unchanged.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso) ? iso : null;
}
