// Every case about this product and its tiny model.

import type { Topic } from './case.ts';
import { mlflow } from './mlflow.ts';
import { oipAddresses } from './oip-addresses.ts';
import { oipRefused } from './oip-refused.ts';
import { oip } from './oip.ts';
import { predictions } from './predict.ts';
import { streams } from './streams.ts';

export const TINY_TOPICS: readonly Topic[] = [
  oip,
  oipRefused,
  oipAddresses,
  predictions,
  streams,
  mlflow,
];
