// A Worker of its own, never deployed: `npm run publish -- model.onnx` starts it in a bare workerd on this machine to prove
// that the edge's own sessions load the file and run it, and what that takes. It holds one model and answers tensors.

import { ProblemError } from '#contract/problem.ts';
import { startRuntime, type Runtime } from './inference/runtime.ts';
import { createSession } from './inference/session.ts';
import { createTensorSession, type TensorSession } from './inference/tensor-session.ts';
import { checkNamedTensors } from './protocols/oip/check-named-tensors.ts';
import { encodeAnswer } from './protocols/oip/infer-response.ts';
import { parseInferRequest } from './protocols/oip/parse-infer-request.ts';

interface ProofEnv {
  readonly MODEL: ArrayBuffer;
  /** JSON: names of the outputs to answer. */
  readonly OUTPUTS: string;
  /** Whether the first output is served by the session of rows. */
  readonly PACKED: string;
}

interface Loaded {
  readonly runtime: Runtime;
  readonly session: TensorSession;
  /** Bytes of linear memory before the model was loaded. */
  readonly before: number;
}

let loading: Promise<Loaded> | null = null;

async function load(env: ProofEnv): Promise<Loaded> {
  const runtime = await startRuntime();
  const before = runtime.bytes().length;
  return { runtime, session: createTensorSession(runtime, new Uint8Array(env.MODEL)), before };
}

/** The rows of a packed model once more, through the session that serves them. */
function runPacked(env: ProofEnv, { runtime }: Loaded, features: Float32Array, rows: number): void {
  const [output] = JSON.parse(env.OUTPUTS) as string[];
  const session = createSession(runtime, new Uint8Array(env.MODEL), output!);
  session.run(features, rows);
  session.run(features.slice(0, features.length / rows), 1);
  session.release();
}

export default {
  async fetch(request, env) {
    try {
      loading ??= load(env);
      const loaded = await loading;
      const { runtime, session, before } = loaded;
      const memory = (): HeadersInit => ({
        'memory-before': String(before),
        'memory-after': String(runtime.bytes().length),
      });
      if (request.method === 'GET') return new Response(null, { headers: memory() });
      const body = new Uint8Array(await request.arrayBuffer());
      const length = Number(request.headers.get('inference-header-content-length') ?? body.length);
      const { inputs } = parseInferRequest(body, length);
      const { values, rows } = checkNamedTensors(session.inputs, inputs);
      const names = JSON.parse(env.OUTPUTS) as string[];
      const answers = session.run(values, names);
      const [features] = values;
      if (env.PACKED === 'yes' && features?.elements instanceof Float32Array)
        runPacked(env, loaded, features.elements, rows);
      const outputs = answers.map((answer, index) => ({
        ...answer,
        name: names[index]!,
        binary: true,
      }));
      const answer = { model_name: 'proof', model_version: '', id: '', parameters: {}, outputs };
      const { body: encoded, headers } = encodeAnswer(answer);
      return new Response(encoded as Uint8Array<ArrayBuffer>, {
        headers: { ...headers, ...memory() },
      });
    } catch (error) {
      const status = error instanceof ProblemError ? 400 : 500;
      return new Response((error as Error).message, { status });
    }
  },
} satisfies ExportedHandler<ProofEnv>;
