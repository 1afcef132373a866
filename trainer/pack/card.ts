// README.md of a version: the model card, in the form Hugging Face reads (front matter, then prose).

import type { TabularDraft } from '#contract/manifest.ts';
import type { Metrics } from '#contract/model/metrics.ts';
import type { Feature } from '#contract/signature.ts';
import { candidateText } from '../spec/candidate-text.ts';
import { METRICS, spreadText } from '#contract/model/metric-words.ts';

export interface CardOptions {
  readonly draft: TabularDraft;
  /** Of the dataset, as its schema says it. */
  readonly licence: string;
}

export function modelCard({ draft, licence }: CardOptions): string {
  return [frontMatter(draft, licence), prose(draft, licence)].join('\n');
}

const STRANGERS: Readonly<Record<'trees' | 'linear', string>> = {
  trees: `A category it has not seen is taken for a neighbour of the first one it has, so what it answers then is a guess; a
number outside of the range is answered as the nearest one inside.`,
  linear: `A category it has not seen adds nothing to the answer, so what it answers then is a guess; a number outside of the
range counts as the nearest one inside.`,
};

const SHAPES: Readonly<Record<string, string>> = {
  tree: 'It answers in steps, one a leaf: rows beside a threshold can change their answer by very little.',
  forest: 'It is the mean of many trees: steps, but small ones.',
  boosting: 'It is the sum of many small trees: steps, but small ones.',
  linear:
    'It adds up what each feature says by itself: what two features say only together, it does not see.',
  boosted_linear:
    'It adds up what each feature says by itself, and small trees upon that for what features say together.',
};

/** What the model cannot do, by how it works. */
function limitsOf({ task, training: { algorithm } }: TabularDraft): string {
  const isLinear = algorithm === 'linear' || algorithm === 'boosted_linear';
  return [
    'It knows the table above and nothing else.',
    STRANGERS[isLinear ? 'linear' : 'trees'],
    SHAPES[algorithm] ?? '',
    task === 'classification'
      ? 'Probabilities are as well calibrated as the table of metrics says.'
      : 'It does not extrapolate.',
  ].join('\n');
}

/** What Hugging Face calls the algorithm. */
const TAGS: Readonly<Record<string, string>> = {
  tree: 'decision-tree',
  forest: 'random-forest',
  boosting: 'gradient-boosting',
  linear: 'linear-model',
  boosted_linear: 'gradient-boosting',
};

function frontMatter(
  { model, task, data, metrics, training }: TabularDraft,
  licence: string,
): string {
  const kind = `tabular-${task}`;
  const scores = Object.entries(metrics.model).flatMap(([name, { mean }]) => [
    `          - type: ${name}`,
    `            value: ${round(mean)}`,
    `            name: ${METRICS[name]?.title ?? name} (${metrics.folds}-fold cross-validation)`,
  ]);
  return [
    '---',
    'license: other',
    `license_name: ${JSON.stringify(licence)}`,
    'library_name: onnx',
    `pipeline_tag: ${kind}`,
    'tags:',
    `  - ${kind}`,
    `  - ${TAGS[training.algorithm] ?? training.algorithm}`,
    '  - gharial',
    'metrics:',
    ...Object.keys(metrics.model).map((name) => `  - ${name}`),
    'model-index:',
    `  - name: ${model}`,
    '    results:',
    '      - task:',
    `          type: ${kind}`,
    '        dataset:',
    `          type: ${data.dataset}`,
    `          name: ${data.dataset}`,
    '        metrics:',
    ...scores,
    '---',
    '',
  ].join('\n');
}

function prose(draft: TabularDraft, licence: string): string {
  const { title, description, signature, data, training, metrics, parity } = draft;
  const { target } = signature;
  const answer =
    target.type === 'category'
      ? `one of ${target.labels.length} labels of ${target.column}, with a probability for each`
      : `${target.column}${target.unit === null ? '' : `, in ${target.unit}`}`;
  return `# ${title}

${description}

## What it is for

To tell ${target.column} for rows such as those it learned from, where being wrong as often as the table of metrics says does
no harm. Not for rows of another kind, and not as the only ground of a decision about a person.

## What goes in, what comes out

| Feature | Type | What it is |
| --- | --- | --- |
${signature.features.map(featureLine).join('\n')}

It answers ${answer}. The ONNX file takes one float32 a feature (a category as its place in the list that the
file's own metadata holds, an unknown category as -1, a missing value as NaN), three a date.

## Data

${data.source}. ${data.rows} rows, SHA-256 \`${data.sha256}\`. Licence: ${licence}.

## How good it is

Mean ± standard deviation over ${metrics.folds} folds, each row held out once. The dummy answers every row alike, with
what is commonest.

| Metric | Model | Dummy |
| --- | --- | --- |
${Object.keys(metrics.model)
  .map((name) => metricLine(name, metrics))
  .join('\n')}

The version itself was fitted on all rows after that. On ${parity.rows} rows, ${parity.label_differences} labels of the ONNX file
differ from the trainer's; the largest difference of a value is ${parity.max_difference}.

${selectionText(draft)}
What held-out rows lose when one feature is shuffled (${target.type === 'category' ? 'log-loss in nats' : 'RMSE'}):

| Feature | Loss |
| --- | --- |
${importanceLines(metrics)}

## Limits

${limitsOf(draft)}

## How to make it again

Algorithm \`${training.algorithm}\`, parameters \`${JSON.stringify(training.parameters)}\`, seed ${training.seed}, code commit
\`${training.code_commit ?? 'unknown'}\`: the same table gives the same bytes with \`npm run trainer -- --model ${draft.model}\`.
\`npm run report -- ${draft.model} VERSION\` draws its figures from what the version records: ${figuresOf(draft)}.
`;
}

/** What its report shows besides the table. */
const figuresOf = ({ task }: TabularDraft): string =>
  task === 'classification'
    ? 'confusion matrix, reliability, importances, learning curve'
    : 'true values by answer, residuals, errors, importances, learning curve';

function featureLine(feature: Feature): string {
  return `| \`${feature.name}\` | ${rangeOf(feature)}${feature.nullable ? ', may be missing' : ''} | ${cell(feature.description)} |`;
}

function rangeOf(feature: Feature): string {
  switch (feature.type) {
    case 'number':
      return `number, ${feature.minimum} to ${feature.maximum}${unit(feature.unit)}`;
    case 'date':
      return `day, ${feature.minimum} to ${feature.maximum}`;
    case 'boolean':
      return 'true or false';
    case 'category':
      return `one of ${feature.categories.length} categories`;
  }
}

/** How the model was chosen among others; nothing where there were none. */
function selectionText({ metrics: { selection } }: TabularDraft): string {
  if (selection === undefined || selection.candidates.length === 1) return '';
  const { metric, inner_folds, candidates } = selection;
  const name = METRICS[metric]?.title ?? metric;
  return `It was chosen among ${candidates.length} candidates by ${name}; the figures above are those of the choice as well: in each fold it was
made anew by ${inner_folds} inner folds, without a look at what was held out.

| Candidate | ${name} |
| --- | --- |
${candidates
  .map((candidate) => {
    const remark = candidate.refused === undefined ? '' : ` (${candidate.refused})`;
    return `| ${candidateText(candidate)}${remark} | ${spreadText(candidate.score)} |`;
  })
  .join('\n')}
`;
}

function metricLine(name: string, { model, dummy }: Metrics): string {
  return `| ${METRICS[name]?.title ?? name} | ${spreadText(model[name]!)} | ${spreadText(dummy[name]!)} |`;
}

function importanceLines({ permutation_importance }: Metrics): string {
  return Object.entries(permutation_importance)
    .sort(([, a], [, b]) => b.mean - a.mean)
    .map(([name, importance]) => `| \`${name}\` | ${spreadText(importance)} |`)
    .join('\n');
}

const unit = (text: string | null): string => (text === null ? '' : ` ${text}`);
const round = (value: number): number => Number(value.toFixed(4));
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
