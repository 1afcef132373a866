// The floor: a Worker that answers one JSON text and does nothing else. ANSWER is the text that Gharial gave.

export default {
  fetch(_request, env) {
    return new Response(env.ANSWER, { headers: { 'content-type': 'application/json' } });
  },
};
