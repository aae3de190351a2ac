import type { FaultAction } from "../../server-mock/index.ts";
import type { Schema } from "../documents/index.ts";

const MAX_DELAY_MS = 600_000;
const MAX_TIMES = 1_000_000;

/** What may be said of each fault of the mock server, beside its name. */
export const serverFaults: Readonly<
  Record<
    FaultAction["fault"],
    { readonly description: string; readonly properties: Readonly<Record<string, Schema>>; readonly required: readonly string[] }
  >
> = {
  status: {
    description: "The call is answered with this gRPC status, and not taken.",
    properties: { code: { type: "integer", minimum: 1, maximum: 16 }, details: { type: "string" } },
    required: ["code"],
  },
  delay: {
    description: "The call is handled so many milliseconds later.",
    properties: { ms: { type: "integer", minimum: 0, maximum: MAX_DELAY_MS } },
    required: ["ms"],
  },
  "answer-version": {
    description: "The call is taken, and answered with this version; null: with none.",
    properties: {
      version: {
        oneOf: [
          { type: "string", pattern: "^[0-9]{1,20}$", "x-hint": "decimal digits" },
          { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
          { enum: [null] },
        ],
      },
    },
    required: ["version"],
  },
  "lose-answer": {
    description: "The call is taken, and its connection is reset in place of the answer.",
    properties: {},
    required: [],
  },
  drop: {
    description: "The call is answered OK with its own version, and not taken, as by a server whose queue overflowed.",
    properties: {},
    required: [],
  },
  silence: {
    description: "The call is never answered. accept: it is taken all the same.",
    properties: { accept: { type: "boolean" } },
    required: [],
  },
  "cut-request": {
    description: "The connection is reset while the request is still on its way, and the request is not taken.",
    properties: {},
    required: [],
  },
};

/** By what the calls are chosen that a fault of the mock server hits. */
export const serverSelection: Readonly<Record<string, Schema>> = {
  cluster: { type: "string", minLength: 1, description: "Only calls with this cluster_id. For serve; in a run, give scenario." },
  agent: { type: "integer", minimum: 0, maximum: 2 ** 32 - 1, description: "Only calls of the agent with this agent_id." },
  when: { enum: ["entries", "heartbeat"], description: "Only requests with entries, or only those without." },
  skip: { type: "integer", minimum: 0, maximum: MAX_TIMES, description: "So many fitting calls go by first. Default 0." },
  times: { type: "integer", minimum: 1, maximum: MAX_TIMES, description: "So many are hit after that. Default 1." },
  chance: { type: "number", minimum: 0, maximum: 1, description: "Chance that a fitting call is hit, by the seed. Default 1." },
};
