// What is wrong with the rows of a file, before any of them is sent: by the same rule the API answers by.

import { createEncoder, type Findings } from '#contract/features/encode-row.ts';
import type { Signature } from '#contract/signature.ts';
import type { Table } from '../csv.ts';
import { rowOfCells, type Columns } from './columns.ts';

export interface RowNote {
  /** Counts from 1, the header not counted. */
  readonly row: number;
  readonly kind: 'fault' | 'warning';
  /** The feature, and the API's words about its value, which begin with a verb. */
  readonly name: string;
  readonly detail: string;
}

export interface Check {
  /** Rows the API will refuse, and rows with values the model never saw the like of. */
  readonly faulty: number;
  readonly remarkable: number;
  /** The first of them, faults first. */
  readonly notes: readonly RowNote[];
}

const NOTED = 50;
/** Rows between two breaths of the page. */
const STRIDE = 5_000;

/** Checks every row; the page stays alive meanwhile. Throws the signal's abort. */
export async function checkTable(
  signature: Signature,
  columns: Columns,
  table: Table,
  signal: AbortSignal,
): Promise<Check> {
  const encoder = createEncoder(signature);
  const into = new Float32Array(encoder.width);
  const notes: RowNote[] = [];
  const noted = { fault: 0, warning: 0 };
  for (let at = 0; at < table.rows.length; at++) {
    if (at % STRIDE === 0) {
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
    const findings: Findings = { faults: [], warnings: [] };
    encoder.encodeRow(rowOfCells(signature, columns, table.rows[at]!), into, 0, '', findings);
    const kind = findings.faults.length > 0 ? 'fault' : 'warning';
    const [first] = [...findings.faults, ...findings.warnings];
    if (first === undefined) continue;
    noted[kind]++;
    if (noted[kind] <= NOTED)
      notes.push({ row: at + 1, kind, name: first.pointer.slice(1), detail: first.detail });
  }
  notes.sort(
    (a, b) => Number(a.kind === 'warning') - Number(b.kind === 'warning') || a.row - b.row,
  );
  return { faulty: noted.fault, remarkable: noted.warning, notes: notes.slice(0, NOTED) };
}
