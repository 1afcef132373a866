// Tables as people have them, made up from a seed: one shape of writing or of content each, and what must come of it.

import { createRandom } from '#data/random.ts';

export interface Shape {
  readonly file: string;
  readonly target: string;
  readonly csv: string;
  readonly options?: readonly string[];
  /** Whether all candidates are tried, and not the first alone. */
  readonly full?: true;
  readonly task: 'classification' | 'regression';
  /** Columns that must be kept out, in order, with a word of the reason. */
  readonly keptOut?: Readonly<Record<string, string>>;
  /** Words that must be said of the table. */
  readonly said?: readonly string[];
  /** By API name: what the features must be. */
  readonly features: Readonly<Record<string, string>>;
  /** The share of right labels, or R², on the rows themselves, that the model must reach. */
  readonly least: number;
}

type Row = Readonly<Record<string, string | number>>;

interface Writing {
  readonly delimiter?: string;
  readonly line?: string;
  readonly bom?: boolean;
  readonly quoteAll?: boolean;
}

function csvOf(rows: readonly Row[], writing: Writing = {}): string {
  const { delimiter = ',', line = '\n', bom = false, quoteAll = false } = writing;
  const cell = (value: string | number): string => {
    const text = String(value);
    const needs = quoteAll || text.includes(delimiter) || /["\r\n]/.test(text);
    return needs ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))];
  return `${bom ? '\ufeff' : ''}${lines.map((cells) => cells.map(cell).join(delimiter)).join(line)}${line}`;
}

interface Facts {
  readonly index: number;
  readonly size: number;
  readonly rooms: number;
  readonly zone: string;
  readonly pool: boolean;
  /** Days since 2015-01-01. */
  readonly day: number;
  readonly price: number;
  /** By size and zone, a few of them wrong. */
  readonly kind: string;
  /** A number around 0. */
  readonly noise: number;
}

const ZONES = ['north', 'south', 'east', 'west'];

function facts(rows: number, seed: number): readonly Facts[] {
  const random = createRandom(seed);
  return Array.from({ length: rows }, (_, index) => {
    const size = Math.round(300 + random.uniform() * 1800) / 10;
    const rooms = 1 + Math.floor(random.uniform() * 6);
    const zone = random.pick(ZONES.map((name) => [name, 1] as const));
    const pool = random.uniform() < 0.3;
    const day = Math.floor(random.uniform() * 3000);
    const noise = random.deviate();
    const price = Math.round(1000 * size + 20_000 * rooms + (pool ? 60_000 : 0) + 3000 * noise);
    const wrong = random.uniform() < 0.03;
    const large = size > (zone === 'north' ? 90 : 130);
    const kind = large !== wrong ? 'house' : 'flat';
    return { index, size, rooms, zone, pool, day, price, kind, noise };
  });
}

const isoDay = (day: number): string =>
  new Date(Date.UTC(2015, 0, 1 + day)).toISOString().slice(0, 10);
const dayFirst = (day: number): string => isoDay(day).split('-').reverse().join('.');
const monthFirst = (day: number): string => isoDay(day).replace(/^(\d+)-(\d+)-(\d+)$/, '$2/$3/$1');
const comma = (value: number): string => String(value).replace('.', ',');
const yes = (value: boolean): string => (value ? 'yes' : 'no');

const base = facts(300, 1);

export const SHAPES: Readonly<Record<string, Shape>> = {
  'commas, two labels': {
    file: 'homes.csv',
    target: 'kind',
    csv: csvOf(base.map(({ size, zone, kind }) => ({ size_m2: size, zone, kind }))),
    task: 'classification',
    features: { size_m2: 'number', zone: 'category' },
    least: 0.9,
  },
  'semicolons and decimal commas, a number': {
    file: 'Häuser 2024.csv',
    target: 'Preis (EUR)',
    csv: csvOf(
      base.map(({ size, rooms, pool, price }) => ({
        'Fläche (m²)': comma(size),
        Zimmer: rooms,
        Pool: yes(pool),
        'Preis (EUR)': comma(price / 100),
      })),
      { delimiter: ';' },
    ),
    task: 'regression',
    said: ['cells between semicolons', 'decimal commas'],
    features: { flache_m2: 'number', zimmer: 'number', pool: 'boolean' },
    least: 0.8,
  },
  'tabs, and thousands parted by commas': {
    file: 'homes.tsv',
    target: 'price',
    csv: csvOf(
      base.map(({ size, rooms, price }) => ({ size, rooms, price: price.toLocaleString('en-US') })),
      { delimiter: '\t' },
    ),
    task: 'regression',
    said: ['cells between tabs'],
    features: { size: 'number', rooms: 'number' },
    least: 0.8,
  },
  'bars, and quoted cells with bars, quotes and line breaks': {
    file: 'homes.txt',
    target: 'kind',
    csv: csvOf(
      base.map(({ size, zone, kind }) => ({ size, 'where | it\n"is"': `${zone} | "x"\n`, kind })),
      { delimiter: '|' },
    ),
    task: 'classification',
    said: ['cells between bars'],
    features: { size: 'number', where_it_is: 'category' },
    least: 0.9,
  },
  'a byte order mark, CRLF, every cell quoted': {
    file: 'excel.csv',
    target: 'kind',
    csv: csvOf(
      base.map(({ size, zone, kind }) => ({ size, zone, kind })),
      { bom: true, line: '\r\n', quoteAll: true },
    ),
    task: 'classification',
    features: { size: 'number', zone: 'category' },
    least: 0.9,
  },
  'gaps in columns of every type, by several marks': {
    file: 'gaps.csv',
    full: true,
    target: 'price',
    csv: csvOf(
      base.map(({ index, size, zone, pool, day, price }) => ({
        size: index % 11 === 0 ? 'NA' : size,
        zone: index % 13 === 0 ? '?' : zone,
        pool: index % 17 === 0 ? 'null' : yes(pool),
        sold: index % 19 === 0 ? '' : isoDay(day),
        empty: index % 2 === 0 ? '' : 'N/A',
        price,
      })),
    ),
    task: 'regression',
    keptOut: { empty: 'empty' },
    said: ['missing: ? N/A NA null'],
    features: { size: 'number', zone: 'category', pool: 'boolean', sold: 'date' },
    least: 0.7,
  },
  'a day of the week decides': {
    file: 'days.csv',
    target: 'open',
    csv: csvOf(
      base.map(({ day, noise }) => {
        const weekday = new Date(Date.UTC(2015, 0, 1 + day)).getUTCDay();
        return { day: isoDay(day), noise, open: weekday === 0 || weekday === 3 ? 'no' : 'yes' };
      }),
    ),
    // Every day has one answer, so it would be taken for a leak.
    options: ['--keep', 'day'],
    task: 'classification',
    features: { day: 'date', noise: 'number' },
    least: 0.97,
  },
  'days with the month first': {
    file: 'us.csv',
    target: 'sales',
    csv: csvOf(
      base.map(({ day, noise, rooms }) => ({
        'order date': monthFirst(day),
        rooms,
        sales: Math.round(10 * Number(isoDay(day).slice(5, 7)) + 5 * rooms + noise * 2) / 4,
      })),
    ),
    task: 'regression',
    features: { order_date: 'date', rooms: 'number' },
    least: 0.8,
  },
  'days with the day first, and times': {
    file: 'stays.csv',
    target: 'season',
    csv: csvOf(
      base.map(({ index, day, noise, rooms }) => ({
        arrival: dayFirst(day),
        booked: `${isoDay(day)} 1${index % 10}:30:00`,
        rooms,
        season:
          Number(isoDay(day).slice(5, 7)) > 3 + Math.round(noise) ? 'in season' : 'out of season',
      })),
    ),
    task: 'classification',
    keptOut: { booked: 'the same as arrival' },
    features: { arrival: 'date', rooms: 'number' },
    least: 0.85,
  },
  'booleans in five spellings': {
    file: 'flags.csv',
    target: 'total',
    csv: csvOf(
      base.map(({ index, noise }) => {
        const flag = (bit: number): boolean => ((index >> bit) & 1) === 1;
        const total = [0, 1, 2, 3, 4].reduce((sum, bit) => sum + (flag(bit) ? 2 ** bit : 0), 0);
        return {
          a: flag(0) ? 'true' : 'false',
          b: flag(1) ? 'Yes' : 'No',
          c: flag(2) ? 1 : 0,
          d: flag(3) ? 'T' : 'F',
          e: flag(4) ? 'y' : 'n',
          total: Math.round(100 * (total + noise / 9)) / 100,
        };
      }),
    ),
    task: 'regression',
    features: { a: 'boolean', b: 'boolean', c: 'boolean', d: 'boolean', e: 'boolean' },
    least: 0.95,
  },
  'two hundred labels': {
    file: 'many.csv',
    target: 'code',
    csv: csvOf(
      facts(3000, 2).map(({ index, size, noise }) => {
        const code = index % 200;
        const [x, y] = [code % 20, Math.floor(code / 20)];
        return { x: x + noise / 20, y: y + (size - 120) / 1000, code: `label ${code}` };
      }),
    ),
    task: 'classification',
    said: ['200 labels'],
    features: { x: 'number', y: 'number' },
    least: 0.85,
  },
  'leaks: the target by another name, its family, its number in another unit': {
    file: 'leaks.csv',
    full: true,
    target: 'species',
    csv: csvOf(
      base.map(({ size, rooms, zone }) => {
        const species = size > 120 ? `long ${zone}` : `short ${zone}`;
        return {
          length: size,
          rooms,
          code: `${species.length}-${species}`,
          genus: species.split(' ')[0]!,
          zone: rooms === 3 ? 'east' : zone,
          species,
        };
      }),
    ),
    task: 'classification',
    keptOut: { code: 'in other words', genus: 'determined by the target' },
    features: { length: 'number', rooms: 'number', zone: 'category' },
    least: 0.75,
  },
  'a price in cents beside the price': {
    file: 'cents.csv',
    target: 'price',
    csv: csvOf(
      base.map(({ size, rooms, price }) => ({ size, rooms, cents: price * 100 + 7, price })),
    ),
    task: 'regression',
    keptOut: { cents: 'the target in another unit' },
    features: { size: 'number', rooms: 'number' },
    least: 0.8,
  },
  'identifiers, constants, twins and prose': {
    file: 'clutter.csv',
    target: 'kind',
    csv: csvOf(
      base.map(({ index, size, zone, kind }) => ({
        '': index,
        id: 5000 + index * 3,
        uuid: `x-${(index * 7919) % 100_003}`,
        country: 'NL',
        size,
        size_again: size,
        zone,
        note: `seen on day ${index} by somebody who wrote a long text about what it looked like`,
        kind,
      })),
    ),
    task: 'classification',
    keptOut: {
      id: 'identifier',
      uuid: 'identifier',
      country: 'the same in every row: NL',
      size_again: 'the same as size',
      note: 'identifier',
    },
    said: ['columns without a name: ""'],
    features: { size: 'number', zone: 'category' },
    least: 0.9,
  },
  'more categories than a feature may have': {
    file: 'streets.csv',
    target: 'price',
    csv: csvOf(
      facts(1500, 3).map(({ index, size, price }) => ({
        size,
        street: `street ${index % 3 === 0 ? index % 300 : index % 40}`,
        price,
      })),
    ),
    task: 'regression',
    features: { size: 'number', street: 'category' },
    least: 0.7,
  },
  'labels that are numbers': {
    file: 'survived.csv',
    target: 'survived',
    csv: csvOf(
      base.map(({ size, zone, kind }) => ({
        fare: size,
        deck: zone,
        survived: kind === 'house' ? 1 : 0,
      })),
    ),
    task: 'classification',
    features: { fare: 'number', deck: 'category' },
    least: 0.9,
  },
  'headers of other scripts, and headers with one API name': {
    file: '家.csv',
    target: '種類',
    csv: csvOf(
      base.map(({ size, rooms, zone, kind }) => ({
        'size (m²)': size,
        'size [m2]': rooms,
        場所: zone,
        種類: kind,
      })),
    ),
    task: 'classification',
    said: ['size [m2]: called size_m2_2 in the API', '場所: called column_3 in the API'],
    features: { size_m2: 'number', size_m2_2: 'number', column_3: 'category' },
    least: 0.9,
  },
};
