// What MLflow's client searches by: a filter, an order, a page. Read as far as names and versions go, which object storage
// can answer without opening every manifest; anything else is refused rather than ignored. Reading and comparing take time
// in proportion to the text: no regular expression is made of it.

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

const MAX_FILTER_CHARACTERS = 2_000;
const MAX_CONDITIONS = 20;

/** Throws ProblemError: invalid_request. */
export function parseSearch(query: URLSearchParams): Search {
  const conditions = parseFilter(query.get('filter') ?? '');
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

/** Conditions joined by AND. */
function parseFilter(text: string): readonly Condition[] {
  if (text.length > MAX_FILTER_CHARACTERS)
    throw invalidSearch(`filter has ${text.length} characters, more than ${MAX_FILTER_CHARACTERS}`);
  const conditions: Token[][] = [];
  for (const token of tokensOf(text)) {
    if (isWord(token, 'AND')) conditions.push([]);
    else (conditions.at(-1) ?? conditions[conditions.push([]) - 1]!).push(token);
  }
  if (conditions.length > MAX_CONDITIONS)
    throw invalidSearch(`filter has ${conditions.length} conditions, more than ${MAX_CONDITIONS}`);
  return conditions.filter((tokens) => tokens.length > 0).map(parseCondition);
}

interface Token {
  /** Text in quotes or backticks, or a word, number or operator. */
  readonly isQuoted: boolean;
  readonly text: string;
}

const isWord = ({ isQuoted, text }: Token, word: string): boolean =>
  !isQuoted && text.toUpperCase() === word;

/** A text in quotes, a run of letters, digits, `_` and `.`, an operator, or any one character but white space. */
const TOKEN = /'[^']*'|"[^"]*"|`[^`]*`|[\w.]+|!=|\S/g;

const tokensOf = (text: string): readonly Token[] =>
  Array.from(text.matchAll(TOKEN), ([found]) => {
    const isQuoted = found.length > 1 && /^['"`]/.test(found);
    return { isQuoted, text: isQuoted ? found.slice(1, -1) : found };
  });

const ATTRIBUTES = ['NAME', 'VERSION_NUMBER'];
const OPERATORS = ['=', '!=', 'LIKE', 'ILIKE'];

function parseCondition(tokens: readonly Token[]): Condition {
  const [attribute, operator, wanted, ...more] = tokens;
  const operators = OPERATORS.filter((name) => operator !== undefined && isWord(operator, name));
  const names = ATTRIBUTES.filter((name) => attribute !== undefined && isWord(attribute, name));
  if (isOwnTag(tokens)) return () => tokens.at(-2)!.text === '!=';
  const isValue = wanted !== undefined && (wanted.isQuoted || /^[0-9]+$/.test(wanted.text));
  if (names.length === 0 || operators.length === 0 || !isValue || more.length > 0)
    throw refused(
      'filter',
      tokens.map(({ text }) => text).join(' '),
      "name = '…', LIKE or ILIKE, version_number = …",
    );
  const holds = comparison(operators[0]!, wanted.text);
  return names[0] === 'NAME' ? (model) => holds(model) : (_, version) => holds(version);
}

/** MLflow's own tags, which nothing here has: its client adds one to every search, to leave prompts out. */
function isOwnTag(tokens: readonly Token[]): boolean {
  const [tag, ...others] = tokens.slice(0, -2);
  const [operator, value] = tokens.slice(-2);
  if (tag === undefined || tag.isQuoted || value?.isQuoted !== true) return false;
  if (operator?.text !== '=' && operator?.text !== '!=') return false;
  const name = tag.text.toLowerCase();
  const [key, ...more] = others;
  if (name === 'tag.' || name === 'tags.')
    return key?.isQuoted === true && key.text.startsWith('mlflow.') && more.length === 0;
  return key === undefined && (name.startsWith('tag.mlflow.') || name.startsWith('tags.mlflow.'));
}

function comparison(operator: string, wanted: string): (text: string) => boolean {
  if (operator === '=') return (text) => text === wanted;
  if (operator === '!=') return (text) => text !== wanted;
  if (operator === 'LIKE') return (text) => matchesLike(wanted, text);
  const lower = wanted.toLowerCase();
  return (text) => matchesLike(lower, text.toLowerCase());
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
    const [name = '', direction = 'ASC', ...more] = field.trim().toUpperCase().split(/\s+/);
    const isKnown = ATTRIBUTES.includes(name) && ['ASC', 'DESC'].includes(direction);
    if (!isKnown || more.length > 0)
      throw refused('order_by', field, 'name or version_number, ASC or DESC');
    if (name === 'NAME') models = direction === 'DESC';
    else versions = direction === 'DESC';
  }
  return { models, versions };
}

function parseWhole(text: string, name: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw refused(name, text, 'a whole number');
  return Number(text);
}

const refused = (name: string, text: string, accepted: string): ProblemError =>
  invalidSearch(`${name} takes ${accepted}, not ${text.trim().slice(0, 80)}`);

const invalidSearch = (detail: string): ProblemError => new ProblemError('invalid_request', detail);
