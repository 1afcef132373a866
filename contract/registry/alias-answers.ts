// What the admin routes answer: GET …/aliases/{alias}/gate/{version}, POST …/aliases/{alias}[/rollback].

import type { Move } from './aliases.ts';
import type { Verdict } from './gate.ts';

export interface GateAnswer {
  readonly model: string;
  readonly alias: string;
  /** The version that was asked about. */
  readonly version: string;
  /** Where the alias is now; null for a new one. */
  readonly from: string | null;
  /** Null where the gate is not asked: an alias other than the champion, or one that is there already. */
  readonly verdict: Verdict | null;
}

export interface AliasMoved {
  readonly model: string;
  readonly alias: string;
  /** Where the alias is now. */
  readonly version: string;
  /** Null when it was there already. */
  readonly move: Move | null;
  /** Null where the gate was not asked. */
  readonly verdict: Verdict | null;
}
