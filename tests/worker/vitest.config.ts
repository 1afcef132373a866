import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

// Inside workerd, with the Worker and the bindings of wrangler.toml.
export default defineConfig({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: '../../wrangler.toml' },
      miniflare: { modulesRules: [{ type: 'CompiledWasm', include: ['**/*.wasm'] }] },
    }),
  ],
  test: { name: 'worker', include: ['**/*.test.ts'], testTimeout: 60_000 },
});
