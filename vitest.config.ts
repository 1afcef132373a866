import { defineConfig } from 'vitest/config';

// Commands that a test runs print without colour, also where CI is set, which turns colour on.
const env = { NO_COLOR: '1' };

// Three rooms: node for the pure parts and the command lines, workerd for the Worker, a real Chromium for the page.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: [
            'tests/{client,contract,data,engine,monitor,registry,site,store,tools,trainer}/**/*.test.ts',
          ],
          testTimeout: 120_000,
          env,
        },
      },
      './tests/worker/vitest.config.ts',
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          env,
        },
      },
    ],
  },
});
