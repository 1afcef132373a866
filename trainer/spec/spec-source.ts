// A first spec for a table as the file models/<name>/spec.ts that a person reads and edits.

import type { TabularTask } from '#contract/manifest.ts';
import type { Candidate } from '#contract/spec.ts';

export interface SpecDraft {
  /** Of the model, and of the dataset. */
  readonly name: string;
  readonly target: string;
  readonly task: TabularTask;
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
function treeFor({ rows, labels }: SpecDraft): Candidate {
  const min_rows = Math.max(5, Math.ceil((rows * labels) / SPACE));
  return { algorithm: 'tree', parameters: { max_depth: 24, min_rows, smoothing: 1 } };
}

/** Nodes of a boosting's tree of 8 leaves. */
const BOOSTED_NODES = 15;

/** As many rounds as the budget has room for: each is a tree per label. */
function boostingFor({ labels }: SpecDraft): Candidate {
  const room = Math.floor(BUDGET.nodes / BOOSTED_NODES / (labels === 2 ? 1 : labels));
  const parameters = { learning_rate: 0.1, max_leaves: 8, leaf_rows: 5, l2: 1 };
  return {
    algorithm: 'boosting',
    parameters: { rounds: Math.min(100, room), ...parameters, subsample: 1, patience: 10 },
  };
}

const OTHERS: readonly ((draft: SpecDraft) => Candidate)[] = [
  () => ({ algorithm: 'linear', parameters: { l2: 1 } }),
  boostingFor,
];

/** TypeScript whose default export is the spec. What is kept out stands in comments, with the reason. */
export function specSource(draft: SpecDraft): string {
  const { name, target, task, columns } = draft;
  const text = (value: unknown): string => JSON.stringify(value);
  const candidates = [treeFor(draft), ...OTHERS.map((other) => other(draft))];
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
    '  candidates: [',
    ...candidates.map(
      ({ algorithm, parameters }) =>
        `    { algorithm: ${text(algorithm)}, parameters: ${text(parameters)} },`,
    ),
    '  ],',
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
