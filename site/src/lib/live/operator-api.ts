// What is live, and moving it: the addresses of the API that an operator uses.

import type { GateAnswer } from '#contract/registry/alias-answers.ts';
import { CHAMPION } from '#contract/registry/aliases.ts';
import { ApiError, modelPath, type Api } from '../api.ts';
import { parseGateAnswer, parseMoved } from './operator-answers.ts';
import { parseLive, type Live } from './traffic-answer.ts';

export interface PromoteRequest {
  readonly version: string;
  readonly reason: string;
  /** Where the champion is, as far as the person has seen; null for nowhere. */
  readonly from: string | null;
  /** Why the gate is overruled. */
  readonly override?: string;
}

export interface OperatorApi {
  /** Null on a server that knows no traffic but the champion's. */
  readLive(model: string, signal: AbortSignal): Promise<Live | null>;
  /** What the gate says of a version; moves nothing. */
  askGate(model: string, version: string, token: string, signal: AbortSignal): Promise<GateAnswer>;
  /** Answers the version that is champion then. */
  promote(model: string, request: PromoteRequest, token: string): Promise<string>;
  rollback(
    model: string,
    request: { reason: string; from: string },
    token: string,
  ): Promise<string>;
}

/** All calls throw what the API throws. */
export function createOperatorApi(api: Pick<Api, 'readText'>): OperatorApi {
  const champion = (model: string): string => `${modelPath(model)}/aliases/${CHAMPION}`;
  const authorization = (token: string) => ({ authorization: `Bearer ${token}` });
  const post = (path: string, body: unknown, token: string): Promise<string> =>
    api.readText(path, {
      method: 'POST',
      headers: { ...authorization(token), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    async readLive(model, signal) {
      try {
        return parseLive(await api.readText(`${modelPath(model)}/traffic`, { signal }));
      } catch (error) {
        if (error instanceof ApiError && error.problem.status === 404) return null;
        throw error;
      }
    },
    askGate: async (model, version, token, signal) =>
      parseGateAnswer(
        await api.readText(`${champion(model)}/gate/${encodeURIComponent(version)}`, {
          headers: authorization(token),
          signal,
        }),
      ),
    promote: async (model, request, token) =>
      parseMoved(await post(champion(model), request, token)),
    rollback: async (model, request, token) =>
      parseMoved(await post(`${champion(model)}/rollback`, request, token)),
  };
}
