// How wide a text is at most, without a browser: which face a reader has for system-ui is not known, so letters are taken to
// be as wide as in the widest of the common ones (Verdana, DejaVu Sans).

const WIDTHS: readonly (readonly [letters: RegExp, em: number])[] = [
  [/[ijlI|.,:;'! ]/, 0.4],
  [/[ftrJ()[\]"/\\·-]/, 0.46],
  [/[scz]/, 0.56],
  [/[mMW@%—…]/, 1.01],
  [/[wCDGHNOQU&<>=+−~≥≤±→#]/, 0.85],
  [/[A-Z]/, 0.7],
];

/** What half-bold letters are wider by. */
export const BOLD = 1.12;

const widths = new Map<string, number>();

function letterWidth(letter: string): number {
  const known = widths.get(letter);
  if (known !== undefined) return known;
  const width = WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? otherWidth(letter);
  widths.set(letter, width);
  return width;
}

/** Latin letters; of other scripts a letter may be as wide as it is high. */
const otherWidth = (letter: string): number => (letter < '\u0250' ? 0.64 : 1.05);

/** Pixels that `text` takes at most at `size` pixels. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width * size;
}

/** `text`, or as much of it as fits into `width` pixels, with an ellipsis in place of the rest. */
export function shorten(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  let kept = '';
  for (const letter of text) {
    if (textWidth(`${kept}${letter}…`, size) > width) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}
