// Makes up a table like the real one from species.ts. No row of it was observed, and every row says so.
//
// Only + − × ÷ and square roots (exact by IEEE 754): the same seed gives the same bytes on every machine.

import type { Generate } from '../source/generator.ts';
import type { Random } from '../random.ts';
import { SPECIES, type Species, type Weighted } from './species.ts';

const FAMILY = 'Crocodylidae';
const OBSERVER = 'synthetic';
const NOTES = 'Made up by a generator from published biology; no such animal was observed.';

/** How often each age is met in surveys, which miss most of the small ones. */
const AGES: Weighted = [
  ['Hatchling', 1],
  ['Juvenile', 4],
  ['Subadult', 5],
  ['Adult', 10],
];

const FIRST_DAY = Date.UTC(2005, 0, 1);
const DAYS = 21 * 365;
const DAY = 24 * 60 * 60 * 1000;

/** Makes up `rows` observations, as the Kaggle table writes them. */
const generate: Generate = (random, rows) =>
  Array.from({ length: rows }, (_, index) => observation(random, index + 1));

export default generate;

function observation(random: Random, id: number): Record<string, string | number> {
  const species = SPECIES[Math.floor(random.uniform() * SPECIES.length)]!;
  const age = random.pick(AGES);
  const male = random.uniform() < 0.5;
  const length = round(lengthAt(random, species, age, male), 100);
  return {
    'Observation ID': id,
    'Common Name': species.common,
    'Scientific Name': species.scientific,
    Family: FAMILY,
    Genus: species.scientific.split(' ')[0]!,
    'Observed Length (m)': length,
    'Observed Weight (kg)': weightAt(random, species, length),
    'Age Class': age,
    Sex: sexAsNoted(random, age, male),
    'Date of Observation': dayFirst(FIRST_DAY + Math.floor(random.uniform() * DAYS) * DAY),
    'Country/Region': random.pick(species.countries),
    'Habitat Type': random.pick(species.habitats),
    'Conservation Status': species.status,
    'Observer Name': OBSERVER,
    Notes: NOTES,
  };
}

/** Total length in m, for the age class: classes meet but do not overlap, and most adults are nearer to maturity than to the record. */
function lengthAt(random: Random, { length }: Species, age: string, male: boolean): number {
  const { hatched, mature } = length;
  const largest = male ? length.male : length.female;
  const share = random.uniform();
  if (age === 'Hatchling') return between(hatched, hatched * 1.8, share);
  if (age === 'Juvenile') return between(hatched * 1.8, mature * 0.6, share);
  if (age === 'Subadult') return between(mature * 0.6, mature, share);
  return between(mature, largest, share * share);
}

/** Weight in kg by length^3.25 (published exponents are 3.1 to 3.4), ±8 % for how well it is fed. */
function weightAt(random: Random, { build }: Species, length: number): number {
  const condition = 1 + 0.08 * random.deviate();
  const weight = build * length * length * length * Math.sqrt(Math.sqrt(length)) * condition;
  return Math.max(0.01, round(weight, weight < 10 ? 100 : 10));
}

/** Sex takes an examination by hand: of small animals it is seldom known. */
function sexAsNoted(random: Random, age: string, male: boolean): string {
  const known = age === 'Hatchling' ? 0.1 : 0.7;
  if (random.uniform() >= known) return 'Unknown';
  return male ? 'Male' : 'Female';
}

const between = (low: number, high: number, share: number): number => low + (high - low) * share;

const round = (value: number, steps: number): number => Math.round(value * steps) / steps;

const dayFirst = (time: number): string =>
  new Date(time).toISOString().slice(0, 10).split('-').reverse().join('-');
