// GET /v1/models/{model}/traffic: which versions are asked, how often, and what was counted.
// POST …/traffic/canary and …/traffic/shadow: for the holder of the admin token, as the routes of aliases are.

import { CHAMPION, type Aliases } from '#contract/registry/aliases.ts';
import { isModelName } from '#contract/registry/keys.ts';
import { ProblemError } from '#contract/problem.ts';
import { endTrial, setCanary, setShadow } from '#contract/traffic/split-traffic.ts';
import type { TrafficChanged, TrafficResponse } from '#contract/traffic/traffic-response.ts';
import type { Change } from '#contract/traffic/traffic.ts';
import { Hono, type Context as HonoContext } from 'hono';
import type { Context } from '../../context.ts';
import { checkAdminToken } from '../../http/admin-token.ts';
import { readJson } from '../../http/read-body.ts';
import { registryProblem } from '../../http/registry-problem.ts';
import { parseCanaryBody, parseShadowBody } from './trial-body.ts';
import { log } from '../../log.ts';

type RouteContext = HonoContext<Context>;

const MAX_BYTES = 65_536;
const NO_STORE = { 'cache-control': 'no-store' };

export const traffic = new Hono<Context>()
  .get('/:model/traffic', async (c) => {
    const { gharial, later } = c.env;
    const model = c.req.param('model');
    let aliases = await gharial.resolver.aliases(model, later);
    // What this isolate has not told yet is told now, so that the answer has it.
    let counting: TrafficResponse['counting'] = 'on';
    const tally = await gharial.counting.report(model, aliases).catch((error: unknown) => {
      log('counts_not_told', { model, reason: (error as Error).message });
      counting = 'unreachable';
      return null;
    });
    if (tally === null && counting === 'on') counting = 'off';
    if (tally?.rolledBack === true) {
      gharial.aliases.forget(model);
      aliases = await gharial.resolver.aliases(model, later);
    }
    const { canary = null, shadow = null } = aliases.traffic ?? {};
    const answer: TrafficResponse = {
      model,
      champion: aliases.aliases[CHAMPION] ?? null,
      weights: weightsOf(aliases),
      canary: canary === null ? null : { ...canary, verdict: tally?.verdict ?? null },
      shadow,
      counting,
      counts: tally?.counts ?? [],
      history: aliases.traffic_history,
    };
    return c.json(answer, 200, NO_STORE);
  })
  .post('/:model/traffic/canary', (c) =>
    change(c, (body) => {
      const { version, ...settings } = parseCanaryBody(body);
      return ({ store, model, by, at }) => {
        const request = { ...settings, by, at };
        return version === null
          ? endTrial(store, model, { ...request, trial: 'canary' })
          : setCanary(store, model, { ...request, version });
      };
    }),
  )
  .post('/:model/traffic/shadow', (c) =>
    change(c, (body) => {
      const { version, ...settings } = parseShadowBody(body);
      return ({ store, model, by, at }) => {
        const request = { ...settings, by, at };
        return version === null
          ? endTrial(store, model, { ...request, trial: 'shadow' })
          : setShadow(store, model, { ...request, version });
      };
    }),
  );

interface Changing extends Omit<Change, 'reason'> {
  readonly store: RouteContext['env']['gharial']['registry'];
  readonly model: string;
}

async function change(
  c: RouteContext,
  parse: (body: unknown) => (changing: Changing) => Promise<Aliases>,
): Promise<Response> {
  const { gharial, settings } = c.env;
  const by = await checkAdminToken(c.req.raw, settings.ADMIN_TOKEN_SHA256);
  const model = c.req.param('model')!;
  const make = parse(await readJson(c.req.raw, MAX_BYTES));
  if (!isModelName(model)) throw new ProblemError('unknown_model', 'that is no model name');
  const at = new Date().toISOString();
  const changed = await make({ store: gharial.registry, model, by, at }).catch(registryProblem);
  gharial.aliases.forget(model);
  const { canary = null, shadow = null } = changed.traffic ?? {};
  const answer: TrafficChanged = { model, weights: weightsOf(changed), canary, shadow };
  return c.json(answer, 200, NO_STORE);
}

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
