// The floor of whatever reads JSON: the same answer as hello.js, after the body was read and parsed.

export default {
  async fetch(request, env) {
    await request.json();
    return new Response(env.ANSWER, { headers: { 'content-type': 'application/json' } });
  },
};
