// GET /v1/models/{model}/traffic: which versions are asked, how often, and what was counted.

import { CHAMPION, type Aliases } from '#contract/aliases.ts';
import type { TrafficResponse } from '#contract/traffic-response.ts';
import { Hono } from 'hono';
import type { Context } from '../context.ts';

const NO_STORE = { 'cache-control': 'no-store' };

export const traffic = new Hono<Context>().get('/:model/traffic', async (c) => {
  const { gharial, later } = c.env;
  const model = c.req.param('model');
  const aliases = await gharial.resolver.aliases(model, later);
  const { canary = null, shadow = null } = aliases.traffic ?? {};
  const answer: TrafficResponse = {
    model,
    champion: aliases.aliases[CHAMPION] ?? null,
    weights: weightsOf(aliases),
    canary: canary === null ? null : { ...canary, verdict: null },
    shadow,
    counting: 'off',
    counts: [],
    history: aliases.traffic_history,
  };
  return c.json(answer, 200, NO_STORE);
});

function weightsOf({ aliases, traffic }: Aliases): TrafficResponse['weights'] {
  const champion = aliases[CHAMPION];
  if (champion === undefined) return [];
  const canary = traffic?.canary ?? null;
  if (canary === null) return [{ version: champion, weight: 100 }];
  // In hundredths, where they are whole.
  const rest = (10_000 - Math.round(canary.weight * 100)) / 100;
  return [
    { version: champion, weight: rest },
    { version: canary.version, weight: canary.weight },
  ];
}
