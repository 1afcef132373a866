// Runs a tiny embedded model once, so that the engine's lazy compilation of the paths every request takes is paid when
// the isolate starts, and not by its first visitor.

import type { Runtime } from './runtime.ts';
import { createSession } from './session.ts';
import { WARM_UP_MODEL } from './warm-up-model.ts';

export function warmUp(runtime: Runtime): void {
  const bytes = Uint8Array.from(atob(WARM_UP_MODEL), (char) => char.charCodeAt(0));
  const session = createSession(runtime, bytes);
  session.run(new Float32Array(2), 1);
  session.run(new Float32Array(4), 2);
  session.release();
}
