// Every case that can be asked of any server of the Open Inference Protocol.

import type { Topic } from './case.ts';
import { binary } from './binary.ts';
import { binaryRefused } from './binary-refused.ts';
import { classification } from './classification.ts';
import { extras } from './extras.ts';
import { infer } from './infer.ts';
import { inferRefused } from './infer-refused.ts';
import { models } from './models.ts';
import { server } from './server.ts';

export const OIP_TOPICS: readonly Topic[] = [
  server,
  models,
  extras,
  infer,
  inferRefused,
  binary,
  binaryRefused,
  classification,
];
