// The state of the batch page: a file, its columns, what is wrong with it, the run, its answers.

import type { TabularManifest } from '#contract/manifest.ts';
import type { Api } from '../api.ts';
import { csvOf, NoRowsError, readTable, type Table } from '../csv.ts';
import { troubleOf, type Trouble } from '../trouble.ts';
import { checkTable, type Check } from './check.ts';
import { matchColumns, missingColumns, type Columns } from './columns.ts';
import { edgeRows } from './edge-rows.ts';
import { hereRows } from './here-rows.ts';
import type { RowAnswer } from './row-answers.ts';
import { runBatch } from './run.ts';

export type Stage = 'empty' | 'reading' | 'ready' | 'running' | 'stopped' | 'done';

/** Where rows are answered: by the API, or by the same model in this browser, so that nothing of the file leaves it. */
export type Where = 'edge' | 'here';

export class Batch {
  where = $state<Where>('edge');
  stage = $state<Stage>('empty');
  table = $state.raw<Table | null>(null);
  columns = $state.raw<Columns>({});
  check = $state.raw<Check | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  /** Share of the file that is read. */
  read = $state(0);
  answers = $state.raw<readonly RowAnswer[]>([]);
  /** Rows a second, over the whole run so far; 0 before the first answer. */
  rate = $state(0);

  readonly manifest: TabularManifest;
  readonly #api: Api;
  readonly #now: () => number;
  #working = new AbortController();

  /** `now` in milliseconds. */
  constructor(api: Api, manifest: TabularManifest, now: () => number) {
    this.#api = api;
    this.manifest = manifest;
    this.#now = now;
  }

  get missing(): readonly string[] {
    return missingColumns(this.manifest.signature, this.columns);
  }

  /** Seconds until the last row, at the present rate; null while nothing is known of it. */
  get secondsLeft(): number | null {
    const left = (this.table?.rows.length ?? 0) - this.answers.length;
    return this.rate > 0 ? left / this.rate : null;
  }

  async open(file: File): Promise<void> {
    const { signal } = this.#restart();
    this.stage = 'reading';
    this.table = null;
    try {
      const table = await readTable(file, (share) => (this.read = share), signal);
      this.table = table;
      this.stage = 'ready';
      await this.map(matchColumns(this.manifest.signature, table.header));
    } catch (error) {
      if (signal.aborted) return;
      this.stage = 'empty';
      this.trouble = {
        kind: 'refused',
        say: ({ trouble }) => ({
          title: trouble.unreadable,
          detail: error instanceof NoRowsError ? trouble.noRows(error.file) : messageOf(error),
        }),
      };
    }
  }

  /** Takes other columns for the features, and checks the rows again. */
  async map(columns: Columns): Promise<void> {
    const { signal } = this.#restart();
    this.columns = columns;
    this.check = null;
    this.answers = [];
    this.stage = 'ready';
    if (this.table === null || this.missing.length > 0) return;
    const check = await checkTable(this.manifest.signature, columns, this.table, signal).catch(
      () => null,
    );
    if (!signal.aborted) this.check = check;
  }

  /** Starts, or goes on where it was stopped. */
  async start(): Promise<void> {
    const { table, columns, manifest } = this;
    if (table === null) return;
    const { signal } = this.#restart();
    const from = this.stage === 'stopped' ? this.answers.length : 0;
    let answers = this.answers.slice(0, from);
    this.answers = answers;
    this.stage = 'running';
    this.rate = 0;
    const begun = this.#now();
    const answerer =
      this.where === 'here' ? hereRows(manifest, columns) : edgeRows(this.#api, manifest, columns);
    try {
      const options = { answerer, table, from, signal };
      for await (const more of runBatch(options)) {
        if (signal.aborted) return;
        answers = [...answers, ...more];
        this.answers = answers;
        this.rate = ((answers.length - from) / (this.#now() - begun)) * 1000;
      }
      this.stage = 'done';
    } catch (error) {
      if (signal.aborted) return;
      this.stage = 'stopped';
      this.trouble = troubleOf(error);
    } finally {
      answerer.close();
    }
  }

  /** What was answered elsewhere stays: both answer alike. */
  answerAt(where: Where): void {
    if (this.stage !== 'running') this.where = where;
  }

  /** What was answered so far stays. */
  stop(): void {
    this.#working.abort();
    if (this.stage === 'running') this.stage = 'stopped';
  }

  /** The file with its answers as CSV: every column it had, then the answer. */
  download(): string {
    if (this.table === null) return '';
    const { target } = this.manifest.signature;
    const isClass = target.type === 'category';
    const added = [`predicted ${target.column}`, ...(isClass ? ['probability'] : []), 'error'];
    const rows = this.answers.map(({ answer, probability, error }, at) => [
      ...(this.table?.rows[at] ?? []),
      answer,
      ...(isClass ? [probability === null ? '' : String(probability)] : []),
      error,
    ]);
    return csvOf([[...this.table.header, ...added], ...rows], { forSpreadsheets: true });
  }

  #restart(): AbortController {
    this.#working.abort();
    this.#working = new AbortController();
    this.trouble = null;
    return this.#working;
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
