// One promotion as a person sees it: the gate's reasons, what was moved, what to type when it stayed closed.

import Table from 'cli-table3';
import pc from 'picocolors';
import { challenge, type ChallengeRequest } from '#contract/registry/challenge.ts';
import { objections, type Verdict } from '#contract/registry/gate.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import type { Outcome } from './outcome.ts';

/** The outcome has a fault when the gate is closed. */
export async function promoteVersion(
  store: ObjectStore,
  model: string,
  { alias, to, by, reason, at, override, acceptSignatureChange }: ChallengeRequest,
): Promise<Outcome> {
  const request = {
    alias,
    to,
    by,
    reason,
    at,
    acceptSignatureChange: acceptSignatureChange === true,
  };
  const { verdict, move } = await challenge(store, model, {
    ...request,
    ...(override !== undefined && { override }),
  });
  const gate = verdict === null ? [] : [verdictTable(verdict)];
  const fields = { model, version: to, alias, move, verdict };
  if (move !== null) {
    const from = move.from === null ? 'it had none before' : `it was ${move.from}`;
    const overruled =
      move.overrides === undefined ? '' : `; the gate was overruled: ${move.reason}`;
    return {
      fields,
      text: [...gate, `${model}: ${alias} is version ${to}, ${from}${overruled}`].join('\n'),
    };
  }
  if (verdict === null) return { fields, text: `${model}: version ${to} is ${alias} already` };
  const next = `to promote it all the same: npm run promote -- ${model} ${to} --override "why"`;
  const fault = `the gate is closed to ${model} ${to}: ${objections(verdict).join('; ')}`;
  return { fields, text: [...gate, next].join('\n'), fault };
}

function verdictTable({ reasons }: Verdict): string {
  const table = new Table({ head: ['gate', '', 'why'], style: { head: [], border: [] } });
  for (const { rule, passed, detail } of reasons)
    table.push([rule, passed ? pc.green('open') : pc.red('closed'), detail]);
  return table.toString();
}
