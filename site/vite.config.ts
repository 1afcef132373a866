// Builds the page: prerendered files for the Worker's static assets. Run from this folder, by tools/build-site.ts.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-cloudflare';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import product from '../package.json' with { type: 'json' };

// The adapter would write over the Worker's `main` if it saw the product's own wrangler.toml.
const cloudflare = adapter({ config: 'assets.toml' });
// Its emulation starts a workerd that nobody stops, for bindings a prerendered page has no use for.
delete cloudflare.emulate;

/** The one script element that is not SvelteKit's own: it finds the visitor's language before the first paint. */
const [, languageScript = ''] = /<script>([\s\S]*?)<\/script>/.exec(
  readFileSync('src/app.html', 'utf8'),
)!;
const languageHash = createHash('sha256').update(languageScript).digest('base64');

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: cloudflare,
      compilerOptions: { runes: true },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['none'],
          // ONNX Runtime's WebAssembly, for answers in the visitor's own browser; no script is made of text.
          'script-src': ['self', 'wasm-unsafe-eval', `sha256-${languageHash}`],
          // And the one style element: Observable Plot's, which is the same for every chart, by its hash.
          'style-src': ['self', 'sha256-jSYQUrW7J0b3jPqhZP9C2Xh1PyJKHKXd4s0fpGGKrww='],
          // The one style attribute there is: SvelteKit's announcer of page changes, by its hash.
          'style-src-attr': [
            'unsafe-hashes',
            'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=',
          ],
          'img-src': ['self'],
          'connect-src': ['self'],
          'manifest-src': ['self'],
          'worker-src': ['self'],
          'base-uri': ['none'],
          'form-action': ['self'],
        },
      },
      // Small styles travel with the page: each of them as a file would cost more than it weighs.
      inlineStyleThreshold: 4_096,
      // The pages install it themselves, once they have nothing more urgent to do.
      serviceWorker: { register: false },
      // 404.html answers at any depth, so that its links must not be relative.
      paths: { relative: false },
      version: { name: product.version },
    }),
  ],
  // What works beside the page loads parts of its own.
  worker: { format: 'es' },
  build: {
    rolldownOptions: {
      output: {
        // One file for what every page shares: a dozen small ones would cost more than they weigh.
        codeSplitting: {
          groups: [
            { name: 'shared', minShareCount: 5, test: /\/(svelte|kit|client|contract|lib)\// },
          ],
        },
      },
    },
  },
  server: {
    fs: { allow: ['../client', '../contract', '../docs', '../data'] },
    // The Worker of `npm run dev`.
    proxy: Object.fromEntries(
      ['/v1', '/v2', '/openapi.json'].map((path) => [
        path,
        process.env.GHARIAL_API ?? 'http://localhost:8787',
      ]),
    ),
  },
});
