// JSON whose whole numbers keep their value: those that a float64 cannot hold become BigInt.

/** A run of digits long enough to be more than 2^53 - 1. */
const LONG_NUMBER = /[0-9]{16}/;

/** JSON.parse, but whole numbers of up to 20 digits (all of 64 bits) beyond ±(2^53 - 1) are BigInt. Throws SyntaxError as JSON.parse does. */
export function parseJsonExact(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  return JSON.parse(text, reviveInteger);
}

// The third argument is the text of the number (ECMAScript: JSON.parse source text access).
function reviveInteger(
  _key: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^-?[0-9]{16,20}$/.test(source) ? BigInt(source) : value;
}
