// Calendar days as ISO 8601 writes them: 2024-03-31.

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** What a model is told of a day. */
export interface DayParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 (Monday) to 7, as ISO 8601 counts. */
  readonly weekday: number;
}

/** The parts of a day, or null when the text is none of the calendar. */
export function parseDay(text: string): DayParts | null {
  const match = DAY.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(0);
  // Unlike Date.UTC, this takes years below 100 as they are.
  date.setUTCFullYear(year, month - 1, day);
  // 30 February is carried over into March: only a day of the calendar comes back unchanged.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return { year, month, weekday: date.getUTCDay() === 0 ? 7 : date.getUTCDay() };
}
