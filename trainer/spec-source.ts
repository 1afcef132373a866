// A first spec for a table as the file models/<name>/spec.ts that a person reads and edits.

import type { Task } from '#contract/manifest.ts';
import type { ModelSpec } from '#contract/spec.ts';

export interface SpecDraft {
  /** Of the model, and of the dataset. */
  readonly name: string;
  readonly target: string;
  readonly task: Task;
  readonly rows: number;
  /** 1 for a number. */
  readonly labels: number;
  /** Columns in the table's order; why one is kept out, or null for a feature. */
  readonly columns: readonly { readonly name: string; readonly keptOut: string | null }[];
}

const BUDGET = { nodes: 20_000, bytes: 1_000_000 };
/** Rows times labels a leaf has, at least, for the ONNX file to stay within its budget: nine bytes a label and leaf. */
const SPACE = 50_000;

/** Few rows a leaf, but no more leaves than the budget has room for. */
function candidateFor({ rows, labels }: SpecDraft): ModelSpec['candidate'] {
  const min_rows = Math.max(5, Math.ceil((rows * labels) / SPACE));
  return { algorithm: 'tree', parameters: { max_depth: 24, min_rows, smoothing: 1 } };
}

/** TypeScript whose default export is the spec. What is kept out stands in comments, with the reason. */
export function specSource(draft: SpecDraft): string {
  const { name, target, task, columns } = draft;
  const text = (value: unknown): string => JSON.stringify(value);
  const { algorithm, parameters } = candidateFor(draft);
  const what = task === 'classification' ? 'Which' : 'How much is';
  return [
    `// ${what} ${oneLine(target)}? Take a column in or out here, then: npm run trainer -- --model ${name}`,
    '',
    "import type { ModelSpec } from '#contract/spec.ts';",
    '',
    'const spec: ModelSpec = {',
    `  model: ${text(name)},`,
    `  title: ${text(titleOf(name))},`,
    `  description: ${text(`${target}, from the other columns of the table.`)},`,
    `  dataset: ${text(name)},`,
    `  target: ${text(target)},`,
    '  features: [',
    ...columns.map((column) =>
      column.keptOut === null
        ? `    ${text(column.name)},`
        : `    // ${oneLine(text(column.name))}, // ${oneLine(column.keptOut)}`,
    ),
    '  ],',
    '  max_categories: 100,',
    '  seed: 1,',
    `  folds: ${Math.min(5, draft.rows)},`,
    `  candidate: { algorithm: ${text(algorithm)}, parameters: ${text(parameters)} },`,
    `  budget: { nodes: ${BUDGET.nodes}, bytes: ${BUDGET.bytes} },`,
    '};',
    '',
    'export default spec;',
    '',
  ].join('\n');
}

/** What ends a line would end the comment. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ');

function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
