// Every word of the pages, in English. ja.ts has the same shape; what comes from a signature or the API is in neither.

import type { Relation } from '#contract/explain/relation.ts';
import { inUnit, listed, numbers, rows } from './en-phrases.ts';
import { modelWords } from './en-models.ts';

const { count, percent, short } = numbers;

export const en = {
  /** Its language tag (BCP 47). */
  tag: 'en',
  numbers,
  ...modelWords,

  frame: {
    product: 'Gharial turns a table into a prediction API and a web page at the edge.',
    skip: 'Skip to the content',
    pages: 'Pages',
    predict: 'Predict',
    batch: 'Batch',
    models: 'Models',
    data: 'Data',
    reference: 'API',
    docs: 'Docs',
    crumbs: 'The way here',
    picker: 'Model',
    model: 'Model',
    loading: 'Loading the model',
    retry: 'Try again',
    offline: 'No network: what you see was last read when there was one.',
  },

  needsScript: {
    why: 'This page asks the API from your browser, and needs JavaScript for it. The API itself does not:',
    models: 'lists the models of this server.',
  },

  message: {
    home: 'Go to the start page',
    nothingHere: 'There is nothing at this address',
    nothingHereText: 'It may have been mistyped, or the page may have moved.',
    broken: 'This page broke',
    brokenText: 'That is our fault. Loading it again may help.',
    offline: 'This page is not kept on this device',
    offlineText: 'There is no network, and it was not read before.',
  },

  trouble: {
    empty: 'No model is published yet',
    emptyText: 'Train and publish one; then this page becomes its form.',
    unreachable: 'The server cannot be reached',
    unreachableText: 'Either this device is offline or the server is not running.',
    unknown: 'This page does not understand the answer',
    status: (status: number) => `The server answered ${status}`,
    statusText: 'It gave no reason that can be shown here.',
    tensors: 'This model takes tensors, not rows',
    tensorsText: (names: string) =>
      `It has no form: send it ${names} as tensors, by the Open Inference Protocol.`,
    unreadable: 'This file cannot be read',
    noRows: (file: string) => `no rows: ${file} needs a line of column names, then a line a row`,
  },

  /** What is wrong or remarkable about a value; `detail` is the API's own words, which begin with a verb. */
  faults: {
    ofField: (detail: string) => `This value ${detail}.`,
    ofColumn: (name: string, detail: string) => `${name} ${detail}`,
  },

  copy: {
    copy: 'Copy',
    asCurl: 'Copy as curl',
    copied: 'Copied',
    marked: 'Marked: copy it with the keyboard',
    code: 'Code',
    table: 'Table',
  },

  form: {
    label: 'A row to ask about',
    examples: 'Examples',
    notKnown: 'not known',
    chooseOne: 'choose one',
    yes: 'yes',
    no: 'no',
    options: 'Options',
    noOption: 'The model knows none like it.',
    slider: (label: string) => `${label}, slider`,
    trainedOn: (from: string, to: string) => `trained on ${from} to ${to}`,
  },

  predict: {
    title: 'Predictions from a table',
    lead: 'Fill in a row, see what the model makes of it.',
    description:
      'Ask a model about one row of a table and see what it answers, how sure it is, and which version said so.',
    answer: 'The answer',
    marked: 'No answer to this row: see the marked field.',
    likeliest: (column: string) => `Likeliest: ${column}`,
    others: (number: number) => `${count(number)} others`,
    truth: (target: string) => `The dataset says: ${target}`,
    /** Around the version, and the time it took. */
    answered: {
      edge: { before: 'Answered by version', between: 'in', after: '' },
      here: { before: 'Answered in this browser by version', between: 'in', after: '' },
    },
    sureBin: (number: number, from: number, to: number, right: number) =>
      `Of ${count(number)} held-out rows it was ${percent(from)} to ${percent(to)} sure of, it was right on ${percent(right)}.`,
    sureMean: (off: number) =>
      `On held-out rows its probabilities were off by ${percent(off)} on average.`,
    program: 'The same from your program',
  },

  lists: {
    all: (count: string) => `Show all ${count}`,
    fewer: 'Show fewer',
    others: (count: string) => `${count} others together`,
    find: 'Find a field',
    allFields: (count: string) => `All ${count} fields`,
    mostFields: 'Those that matter most',
    shownFields: 'Fields shown',
    first: (shown: string, total: string) =>
      `The ${shown} of ${total} fields that matter most; the others are as they were filled in.`,
    found: (shown: string, total: string) => `${shown} of ${total} fields.`,
  },

  why: {
    follow: 'Follow this row through the model',
    title: (label: string | null) => `Why ${label ?? 'this value'}`,
    nothing: 'Nothing known',
    answer: 'The answer',
    margin: 'In raw scores (log-odds), which add up; probabilities do not.',
    path: 'The way through the tree',
    /** Of a date. */
    parts: { year: 'year', month: 'month', weekday: 'weekday' },
    same: (number: number) =>
      number === 1
        ? '1 training row went the same way'
        : `${count(number)} training rows went the same way`,
    relation(step: Relation): string {
      // A threshold is a float32 just above a value that was seen: six digits say which.
      if ('threshold' in step) return `${step.relation} ${Number(step.threshold.toPrecision(6))}`;
      if ('category' in step) return `${step.relation} ${step.category}`;
      if ('categories' in step) return `${step.relation} ${listed(step.categories)}`;
      return step.relation;
    },
  },

  sweep: {
    title: 'What would change the answer',
    feature: 'If this were different',
    overRange: 'Answers over the range',
    byCategory: 'Answers by category',
    at: (value: string, unit: string | null) => `at ${value}${inUnit(unit)}`,
    between: (from: string, to: string, unit: string | null) => `${from} to ${to}${inUnit(unit)}`,
    chart: (target: string, feature: string) =>
      `${target} over ${feature}: the same in words below`,
  },

  here: {
    title: 'Edge or here',
    toggle: 'Answer in this browser too',
    what: (size: string) =>
      `The same model.onnx (${size}) in the same runtime, which is loaded once: 14 MB.`,
    loading: 'Loading the runtime and the model',
    alone: 'Without a network this browser answers alone.',
    edge: 'The edge',
    here: 'Here',
    thereAndBack: (time: string) => `${time}, there and back`,
    equal: (number: number) =>
      `Equal to the bit: ${number === 1 ? '1 value' : `${count(number)} values`} compared.`,
    different: (different: number, all: number, most: number) =>
      `${count(different)} of ${count(all)} values differ, by ${short(most)} at most.`,
  },

  data: {
    title: 'Data',
    description: 'The table a model learned from, column by column.',
    lead: (model: string | null) => `What ${model ?? 'a model'} learned from, column by column.`,
    source: (number: number, source: string) => `${rows(number)}. ${source}`,
    hash: 'SHA-256 of the raw file',
    card: 'The dataset’s card',
    version: (name: string) => `Version ${name}`,
    features: 'What is known of a row',
    target: 'What is predicted',
    number: (unit: string | null) => `number${unit === null ? '' : ` in ${unit}`}`,
    category: (number: number) => `one of ${count(number)} categories`,
    label: (number: number) => `one of ${count(number)} labels`,
    boolean: 'yes or no',
    date: (from: string, to: string) => `day, ${from} to ${to}`,
    nullable: ', may be unknown',
    spread: (column: string, number: number) => `How ${column} is spread over ${rows(number)}`,
    shares: (column: string) => `Shares of ${column}`,
    range: (from: number, to: number, mean: number, sd: number) =>
      `${short(from)} to ${short(to)}, mean ${short(mean)} ± ${short(sd)}`,
    neverMissing: 'never missing',
    missing: (share: number) => `missing in ${percent(share)} of the rows`,
    rare: (share: number) => `too rare to be known in ${percent(share)}`,
    asked: (number: number) =>
      number === 1 ? 'You asked about one row:' : `You asked about ${count(number)} rows:`,
    askedRange: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
    askedTimes: (name: string, times: string) => `${name} ${times} ×`,
  },

  batch: {
    title: 'Batch',
    description: 'Predict every row of a CSV file, and download it with the answers.',
    lead: (model: string | null) =>
      `Every row of a CSV file through ${model ?? 'a model'}: columns are found by name, and what is wrong is said by row.`,
    reading: (share: number) => `Reading the file: ${percent(share)}`,
    file: 'The file',
    drop: 'Drop a CSV file here, or choose one.',
    open: (name: string) => `${name} is open. Drop or choose another.`,
    choose: 'Choose a CSV file',
    columns: 'Columns',
    chooseColumn: 'choose a column',
    column: (place: number) => `column ${place}`,
    noColumn: 'The file has no column of this name.',
    rows,
    readingRows: 'Reading them…',
    takesAll: 'The model takes all of them.',
    refused: (number: number) => `${count(number)} will be refused.`,
    remarkable: (number: number) => `${count(number)} with values the model never saw the like of.`,
    preview: 'Rows',
    row: 'Row',
    remark: 'What is remarkable',
    where: 'Where',
    atEdge: 'At the edge',
    atEdgeNote: 'The rows are sent to the API of this server.',
    here: 'Here',
    hereNote: (size: string) =>
      `Nothing of the file leaves this machine. The model (${size}) and the runtime (14 MB) are loaded once.`,
    loading: 'Loading the runtime and the model',
    run: 'The run',
    cancel: 'Cancel',
    goOn: 'Go on',
    predict: (number: number) => `Predict ${rows(number)}`,
    download: (number: number) => `Download ${count(number)} answers`,
    answered: 'Rows answered',
    done: (number: number, name: string) => `All ${rows(number)} are answered by version ${name}.`,
    stopped: (number: number, all: number) => `Stopped at ${count(number)} of ${rows(all)}.`,
    progress: (number: number, all: number) => `${count(number)} of ${rows(all)}`,
    rate: (number: number) => `${rows(number)} a second`,
    left: (time: string) => `${time} left`,
    spread: 'How the answers are spread',
    shares: 'Shares of the labels',
    histogram: (column: string, number: number) => `Histogram of ${column} over ${rows(number)}`,
    rowsAxis: 'rows',
    answers: 'Answers',
    byRow: 'Answers, row by row',
    probability: 'Probability',
  },

  reference: {
    title: 'API reference',
    description: "Every operation of this server's API, with commands to copy.",
    lead: 'Every operation of this server, with commands to copy.',
    inWords: 'the same in words',
    find: 'Find an operation',
    found: (number: number) => (number === 1 ? '1 operation' : `${count(number)} operations`),
    none: 'No operation is called so.',
    shapes: 'Shapes',
    example: 'Example',
    takes: 'Takes',
    doors: {
      v1: 'Rows in, predictions out',
      v2: 'Open Inference Protocol',
      MLflow: 'MLflow and SageMaker',
      documents: 'Documents',
    },
  },

  docs: {
    title: 'Docs',
    description: 'How Gharial is used, its API, and why it is built as it is.',
    lead: 'How Gharial is used, its API, and why it is built as it is. Everything here is a file of the repository, as it stood when this server was built.',
    documents: 'Documents',
    guide: 'Guide',
    datasets: 'Datasets',
    decisions: 'Decisions',
    reference: 'API reference',
    search: 'Search the documents',
    unreachable: 'The search cannot be reached.',
    nothing: 'Nothing has these words.',
    found: (number: number) => `${count(number)} found`,
  },
};

export type Words = typeof en;
