// Does once what every isolate's first request does, on a tiny embedded version, so that the engine compiles it when the
// isolate starts and the first visitor does not wait for that: reads a manifest, makes a session, encodes, runs, formats.
// All of it is synchronous: global scope may not read a body or wait for storage.

import { createEncoder } from '#contract/features/encode-row.ts';
import { asTabular, parseManifest } from '#contract/manifest.ts';
import { predictionFormat } from '../protocols/v1/predict-body.ts';
import { encodeRows, noFindings } from './predictor.ts';
import type { Runtime } from './runtime.ts';
import { createSession } from './session.ts';
import { WARM_UP_MANIFEST, WARM_UP_MODEL } from './warm-up-model.ts';

export function warmUp(runtime: Runtime): void {
  const { signature, examples } = asTabular(parseManifest(JSON.stringify(WARM_UP_MANIFEST)));
  const session = createSession(
    runtime,
    Uint8Array.from(atob(WARM_UP_MODEL), (char) => char.charCodeAt(0)),
  );
  const encoder = createEncoder(signature);
  const format = predictionFormat(signature.target);
  const row = examples.map((example) => example.row);
  for (const rows of [row, [...row, ...row]])
    format(session.run(encodeRows(encoder, rows, '/rows', noFindings()), rows.length), 0);
  session.release();
}
