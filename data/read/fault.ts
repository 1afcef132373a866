// What is wrong at one place of a table, and the error that lists all such places at once.

import { DataError } from '../data-error.ts';

export interface Fault {
  /** Line of the file, from 1; quoted cells with line breaks take several. */
  readonly line: number;
  /** The column's name; null when the whole line is at fault. */
  readonly column: string | null;
  readonly detail: string;
}

/** Faults printed before the rest is only counted. */
const SHOWN = 20;

/** One line a fault, `file:line: column: detail`; a count above them when there are several. */
export function faultsError(file: string, faults: readonly Fault[]): DataError {
  const lines = faults.slice(0, SHOWN).map((fault) => describe(file, fault));
  if (faults.length > SHOWN) lines.push(`… and ${faults.length - SHOWN} more`);
  if (faults.length > 1) lines.unshift(`${file}: ${faults.length} faults`);
  return new DataError(lines.join('\n'));
}

function describe(file: string, { line, column, detail }: Fault): string {
  const place = column === null ? '' : ` ${column}:`;
  return `${file}:${line}:${place} ${detail}`;
}

/** A cell's text for a message: quoted, on one line, safe for a terminal, at most 40 characters. */
export function quote(text: string): string {
  const characters = Array.from(text);
  const short = characters.length > 40 ? `${characters.slice(0, 39).join('')}…` : text;
  return JSON.stringify(short).replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A file's name for a message or record: on one line, safe for a terminal. */
export const plain = (name: string): string => name.replace(/\p{C}/gu, '?');
