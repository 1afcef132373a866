// What MLflow's client searches by: a filter, an order, a page. Read as far as names and versions go, which object storage
// can answer without opening every manifest; anything else is refused rather than ignored.

import { ProblemError } from '#contract/problem.ts';

export interface Search {
  readonly keeps: (model: string, version: string) => boolean;
  /** Of models, then of their versions. */
  readonly descending: { readonly models: boolean; readonly versions: boolean };
  readonly from: number;
  readonly count: number;
}

/** Manifests that one answer reads. The rest is on the next page. */
const MAX_PAGE = 40;

/** Throws ProblemError: invalid_request. */
export function parseSearch(query: URLSearchParams): Search {
  const conditions = (query.get('filter') ?? '')
    .split(/\s+AND\s+/i)
    .filter((part) => part.trim() !== '')
    .map(parseCondition);
  return {
    keeps: (model, version) => conditions.every((holds) => holds(model, version)),
    descending: parseOrder(query.getAll('order_by')),
    from: parseWhole(query.get('page_token') ?? '0', 'page_token'),
    count: Math.min(
      parseWhole(query.get('max_results') ?? String(MAX_PAGE), 'max_results'),
      MAX_PAGE,
    ),
  };
}

type Condition = (model: string, version: string) => boolean;

/** MLflow's own tags, which nothing here has: its client adds one to every search, to leave prompts out. */
const OWN_TAG =
  /^\s*tags?\.(?:`mlflow\.[^`]*`|"mlflow\.[^"]*"|mlflow\.[\w.]+)\s*(=|!=)\s*'[^']*'\s*$/i;

function parseCondition(text: string): Condition {
  const tag = OWN_TAG.exec(text);
  if (tag !== null) return () => tag[1] === '!=';
  const found =
    /^\s*(name|version_number)\s*(=|!=|LIKE|ILIKE)\s*(?:'([^']*)'|"([^"]*)"|([0-9]+))\s*$/i.exec(
      text,
    );
  if (found === null)
    throw refused('filter', text, "name = '…', LIKE or ILIKE, version_number = …");
  const [, attribute, operator, single, double, number] = found;
  const wanted = single ?? double ?? number ?? '';
  const holds = comparison(operator!.toUpperCase(), wanted);
  return attribute!.toLowerCase() === 'name'
    ? (model) => holds(model)
    : (_, version) => holds(version);
}

function comparison(operator: string, wanted: string): (text: string) => boolean {
  if (operator === '=') return (text) => text === wanted;
  if (operator === '!=') return (text) => text !== wanted;
  const fold = operator === 'ILIKE' ? (text: string) => text.toLowerCase() : (text: string) => text;
  const pattern = fold(wanted);
  return (text) => matchesLike(pattern, fold(text));
}

/**
 * Whether SQL's LIKE pattern covers `text`: % stands for any text, _ for one character. At most
 * pattern.length × text.length steps, whatever the client sends: only the last % is ever tried again.
 */
export function matchesLike(pattern: string, text: string): boolean {
  let [at, place] = [0, 0];
  let [lastPercent, resume] = [-1, 0];
  while (place < text.length) {
    if (pattern[at] === '%') {
      lastPercent = at++;
      resume = place;
    } else if (at < pattern.length && (pattern[at] === '_' || pattern[at] === text[place])) {
      at++;
      place++;
    } else if (lastPercent >= 0) {
      at = lastPercent + 1;
      place = ++resume;
    } else return false;
  }
  while (pattern[at] === '%') at++;
  return at === pattern.length;
}

function parseOrder(fields: readonly string[]): Search['descending'] {
  let [models, versions] = [false, true];
  for (const field of fields) {
    const found = /^\s*(name|version_number)(?:\s+(ASC|DESC))?\s*$/i.exec(field);
    if (found === null) throw refused('order_by', field, 'name or version_number, ASC or DESC');
    const isDescending = found[2]?.toUpperCase() === 'DESC';
    if (found[1]!.toLowerCase() === 'name') models = isDescending;
    else versions = isDescending;
  }
  return { models, versions };
}

function parseWhole(text: string, name: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw refused(name, text, 'a whole number');
  return Number(text);
}

const refused = (name: string, text: string, taken: string): ProblemError =>
  new ProblemError('invalid_request', `${name} takes ${taken}, not ${text.trim().slice(0, 80)}`);
