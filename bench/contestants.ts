// Who takes part: hello world twice, Gharial, and the peers that are installed here.

import { join } from 'node:path';
import { ask } from './load.ts';
import { untilListening } from './cold-start.ts';
import type { Subject } from './prepare.ts';
import { GHARIAL, HELLO, HELLO_READS } from './results.ts';
import { jsonRequests, type Dialect } from './scenarios.ts';
import { fastapi, fastify, writePeer } from './servers/peers.ts';
import type { Start } from './servers/server.ts';
import { gharial, hello } from './servers/workerd.ts';

export interface Entrant {
  readonly start: Start;
  readonly dialect: Dialect;
  readonly isBinary: boolean;
  /** Whether an answer to the first example is right. */
  isRight(answer: string): boolean;
}

export interface PeersHere {
  readonly short: boolean;
  readonly python?: string;
  readonly withFastify?: string;
}

export async function contestantsOf(
  subject: Subject,
  { short, python, withFastify }: PeersHere,
): Promise<readonly Entrant[]> {
  const { folder, worker, registry, manifest, onnx, table } = subject;
  const own = await gharial(GHARIAL, { worker, registry, folder: join(folder, 'gharial') });
  const answer = await answerOf(own, subject);
  const label = `"label":${JSON.stringify(manifest.examples[0]!.target)}`;
  const isRight = (text: string): boolean => text.includes(label);
  const floor = async (name: string, script: string): Promise<Entrant> => {
    const { compatibilityDate } = worker;
    const place = join(folder, script);
    const start = await hello(name, { script, folder: place, answer, compatibilityDate });
    return { start, dialect: 'hello', isBinary: false, isRight };
  };
  const entrants: Entrant[] = [
    await floor(HELLO, 'hello.js'),
    await floor(HELLO_READS, 'hello-reads.js'),
    { start: own, dialect: 'gharial', isBinary: true, isRight },
  ];
  if (short) return entrants;
  const peer = await writePeer({ manifest, onnx, table, folder });
  if (withFastify !== undefined)
    entrants.push({ start: fastify(withFastify, peer), dialect: 'peer', isBinary: true, isRight });
  if (python !== undefined)
    for (const engine of ['sklearn', 'onnxruntime'] as const) {
      const start = fastapi(python, engine, peer);
      entrants.push({ start, dialect: 'peer', isBinary: false, isRight });
    }
  return entrants;
}

async function answerOf(start: Start, { manifest }: Subject): Promise<string> {
  const server = await start();
  await untilListening(server);
  const answer = await ask(server.port, jsonRequests(manifest, 1).gharial);
  await server.end();
  return answer;
}
