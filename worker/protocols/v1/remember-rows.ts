// A tree has few different leaves, so the same outputs come again and again: their text is worth remembering whole.

/** Writes the outputs of one row, from an offset on. */
export type RowFormat = (outputs: Float32Array, offset: number) => string;

interface Remembered {
  readonly outputs: Float32Array;
  readonly text: string;
}

/** Characters of all remembered texts of a format; then it starts anew. */
const MAX_CHARACTERS = 1_048_576;

/** `format` for rows of `width` outputs, asked only for those it has not just written. */
export function rememberRows(format: RowFormat, width: number): RowFormat {
  const known = new Map<number, Remembered>();
  let characters = 0;
  return (outputs, offset) => {
    const key = hashOf(outputs, offset, width);
    const found = known.get(key);
    if (found !== undefined && isSame(found.outputs, outputs, offset)) return found.text;
    const text = format(outputs, offset);
    characters += text.length;
    if (characters > MAX_CHARACTERS) {
      known.clear();
      characters = text.length;
    }
    known.set(key, { outputs: outputs.slice(offset, offset + width), text });
    return text;
  };
}

/** Any number would do; equal rows have the same, others seldom. */
function hashOf(outputs: Float32Array, offset: number, width: number): number {
  let hash = 0;
  for (let index = 0; index < width; index++)
    hash = (Math.imul(hash, 31) + outputs[offset + index]! * 0x3fff_ffff) | 0;
  return hash;
}

function isSame(known: Float32Array, outputs: Float32Array, offset: number): boolean {
  for (let index = 0; index < known.length; index++)
    if (known[index] !== outputs[offset + index]) return false;
  return true;
}
