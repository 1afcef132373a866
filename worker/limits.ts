// What a request may weigh and how long things are believed. Every limit names itself in the error it causes.

import { ProblemError } from '#contract/problem.ts';

/** Bytes of a JSON body: 10,000 rows of a small model; the runtime's memory is the reason. */
export const MAX_BODY_BYTES = 1_572_864;

/** Rows of one JSON request. */
export const MAX_ROWS = 10_000;

/** Warnings that an answer lists; of the others it says how many there are. */
export const MAX_WARNINGS = 100;

/** The problem of a request with more rows than MAX_ROWS. */
export const tooManyRows = (rows: number): ProblemError =>
  new ProblemError('too_large', `${rows} rows are more than the ${MAX_ROWS} of a request`);

/** Elements of all outputs of one answer: as text they take some twenty bytes each. */
export const MAX_OUTPUT_ELEMENTS = 1_048_576;

/** Rows that one request has explained: a forest takes milliseconds for each. */
export const MAX_EXPLAINED_ROWS = 100;

/** The problem of a request with more rows to explain than MAX_EXPLAINED_ROWS. */
export const tooManyExplainedRows = (rows: number): ProblemError =>
  new ProblemError(
    'too_large',
    `${rows} rows are more than the ${MAX_EXPLAINED_ROWS} that a request has explained`,
  );

/** Aliases younger than this are used as they are. */
export const ALIAS_FRESH_MS = 2_000;

/** Aliases older than this are read again before they are used; between the two, behind the request. */
export const ALIAS_STALE_MS = 8_000;

/** How long a version that could not be loaded is left alone. */
export const REJECTED_MS = 15_000;

/** An isolate tells what it counted no oftener than this: of a model on trial, and of any other (docs/decisions/060). */
export const TELL_TRIAL_MS = 5_000;
export const TELL_MS = 60_000;

/** Rows of a request that a second version answers too. */
export const MAX_COMPARED_ROWS = 100;

/** Linear memory all sessions of an isolate may take together (docs/decisions: memory is the real limit). */
export const SESSION_BYTES = 48 * 1_048_576;

/** Bytes of a tree.json that is read to explain answers. */
export const MAX_TREE_BYTES = 8 * 1_048_576;

/** What all explainers of an isolate may hold together, beside the sessions. */
export const EXPLAINER_BYTES = 16 * 1_048_576;
