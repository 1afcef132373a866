// The words of what is live and of moving it, in English: of the pages of models (model-words.svelte.ts). ja-live.ts has the same shape.

export const liveWords = {
  live: {
    weights: 'Shares of the requests that name no version',
    champion: 'champion',
    canary: 'canary',
    shadow: 'shadow',
    ofRequests: (share: string) => `${share} of the requests`,
    compared: (share: string) => `answers after the champion; ${share} of its answers are compared`,
    noChampion: 'No version is live yet.',
    counts: 'What was counted',
    version: 'Version',
    requests: 'Requests',
    errors: 'Failed',
    disagreements: 'Other answers',
    latency: 'Mean time',
    ofCompared: (different: string, compared: string) => `${different} of ${compared}`,
    notCounted: 'This server does not count requests.',
    guardrail: 'The canary’s guardrail',
    states: {
      holds: 'holds',
      broken: 'broken: it goes back by itself',
      waiting: 'waits for more requests',
    },
    ruleStates: { holds: 'holds', broken: 'broken', waiting: 'waits' },
    rules: { errors: 'Failures', disagreement: 'Other answers', latency: 'Time' },
    canaryBegan: (version: string, weight: string) =>
      `Version ${version} became canary with ${weight}`,
    canaryMoved: (version: string, from: string, to: string) =>
      `The canary, version ${version}, went from ${from} to ${to}`,
    canaryEnded: (version: string) => `Version ${version} is no longer canary`,
    guardrailBroke: (version: string) => `The guardrail took version ${version} back`,
    shadowBegan: (version: string) => `Version ${version} became shadow`,
    shadowEnded: (version: string) => `Version ${version} is no longer shadow`,
  },

  operate: {
    title: 'Promote or roll back',
    lead: 'For who has the admin token. It stays in this tab until the tab is closed.',
    token: 'Admin token',
    enter: 'Use it',
    leave: 'Forget the token',
    version: 'Version to promote',
    choose: 'choose a version',
    option: (version: string) => `version ${version}`,
    asking: 'Asking the gate',
    passed: (version: string, from: string | null) =>
      from === null
        ? `The gate is open to version ${version}.`
        : `The gate is open to version ${version}, which would follow version ${from}.`,
    closed: (version: string) => `The gate is closed to version ${version}.`,
    already: (version: string) => `Version ${version} is live already.`,
    rules: {
      metric: 'As good as the champion',
      parity: 'Answers as it was trained',
      signature: 'Takes the same requests',
      budget: 'Small enough',
    },
    holds: 'holds',
    fails: 'does not hold',
    reason: 'Reason',
    reasonOverride: 'Why it is promoted all the same',
    reasonHint: 'It is kept in the history.',
    promote: (version: string) => `Promote version ${version}`,
    overrule: (version: string) => `Overrule the gate and promote version ${version}`,
    back: 'Roll back',
    backLead: (from: string, to: string) =>
      `From version ${from} to version ${to}. There is no gate.`,
    nowhere: 'There is no version to go back to.',
    rollback: (to: string) => `Roll back to version ${to}`,
    promoted: (version: string) => `Version ${version} is live now.`,
    rolledBack: (version: string) => `Rolled back: version ${version} is live now.`,
    wrongToken: 'The server does not know this token',
    wrongTokenText: 'Enter the one whose hash it was given.',
    noToken: 'This server lets nobody move anything here',
    noTokenText: 'It has no admin token: set ADMIN_TOKEN_SHA256 to the hash of one.',
    overtaken: 'It is not as this page showed it',
  },
};

export type LiveWords = typeof liveWords;
