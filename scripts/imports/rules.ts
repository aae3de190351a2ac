/** What a room may import. Paths are prefixes from the repository's root; the longest matching room counts. */
export interface Room {
  /** Folder (ends with `/`) or single file. */
  readonly path: string;
  /** Prefixes of project files that its files may import, besides the room itself. `type:` allows `import type` only. */
  readonly may: readonly string[];
  /** npm packages. */
  readonly packages: readonly string[];
  /** Node built-ins: all of them, or the named ones (pure rooms name what is a function of its input). */
  readonly node: "all" | readonly string[];
}

const TRANSCRIPT = "transcript/index.ts";
const MOCK = "server-mock/index.ts";
const CONTRACT = "server-mock/contract/index.ts";
const INGEST = "server-mock/ingest/index.ts";
const CLUSTER = "cluster/index.ts";
const AGENTS = "agents/index.ts";
const REQUIREMENTS = "suites/requirements/index.ts";
const EVENT_TYPES = ["type:server-mock/events.ts", "type:cluster/events.ts", "type:agents/drivers/events.ts"];
const SELFTEST_TYPES = "type:suites/selftest/types.ts";
const RUN_TYPES = ["type:suites/permissions/index.ts", "type:suites/plan.ts", "type:suites/results.ts", "type:suites/budgets.ts"];
const RESULTS = "suites/results.ts";

/** Inflating, hashing and byte handling are functions of their input, so pure rooms may have them. */
const PURE: readonly string[] = ["node:buffer", "node:crypto", "node:zlib"];
const NONE: readonly string[] = [];

/** The arrows of the project, downwards only. A folder that no room covers is an error. */
export const rooms: readonly Room[] = [
  // What rooms that do not know each other have in common; knows none of them.
  { path: "common/", may: [], packages: [], node: NONE },
  { path: "common/processes/", may: [], packages: [], node: ["node:child_process"] },
  { path: "transcript/", may: [], packages: [], node: "all" },
  { path: "proto/", may: [], packages: ["@grpc/grpc-js", "@grpc/proto-loader"], node: "all" },

  {
    path: "server-mock/",
    may: ["proto/index.ts", TRANSCRIPT],
    packages: ["hono", "@hono/node-server", "prom-client"],
    node: "all",
  },
  { path: "server-mock/contract/", may: [], packages: [], node: PURE },
  { path: "server-mock/ingest/", may: ["proto/index.ts", CONTRACT], packages: [], node: PURE },
  { path: "server-mock/agent-rpc/", may: ["server-mock/", "proto/index.ts"], packages: ["yaml"], node: "all" },
  { path: "server-mock/grpc/", may: ["server-mock/", "proto/index.ts", TRANSCRIPT], packages: ["@grpc/grpc-js"], node: "all" },
  {
    path: "server-mock/control/",
    may: ["server-mock/", TRANSCRIPT],
    packages: ["hono", "@hono/node-server", "prom-client"],
    node: "all",
  },
  { path: "server-mock/faults/", may: ["server-mock/", "common/chance.ts", TRANSCRIPT], packages: [], node: PURE },

  { path: "cluster/", may: ["common/processes/", TRANSCRIPT], packages: [], node: "all" },
  { path: "cluster/kind/", may: ["cluster/"], packages: ["yaml"], node: "all" },
  { path: "cluster/kubeconfig/", may: ["cluster/"], packages: ["yaml"], node: "all" },
  { path: "cluster/faults/", may: ["cluster/embedded/api/status.ts", "common/chance.ts"], packages: [], node: NONE },
  { path: "cluster/embedded/catalog/", may: [], packages: [], node: PURE },
  { path: "cluster/embedded/generator/", may: ["cluster/embedded/catalog/"], packages: [], node: PURE },

  { path: "agents/", may: ["proto/index.ts", TRANSCRIPT], packages: ["commander", "yaml"], node: "all" },
  { path: "agents/reference/", may: ["proto/index.ts"], packages: ["commander", "yaml"], node: "all" },
  { path: "agents/mutants/", may: ["agents/reference/", "proto/index.ts"], packages: ["commander"], node: "all" },
  { path: "agents/hostile/", may: ["agents/reference/"], packages: ["commander"], node: "all" },
  { path: "agents/drivers/", may: ["common/processes/", TRANSCRIPT], packages: [], node: "all" },
  { path: "agents/drivers/manifest/", may: ["agents/drivers/", TRANSCRIPT], packages: ["yaml"], node: "all" },
  {
    path: "agents/drivers/container/",
    may: ["agents/drivers/", TRANSCRIPT],
    packages: ["testcontainers"],
    node: "all",
  },

  { path: "suites/", may: [TRANSCRIPT, MOCK, CONTRACT, INGEST, CLUSTER, AGENTS, ...EVENT_TYPES], packages: [], node: "all" },
  { path: "suites/documents/", may: [], packages: ["yaml"], node: NONE },
  {
    path: "suites/permissions/",
    may: [CONTRACT, "type:suites/requirements/index.ts"],
    packages: ["yaml"],
    node: NONE,
  },
  {
    path: "suites/baseline/",
    may: ["suites/documents/", RESULTS, REQUIREMENTS],
    packages: ["yaml"],
    node: NONE,
  },
  {
    path: "suites/fault-script/",
    may: ["suites/documents/", "cluster/faults/", "type:cluster/index.ts", "type:server-mock/index.ts"],
    packages: [],
    node: NONE,
  },
  {
    path: "suites/footprint/",
    may: ["suites/permissions/index.ts", "suites/scenarios/index.ts", "type:suites/plan.ts"],
    packages: [],
    node: NONE,
  },
  { path: "suites/requirements/", may: ["type:suites/results.ts", CONTRACT], packages: [], node: PURE },
  {
    path: "suites/oracle/",
    may: ["suites/history/", ...RUN_TYPES, CONTRACT, "type:server-mock/ingest/index.ts"],
    packages: [],
    node: NONE,
  },
  {
    path: "suites/checks/",
    may: ["suites/oracle/", "suites/history/", ...RUN_TYPES, RESULTS, REQUIREMENTS, CONTRACT, "type:server-mock/ingest/index.ts"],
    packages: [],
    node: ["node:net"],
  },
  {
    path: "suites/history/",
    may: [TRANSCRIPT, INGEST, ...EVENT_TYPES, "type:suites/runner/events.ts", "type:suites/plan.ts"],
    packages: [],
    node: PURE,
  },
  {
    path: "suites/scenarios/",
    may: ["suites/history/", CONTRACT, "type:cluster/index.ts", "type:server-mock/index.ts", ...RUN_TYPES],
    packages: [],
    node: PURE,
  },
  {
    path: "suites/explaining/",
    may: ["type:suites/checks/index.ts", "suites/oracle/", "suites/history/", RESULTS, CONTRACT],
    packages: [],
    node: NONE,
  },
  { path: "suites/judging/", may: ["suites/", "server-mock/contract/index.ts"], packages: [], node: NONE },
  {
    path: "suites/selftest/",
    may: [AGENTS, REQUIREMENTS, "suites/checks/index.ts", "suites/runner/", ...RUN_TYPES],
    packages: [],
    node: ["node:fs", "node:path", "node:child_process", "node:events", "node:process", "node:url"],
  },
  {
    path: "suites/judge.ts",
    may: ["suites/", "server-mock/contract/index.ts", "type:transcript/index.ts"],
    packages: [],
    node: NONE,
  },

  { path: "environments/", may: [], packages: ["yaml"], node: NONE },
  { path: "environments/host/", may: ["type:environments/"], packages: [], node: "all" },

  { path: "report/", may: [...RUN_TYPES, SELFTEST_TYPES, "suites/results.ts"], packages: [], node: NONE },
  {
    path: "cli/",
    may: [
      "transcript/",
      "server-mock/",
      "cluster/",
      "agents/",
      "suites/",
      "report/",
      "environments/",
      "index.ts",
      "proto/index.ts",
    ],
    packages: ["commander"],
    node: "all",
  },
  {
    path: "index.ts",
    may: ["suites/index.ts", MOCK, CLUSTER, AGENTS, "transcript/index.ts", "report/index.ts"],
    packages: [],
    node: NONE,
  },
  { path: "scripts/", may: [""], packages: ["*"], node: "all" },
  { path: "vitest.config.ts", may: [], packages: ["vitest"], node: "all" },
];
