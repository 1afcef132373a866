// R2 for a bare workerd: the runtime's R2 binding asks a service, and this one answers `get` and `list` from a folder.
// What is asked of it is the registry of one benchmark, so nothing is written.

export default {
  async fetch(request, env) {
    const ask = JSON.parse(request.headers.get('cf-r2-request') ?? '{}');
    if (ask.method === 'list') return list(env, ask.prefix ?? '');
    const file = await env.FOLDER.fetch(`http://folder/${ask.object}`);
    if (!file.ok) return refuse(404, 10_007, 'The specified key does not exist.');
    const bytes = new Uint8Array(await file.arrayBuffer());
    const metadata = new TextEncoder().encode(JSON.stringify(await describe(ask.object, bytes)));
    const body = new Uint8Array(metadata.length + bytes.length);
    body.set(metadata);
    body.set(bytes, metadata.length);
    return answer(body, metadata.length);
  },
};

async function list(env, prefix) {
  const keys = JSON.parse(env.KEYS).filter((key) => key.startsWith(prefix));
  const objects = await Promise.all(keys.map((key) => describe(key, new Uint8Array())));
  const text = JSON.stringify({ objects, truncated: false, delimitedPrefixes: [] });
  const body = new TextEncoder().encode(text);
  return answer(body, body.length);
}

async function describe(name, bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('MD5', bytes));
  const md5 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return {
    name,
    version: md5,
    size: bytes.length,
    etag: md5,
    uploaded: 0,
    httpFields: {},
    customFields: [],
    checksums: { 0: md5 },
  };
}

const answer = (body, metadataSize) =>
  new Response(body, {
    headers: { 'cf-r2-metadata-size': String(metadataSize), 'content-type': 'application/json' },
  });

const refuse = (status, v4code, message) =>
  new Response(null, {
    status,
    headers: { 'cf-r2-error': JSON.stringify({ version: 1, v4code, message }) },
  });
