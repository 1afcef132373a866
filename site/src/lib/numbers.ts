// How numbers, sizes and moments read in a language.

/** What Intl does not say as briefly as a page wants it. */
export interface UnitWords {
  readonly underMillisecond: string;
  readonly seconds: (number: string) => string;
  readonly bytes: (number: string) => string;
}

export interface Numbers {
  /** A whole number. */
  readonly count: (value: number) => string;
  /** To five significant digits. */
  readonly short: (value: number) => string;
  /** A share of 1. What is not quite nothing or not quite all is never rounded to it. */
  readonly percent: (share: number) => string;
  readonly duration: (milliseconds: number) => string;
  /** A moment (ISO 8601) in the visitor's own time zone. */
  readonly moment: (at: string) => string;
  /** A size as a person says it, in steps of 1,000. */
  readonly bytes: (size: number) => string;
}

/** `tag` is the language's (BCP 47). */
export function numbersIn(tag: string, words: UnitWords): Numbers {
  const short = new Intl.NumberFormat(tag, { maximumSignificantDigits: 5 });
  const whole = new Intl.NumberFormat(tag);
  const moment = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
  const threeDigits = (value: number): string => short.format(Number(value.toPrecision(3)));
  return {
    count: (value) => whole.format(value),
    short: (value) => short.format(value),
    percent(share) {
      if (share > 0 && share < 0.001) return '<0.1%';
      if (share < 1 && share > 0.999) return '>99.9%';
      const digits = share === 0 || share === 1 ? 0 : 1;
      return `${(share * 100).toFixed(digits)}%`;
    },
    duration(milliseconds) {
      if (milliseconds < 1) return words.underMillisecond;
      if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
      return words.seconds((milliseconds / 1000).toFixed(1));
    },
    moment: (at) => moment.format(new Date(at)),
    bytes(size) {
      if (size < 1000) return words.bytes(String(size));
      if (size < 1_000_000) return `${threeDigits(size / 1000)} kB`;
      return `${threeDigits(size / 1_000_000)} MB`;
    },
  };
}
