// The few parsers the contract's formats need: unknown → exact type, or an error that says where.

export class ParseError extends Error {
  /** JSON Pointer (RFC 6901) of the value at fault. */
  readonly pointer: string;
  readonly fault: string;

  constructor(pointer: string, fault: string, options?: ErrorOptions) {
    super(`${pointer === '' ? '(root)' : pointer} ${fault}`, options);
    this.name = 'ParseError';
    this.pointer = pointer;
    this.fault = fault;
  }
}

export function parseObject(value: unknown, pointer: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ParseError(pointer, 'must be an object');
  return value as Record<string, unknown>;
}

export function parseText(value: unknown, pointer: string): string {
  if (typeof value !== 'string') throw new ParseError(pointer, 'must be a string');
  return value;
}

export function parseCount(value: unknown, pointer: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new ParseError(pointer, 'must be a whole number, zero or more');
  return value as number;
}

export function parseNumber(value: unknown, pointer: string): number {
  if (typeof value !== 'number') throw new ParseError(pointer, 'must be a number');
  return value;
}

export function parseFinite(value: unknown, pointer: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new ParseError(pointer, 'must be a finite number');
  return value;
}

export function parseList<T>(
  value: unknown,
  pointer: string,
  parseItem: (item: unknown, pointer: string) => T,
): readonly T[] {
  if (!Array.isArray(value)) throw new ParseError(pointer, 'must be a list');
  return value.map((item, index) => parseItem(item, `${pointer}/${index}`));
}

export function parseRecord<T>(
  value: unknown,
  pointer: string,
  parseItem: (item: unknown, pointer: string) => T,
): Readonly<Record<string, T>> {
  const entries = Object.entries(parseObject(value, pointer));
  return Object.fromEntries(
    entries.map(([key, item]) => [key, parseItem(item, `${pointer}/${escapePointer(key)}`)]),
  );
}

/** What a record holds under a name from outside; `constructor` and the like are nothing unless they were put there. */
export const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** Parses JSON text. Throws ParseError at the root when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ParseError('', `is not JSON: ${(cause as Error).message}`, { cause });
  }
}

/** A feature's or target's API name: a letter or underscore, then letters, digits, underscores. */
export function checkName(value: unknown, pointer: string): string {
  const name = parseText(value, pointer);
  if (!/^[a-z_][a-z0-9_]*$/.test(name) || name === '__proto__')
    throw new ParseError(pointer, `is not an API name: ${name}`);
  return name;
}

/** One step of a JSON Pointer (RFC 6901 §3). */
export function escapePointer(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
