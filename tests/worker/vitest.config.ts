import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

// Inside workerd, with the Worker and the bindings of wrangler.toml.
export default defineConfig({
  // Models of other tools, read as data: URLs.
  assetsInclude: ['**/*.onnx'],
  plugins: [
    cloudflareTest({
      wrangler: { configPath: '../../wrangler.toml' },
      miniflare: {
        modulesRules: [{ type: 'CompiledWasm', include: ['**/*.wasm'] }],
        r2Buckets: ['EMPTY', 'LAWS'],
        ratelimits: { FIVE_A_MINUTE: { namespace_id: '5001', simple: { limit: 5, period: 60 } } },
      },
    }),
  ],
  test: {
    name: 'worker',
    include: ['**/*.test.ts'],
    setupFiles: ['./quiet-log.ts'],
    globalSetup: ['./train-real.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One isolate for all files: importing the runtime takes ten seconds.
    isolate: false,
    fileParallelism: false,
  },
});
