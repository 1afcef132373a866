// Every word of the pages, in English. ja.ts has the same shape; what comes from a signature or the API is in neither.

import { numbersIn } from '../numbers.ts';

const numbers = numbersIn('en', {
  underMillisecond: 'under 1 ms',
  seconds: (number) => `${number} s`,
  bytes: (number) => `${number} bytes`,
});
const { count } = numbers;

const versions = (number: number): string =>
  number === 1 ? '1 version' : `${count(number)} versions`;

export const en = {
  /** Its language tag (BCP 47). */
  tag: 'en',
  numbers,

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
  },

  needsScript: {
    why: 'This page asks the API from your browser, and needs JavaScript for it. The API itself does not:',
    models: 'lists the models of this server.',
  },

  models: {
    title: 'Models',
    description: 'The models of this server, and which version of each is live.',
    lead: 'What is published on this server, and which version of each answers.',
    tasks: { classification: 'classification', regression: 'regression' },
    versions,
    version: (version: string) => `version ${version}`,
    live: 'live',
    noneLive: 'No version is live yet.',
    ask: 'Ask it about a row',
  },
};

export type Words = typeof en;
