// JSON with one spelling: the same value always gives the same bytes, so that it can be hashed and compared.

/** Keys sorted by code point, two spaces of indent, a newline at the end. Throws on a number that JSON cannot say. */
export function stableJson(value: unknown): string {
  return `${JSON.stringify(sorted(value, ''), null, 2)}\n`;
}

function sorted(value: unknown, pointer: string): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Error(`not a JSON number at ${pointer}: ${value}`);
  if (Array.isArray(value)) return value.map((item, index) => sorted(item, `${pointer}/${index}`));
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(
    keys.map((key) => [key, sorted((value as Record<string, unknown>)[key], `${pointer}/${key}`)]),
  );
}
