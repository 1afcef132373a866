// Cases about a server of the Open Inference Protocol.

import * as conformance from '../case.ts';
import type { Subject } from './subject.ts';

export type Case = conformance.Case<Subject>;
export type Topic = conformance.Topic<Subject>;
export const exchange = conformance.exchange<Subject>;
export const only = conformance.only<Subject>;
