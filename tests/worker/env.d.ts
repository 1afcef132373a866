// What `cloudflare:workers` exports in these tests: the Worker itself.

declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: { default: ExportedHandler };
  }
}
