// The unit a header names: "Length (m)", "weight [kg]", "weight_kg".

/** Words at the end of a header that are units, without brackets to say so. */
const WORDS: Readonly<Record<string, string>> = {
  mm: 'mm',
  cm: 'cm',
  m: 'm',
  km: 'km',
  m2: 'm²',
  sqm: 'm²',
  sqft: 'sq ft',
  ft: 'ft',
  mg: 'mg',
  g: 'g',
  kg: 'kg',
  lbs: 'lb',
  lb: 'lb',
  ml: 'ml',
  l: 'l',
  ms: 'ms',
  s: 's',
  min: 'min',
  h: 'h',
  days: 'days',
  years: 'years',
  kmh: 'km/h',
  mph: 'mph',
  kw: 'kW',
  kwh: 'kWh',
  hp: 'hp',
  eur: 'EUR',
  usd: 'USD',
  gbp: 'GBP',
  pct: '%',
  percent: '%',
  celsius: '°C',
  hpa: 'hPa',
};

const BRACKETED = /^.*\S\s*[([]\s*([^()[\]]{1,12}?)\s*[)\]]$/u;

/** The unit, or null when the header names none. */
export function unitOf(header: string): string | null {
  const bracketed = BRACKETED.exec(header)?.[1];
  if (bracketed !== undefined) return bracketed;
  const word = /[\s_]([A-Za-z0-9]+)$/.exec(header)?.[1];
  return word === undefined ? null : (WORDS[word.toLowerCase()] ?? null);
}
