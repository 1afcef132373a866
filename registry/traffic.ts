// Trials as a person sees them: what npm run canary, shadow and traffic say.

import Table from 'cli-table3';
import { CHAMPION, type Aliases } from '#contract/registry/aliases.ts';
import type { Guardrail, GuardrailVerdict } from '#contract/traffic/guardrail.ts';
import { isModelName } from '#contract/registry/keys.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { RefusalError } from '#contract/registry/registry.ts';
import {
  endTrial,
  setCanary,
  setShadow,
  type CanaryRequest,
  type TrialRequest,
} from '#contract/traffic/split-traffic.ts';
import type { TrafficResponse } from '#contract/traffic/traffic-response.ts';
import type { Change } from '#contract/traffic/traffic.ts';
import type { Outcome } from './outcome.ts';

/** Where a version is asked for: none. */
const OFF = 'off';

export async function changeCanary(
  store: ObjectStore,
  model: string,
  request: CanaryRequest,
): Promise<Outcome> {
  const { version, weight } = request;
  if (version === OFF) return off(store, model, { ...request, trial: 'canary' });
  const { traffic, aliases } = await setCanary(store, model, request);
  const rest = 100 - weight;
  return {
    fields: { model, ...traffic },
    text: `${model}: version ${version} is the canary with ${weight} % of the requests, champion ${aliases[CHAMPION]} has ${Number(rest.toFixed(2))} %\nguardrail: ${guardrailText(request.guardrail)}`,
  };
}

export async function changeShadow(
  store: ObjectStore,
  model: string,
  request: TrialRequest,
): Promise<Outcome> {
  const { version, sample } = request;
  if (version === OFF) return off(store, model, { ...request, trial: 'shadow' });
  const { traffic, aliases } = await setShadow(store, model, request);
  return {
    fields: { model, ...traffic },
    text: `${model}: version ${version} is the shadow of champion ${aliases[CHAMPION]} on ${sample} % of its answers`,
  };
}

async function off(
  store: ObjectStore,
  model: string,
  request: Change & { readonly trial: 'canary' | 'shadow' },
): Promise<Outcome> {
  const { traffic } = await endTrial(store, model, request);
  return { fields: { model, ...traffic }, text: `${model}: there is no ${request.trial} any more` };
}

const share = (value: number): string => `${Number((value * 100).toFixed(2))} %`;

/** What a canary may do worse, in one line. */
export function guardrailText(guardrail: Guardrail): string {
  const { max_error_margin: errors, max_disagreement: disagreement } = guardrail;
  const { max_latency_ratio: latency, window_s, min_requests } = guardrail;
  const rules = [
    ...(errors === null ? [] : [`${share(errors)} more errors`]),
    ...(disagreement === null ? [] : [`${share(disagreement)} other answers`]),
    ...(latency === null ? [] : [`${latency} times the latency`]),
  ];
  const allowed = rules.length === 0 ? 'none' : `at most ${rules.join(', ')} than the champion`;
  return `${allowed}, over ${window_s} s, from ${min_requests} requests on`;
}

/** What a running Worker says of a model's traffic. Throws RefusalError where nobody answers so. */
export async function askTraffic(server: string, model: string): Promise<TrafficResponse> {
  if (!isModelName(model)) throw new RefusalError(`not a model name: ${model}`);
  const address = `${server.replace(/\/+$/, '')}/v1/models/${model}/traffic`;
  const response = await fetch(address).catch((cause: unknown) => {
    throw new Error(`nobody answers at ${address}`, { cause });
  });
  if (!response.ok) throw new RefusalError(`${address} answers ${response.status}`);
  return (await response.json()) as TrafficResponse;
}

export function trafficText({ model, counting, ...traffic }: TrafficResponse): string {
  const { champion, canary, shadow, counts, weights } = traffic;
  const style = { head: [], border: [] };
  const head = [
    'version',
    'is',
    'weight',
    'requests',
    'rows',
    'refused',
    'errors',
    'other',
    'mean',
  ];
  const table = new Table({ head, style });
  const asked = [champion, canary?.version, shadow?.version, ...counts.map((c) => c.version)];
  const versions = [...new Set(asked.filter((version) => typeof version === 'string'))];
  for (const version of versions.sort((a, b) => Number(a) - Number(b))) {
    const found = counts.find((one) => one.version === version);
    const weight = weights.find((one) => one.version === version)?.weight;
    const is = [
      ...(version === champion ? [CHAMPION] : []),
      ...(version === canary?.version ? ['canary'] : []),
      ...(version === shadow?.version ? ['shadow'] : []),
    ];
    table.push([
      version,
      is.join(', '),
      weight === undefined ? '' : `${weight} %`,
      ...[found?.requests ?? 0, found?.rows ?? 0, found?.refused ?? 0, found?.errors ?? 0],
      found === undefined || found.compared === 0
        ? ''
        : `${found.disagreements} of ${found.compared}`,
      found === undefined || found.timed === 0
        ? ''
        : `${(found.latency_ms / found.timed).toFixed(2)} ms`,
    ]);
  }
  const notes = [
    ...(canary === null ? [] : [`guardrail: ${guardrailText(canary.guardrail)}`]),
    ...verdictLines(canary?.verdict ?? null),
    ...(counting === 'on' ? [] : [`counting is ${counting}`]),
  ];
  return [model, table.toString(), ...notes].join('\n');
}

const verdictLines = (verdict: GuardrailVerdict | null): readonly string[] =>
  (verdict?.reasons ?? []).map(({ rule, state, detail }) => `  ${rule} ${state}: ${detail}`);

/** What the registry alone knows: the weights, and no counts. */
export function trafficOf(model: string, { aliases, traffic, traffic_history }: Aliases): string {
  const champion = aliases[CHAMPION];
  const { canary = null, shadow = null } = traffic ?? {};
  const weight = canary?.weight ?? 0;
  const lines = [
    `champion ${champion ?? 'nowhere'}: ${Number((100 - weight).toFixed(2))} % of the requests`,
    ...(canary === null
      ? []
      : [
          `canary ${canary.version}: ${weight} %, since ${canary.since}`,
          `guardrail: ${guardrailText(canary.guardrail)}`,
        ]),
    ...(shadow === null
      ? []
      : [
          `shadow ${shadow.version}: beside ${shadow.sample} % of the answers, since ${shadow.since}`,
        ]),
  ];
  const last = traffic_history.at(-1);
  if (last !== undefined) lines.push(`last change: ${last.at} by ${last.by}: ${last.reason}`);
  return [model, ...lines].join('\n');
}
