/** How a process ends. Part of the API: never reused, never changed in meaning. */
export const EXIT = {
  passed: 0,
  nonConformant: 1,
  inconclusive: 2,
  noAgent: 3,
  environment: 4,
  usage: 64,
  harness: 70,
  interrupted: 130,
} as const;

/** The part of `--help` that tells them, for verbs that judge. */
export const EXIT_CODE_HELP = `
Exit codes:
  0    everything required passed, or failed as the baseline expects
  1    non-conformance, or an entry of the baseline that is stale, unmatched, expired, or flaky and never passes
  2    inconclusive: something required could not be tested
  3    no request ever reached the mock server, and the agent ended or never ran
  4    the environment failed (a full disk, a folder that cannot be written, no free port)
  64   usage
  70   a fault of the harness
  130  interrupted; what was seen until then is judged and written`;
