// The words of the pages of models and versions, in English: a part of en.ts. ja-models.ts has the same shape.

import { numbers, inUnit, listed, rows } from './en-phrases.ts';

const { count } = numbers;

const version = (name: string): string => `version ${name}`;

export const modelWords = {
  facts: {
    label: 'About this version',
    overFolds: (folds: number, dummy: string) =>
      `on rows it had not seen, over ${count(folds)} folds; ${dummy}`,
    commonest: (figure: string) => `guessing the commonest gets ${figure}`,
    mean: (figure: string) => `the mean alone gets ${figure}`,
    trainedOn: 'Trained on',
    rows,
    parity: 'Trainer and edge differ on',
    parityRows: (different: number, all: number) => `${count(different)} of ${rows(all)}`,
    parityWhen: 'checked before the version was published',
    version: 'Version',
    made: (algorithm: string, day: string) => `${algorithm}, made on ${day}`,
  },

  metrics: {
    title: 'How good it is',
    lead: (folds: number) =>
      `On rows it had not seen, mean ± standard deviation over ${count(folds)} folds. The dummy answers every row alike.`,
    table: 'Metrics',
    metric: 'Metric',
    ours: 'This version',
    dummy: 'Dummy',
    better: { higher: 'higher is better', lower: 'lower is better' },
    names: {
      accuracy: 'Accuracy',
      macro_f1: 'Macro F1',
      log_loss: 'Log-loss',
      ece: 'Calibration error',
      rmse: 'Typical error (RMSE)',
      mae: 'Mean absolute error',
      r2: 'R²',
    },
  },

  models: {
    title: 'Models',
    description: 'The models of this server, and which version of each is live.',
    lead: 'What is published on this server, and which version of each answers.',
    tasks: { classification: 'classification', regression: 'regression', tensors: 'tensors' },
    versions: (number: number) => (number === 1 ? '1 version' : `${count(number)} versions`),
    version,
    live: 'live',
    noneLive: 'No version is live yet.',
    ask: 'Ask it about a row',
  },

  model: {
    description: 'A model: which version is live, every version, and who moved what when.',
    live: 'What is live',
    openapi: 'Its OpenAPI document',
    tensors: 'Its tensors, as /v2 has them',
    newest: (number: number) => `The newest ${count(number)} of them.`,
    versionTitle: (name: string) => `Version ${name}`,
    dummy: (figure: string) => `dummy ${figure}`,
    history: 'History',
    made: (name: string) => `Version ${name} was made`,
    madeOf: (algorithm: string, number: number) => `${algorithm}, from ${rows(number)}`,
    became: (name: string, alias: string) => `${name} became ${alias}`,
    moved: (alias: string, from: string, to: string) => `${alias} moved from ${from} to ${to}`,
  },

  version: {
    title: (model: string, name: string) => `${model}, version ${name}`,
    description: 'A version of a model: how good it is, where it errs, and its files.',
    lives: 'What it lives on',
    livesLead: (task: 'classification' | 'regression') =>
      `How much worse ${task === 'classification' ? 'the log-loss' : 'the RMSE'} of held-out rows gets when one feature is shuffled, mean ± standard deviation over the folds.`,
    tensors: 'Tensors',
    tensorsLead:
      'This model has no rows, and so no form: clients of the Open Inference Protocol send it tensors.',
    inputs: 'What goes in',
    outputs: 'What comes out',
    anySize: 'any',
    beside: 'Beside another version',
    noOther: 'There is no other version yet.',
    compareWith: 'Compare with',
    none: 'none',
    card: 'Model card',
    download: 'Download',
    files: {
      'model.onnx': 'the model itself, for any ONNX runtime',
      'tree.json': 'its trees with what ONNX does not carry',
      'holdout.json': 'what it lost on each row when that row was held out',
      'baseline.json': 'how the training rows were spread',
      'README.md': 'the model card',
      'manifest.json': 'everything that is known of the version',
    },
  },

  confusion: {
    title: 'What is taken for what',
    none: 'Every held-out row got its own label.',
    taken: (truth: string, taken: string) => `${truth} taken for ${taken}`,
    times: (number: number) => `${count(number)} ×`,
    morePairs: (number: number) => `and ${count(number)} other pairs`,
    shown: (all: number, shown: number) =>
      `Of ${count(all)} labels these are the ${count(shown)} that take part in most mistakes.`,
    table: 'Confusion matrix',
    caption: 'A line for each true label, a column for each predicted one, in rows held out.',
    truth: 'True label',
    others: 'others',
    cell: (truth: string, taken: string, number: number) =>
      `${truth} taken for ${taken}: ${number}`,
  },

  compare: {
    table: 'Metrics of both versions',
    which: 'Which',
    verdicts: {
      within: 'within the spread',
      better: 'better here',
      worse: 'worse here',
    },
    nothing: 'Nothing else differs: the same run.',
    differs: 'What differs',
    algorithm: 'Algorithm',
    seed: 'Seed',
    rows: 'Rows',
    data: 'Data',
    source: 'Source',
    commit: 'Commit',
    size: 'Bytes of model.onnx',
    inputs: 'Inputs',
    outputs: 'Outputs',
    feature: (name: string) => `Feature ${name}`,
    none: 'none',
    notThere: 'not there',
    notSaid: 'not said',
    categories: (number: number, own: readonly string[]) =>
      `${number} categories${own.length > 0 ? `, only here: ${listed(own)}` : ''}`,
    boolean: 'yes or no',
    range: (from: string, to: string, unit: string | null) => `${from} to ${to}${inUnit(unit)}`,
  },
};

export type ModelWords = typeof modelWords;
