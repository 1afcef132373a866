// Preloaded before every TypeScript entry point: an old node answers in one clear line instead of a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `gharial: node ${process.versions.node} is too old to run TypeScript; it needs 22.18 or newer. ` +
      'On Linux and Windows (x64, Linux arm64) `npm ci` brings one along: run it without --omit=optional.',
  );
  process.exit(1);
}
